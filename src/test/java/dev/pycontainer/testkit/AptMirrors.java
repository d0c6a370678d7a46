package dev.pycontainer.testkit;

import dev.pycontainer.debian.DefaultMirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where this machine's apt has Debian's archive from, so that the tests ask no other mirror; what it does not say is where the
 * product itself would look.
 *
 * @param main the URL of the archive
 * @param security that of its security updates
 */
public record AptMirrors(String main, String security) {

    /** What apt would download first: {@code 'URL/dists/trixie/InRelease' …}. */
    private static final Pattern RELEASE =
            Pattern.compile("(?m)^'(?<url>[^']+?)/dists/(?:bookworm|trixie)(?<security>-security)?/InRelease'");

    private static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /** As apt is configured, with or without lists that it has downloaded. */
    public static AptMirrors ofThisMachine() {
        String main = DefaultMirror.MAIN;
        String security = DefaultMirror.SECURITY;
        Matcher release =
                RELEASE.matcher(Command.of("apt-get", "update", "--print-uris").run());
        while (release.find()) {
            if (release.group("security") == null) {
                main = release.group("url");
            } else {
                security = release.group("url");
            }
        }
        return new AptMirrors(main, security);
    }

    /** The lines of {@code sources.list} for a release with its updates. */
    List<String> sources(String suite) {
        String deb = "deb [signed-by=" + KEYRING + "] ";
        return List.of(
                deb + main + " " + suite + " main",
                deb + main + " " + suite + "-updates main",
                deb + security + " " + suite + "-security main");
    }

    /**
     * Unpacks packages of a release for amd64, whichever this machine itself is; their scripts do not run.
     *
     * @param directory where their files come to lie; it must not exist
     */
    public void unpack(String suite, Path directory, String... packages) throws IOException {
        Path apt = directory.resolveSibling(directory.getFileName() + "-apt");
        Files.createDirectories(apt.resolve("lists/partial"));
        Files.createDirectories(apt.resolve("archives/partial"));
        Files.createFile(apt.resolve("status"));
        Files.write(apt.resolve("sources.list"), sources(suite));
        aptGet(apt, "update").run();
        aptGet(apt, "download", packages).in(apt).run();
        Files.createDirectories(directory);
        try (var downloaded = Files.newDirectoryStream(apt, "*.deb")) {
            for (Path file : downloaded) {
                Command.of("dpkg-deb", "--extract", file, directory).run();
            }
        }
    }

    private static Command aptGet(Path apt, String deed, String... packages) {
        List<Object> words = new ArrayList<>(List.of("apt-get", "-qq"));
        for (String setting : List.of(
                "APT::Architecture=amd64",
                "APT::Sandbox::User=root",
                "Acquire::Languages=none",
                "Dir::State=" + apt,
                "Dir::State::Status=" + apt.resolve("status"),
                "Dir::Cache=" + apt,
                "Dir::Etc::SourceList=" + apt.resolve("sources.list"),
                "Dir::Etc::SourceParts=-")) {
            words.add("-o");
            words.add(setting);
        }
        words.add(deed);
        words.addAll(List.of(packages));
        return Command.of(words.toArray());
    }
}
