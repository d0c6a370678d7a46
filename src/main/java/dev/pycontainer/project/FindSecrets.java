package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what must not be published among the project's files, by name where the name says it, else by content.
 *
 * <p>It is a net for accidents, not a scanner: it knows the files that tools keep secrets in, and private keys.
 */
final class FindSecrets {

    private static final Set<String> HARMLESS_ENVIRONMENTS =
            Set.of(".env.example", ".env.sample", ".env.template", ".env.dist");
    private static final Set<String> CREDENTIAL_FILES =
            Set.of(".netrc", "_netrc", ".pypirc", ".git-credentials", ".pgpass", ".htpasswd");
    private static final Set<String> CREDENTIAL_PATHS = Set.of(".aws/credentials", ".docker/config.json");
    private static final Pattern MAY_NAME_AN_INDEX = Pattern.compile(
            "pip\\.(conf|ini)|uv\\.toml|pyproject\\.toml|poetry\\.toml|Pipfile|.*requirements.*\\.(txt|in)");
    private static final Pattern KEY_NAME = Pattern.compile("id_(rsa|dsa|ecdsa|ed25519)(_sk)?|.*\\.(pem|key|p8|ppk)");

    /** RFC 7468, section 2, with the labels of sections 10 and 11 and of OpenSSL and OpenSSH; and PuTTY's own form. */
    private static final Pattern KEY = Pattern.compile(
            "^(-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----|PuTTY-User-Key-File-)", Pattern.MULTILINE);

    /** A password in the URL of an index or a repository; one that is a variable's name is none. */
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("https?://[^\\s/@:]+:(?!\\$)[^\\s/@]+@");

    private static final int BEGINNING = 64;
    private static final int WHOLE = 4 << 20;

    private final Disk disk;

    FindSecrets(Disk disk) {
        this.disk = disk;
    }

    /** Refuses all secrets among these files at once, so that one build tells them all. */
    void in(SourceFiles files) throws IOException {
        List<String> found = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (SourceFile file : files) {
            Optional<String> reason = file.isLink() ? Optional.empty() : reasonAgainst(file);
            if (reason.isPresent()) {
                found.add("\"" + file.path() + "\"");
                reasons.add(file.path() + " " + reason.get());
            }
        }
        if (!found.isEmpty()) {
            throw BuildRefused.because("The project's files hold secrets: " + String.join(", ", found) + ".")
                    .why(String.join("\n", reasons))
                    .todo("name them in .gitignore or in python.sources.excludes, and hand secrets to the container"
                            + " when it starts");
        }
    }

    private Optional<String> reasonAgainst(SourceFile file) throws IOException {
        String path = file.path();
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean isEnvironment = name.equals(".env") || name.startsWith(".env.");
        if (isEnvironment && !HARMLESS_ENVIRONMENTS.contains(name)) {
            return Optional.of("holds variables of an environment");
        }
        if (CREDENTIAL_FILES.contains(name)
                || CREDENTIAL_PATHS.stream().anyMatch(end -> ("/" + path).endsWith("/" + end))) {
            return Optional.of("holds credentials");
        }
        String text = beginningOf(file, KEY_NAME.matcher(name).matches() ? WHOLE : BEGINNING);
        // Only a file that is named as a key is searched: source code may well mention the words.
        boolean isKey = KEY_NAME.matcher(name).matches()
                ? KEY.matcher(text).find()
                : KEY.matcher(text).lookingAt();
        if (isKey) {
            return Optional.of("is a private key");
        }
        if (MAY_NAME_AN_INDEX.matcher(name).matches()
                && PASSWORD_IN_URL.matcher(beginningOf(file, WHOLE)).find()) {
            return Optional.of("holds a URL with a password");
        }
        return Optional.empty();
    }

    private String beginningOf(SourceFile file, int length) throws IOException {
        try (InputStream in = disk.open(file.location())) {
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }
    }
}
