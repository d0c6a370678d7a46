package dev.pycontainer.packaging.index;

import dev.pycontainer.content.Digest;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One file of a project's page, as the simple repository API tells it.
 *
 * @param url absolute, without a fragment
 * @param yanked the reason, empty text where none was given, if the file was yanked (PEP 592)
 */
record IndexFile(String fileName, String url, Optional<Digest> sha256, OptionalLong size, Optional<String> yanked) {

    /** A digest in hex as an index writes it; whatever is not SHA-256 is as good as none. */
    static Optional<Digest> sha256(String hex) {
        String lower = hex.toLowerCase(Locale.ROOT);
        return lower.matches("[a-f0-9]{64}") ? Optional.of(new Digest(lower)) : Optional.empty();
    }
}
