package dev.pycontainer.packaging.lock;

import dev.pycontainer.http.RedactedUrl;
import java.util.Optional;

/** What a package would have to be built from, as the address that pip is told, without credentials. */
final class SourceAddress {

    private SourceAddress() {}

    /**
     * A package from version control: {@code git+https://git.example/lib.git@COMMIT}.
     *
     * @param kind the tool that fetches it, such as {@code git}
     */
    static String of(String kind, String url, String commit, Optional<String> subdirectory) {
        return kind + "+" + withoutCredentials(url) + "@" + commit
                + subdirectory.map(path -> "#subdirectory=" + path).orElse("");
    }

    /** An archive of sources. */
    static String of(String url, Optional<String> subdirectory) {
        return withoutCredentials(url)
                + subdirectory.map(path -> "#subdirectory=" + path).orElse("");
    }

    // The user of ssh://git@… is everybody's.
    private static String withoutCredentials(String url) {
        String shown = RedactedUrl.of(url).toString();
        return url.startsWith("ssh://git@") ? shown.replaceFirst("^ssh://", "ssh://git@") : shown;
    }
}
