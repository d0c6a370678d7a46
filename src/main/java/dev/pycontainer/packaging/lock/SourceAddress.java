package dev.pycontainer.packaging.lock;

import dev.pycontainer.http.RedactedUrl;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a package would have to be built from, as the address that pip is told, without credentials. */
final class SourceAddress {

    /** {@code git@host:path}, which only git understands; a single letter is a drive of Windows. */
    private static final Pattern OF_GIT = Pattern.compile("(?<host>(?:[^/@:]++@)?[^/@:]{2,}+):/*+(?<path>.+)");

    private static final Pattern USER_GIT = Pattern.compile("((?:git\\+)?ssh://)git@");

    /** The tools of version control that pip knows, by the keys under which locks name a repository. */
    static final List<String> REPOSITORIES = List.of("git", "hg", "svn", "bzr");

    private static final Pattern ARCHIVE =
            Pattern.compile(".*\\.(?:tar\\.[a-z0-9]+|tgz|zip|tbz)", Pattern.CASE_INSENSITIVE);

    private SourceAddress() {}

    /** Whether a file's name says that it is an archive of sources. */
    static boolean isArchive(String fileName) {
        return ARCHIVE.matcher(fileName).matches();
    }

    /**
     * A package from version control: {@code git+https://git.example/lib.git@COMMIT}.
     *
     * @param kind the tool that fetches it, such as {@code git}
     */
    static String of(String kind, String url, String commit, Optional<String> subdirectory) {
        return kind + "+" + withoutCredentials(asUrl(url)) + "@" + commit + fragment(subdirectory);
    }

    /** An archive of sources, or a repository whose URL says all. */
    static String of(String url, Optional<String> subdirectory) {
        return withoutCredentials(url) + fragment(subdirectory);
    }

    private static String fragment(Optional<String> subdirectory) {
        return subdirectory.map(path -> "#subdirectory=" + path).orElse("");
    }

    /** The address of a repository as a URL. */
    static String asUrl(String address) {
        Matcher ofGit = OF_GIT.matcher(address);
        return address.contains("://") || !ofGit.matches()
                ? address
                : "ssh://" + ofGit.group("host") + "/" + ofGit.group("path");
    }

    /** As it may be shown, and typed: the user of {@code ssh://git@…} is everybody's. */
    static String withoutCredentials(String url) {
        String shown = RedactedUrl.of(url).toString();
        Matcher user = USER_GIT.matcher(url);
        return user.lookingAt() ? user.group() + shown.substring(user.group(1).length()) : shown;
    }
}
