package dev.pycontainer.packaging.wheel;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * A hash as RECORD writes it: {@code sha256=} and the raw hash in URL-safe base64 without padding.
 *
 * <p>"Signed wheel files": "a secure hash digestname=urlsafe_b64encode_nopad(digest)". "The .dist-info directory": "The hash
 * algorithm must be sha256 or better".
 *
 * @param algorithm {@code sha256}, {@code sha384} or {@code sha512}
 */
record RecordHash(String algorithm, String encoded) {

    private static final Map<String, Integer> BYTES = Map.of("sha256", 32, "sha384", 48, "sha512", 64);

    static RecordHash parse(String text) {
        int equals = text.indexOf('=');
        String algorithm = equals < 0 ? "" : text.substring(0, equals);
        Integer bytes = BYTES.get(algorithm);
        if (bytes == null) {
            throw BuildRefused.because("RECORD holds the hash \"" + text + "\".")
                    .why("the hash must be sha256=, sha384= or sha512=");
        }
        String encoded = text.substring(equals + 1);
        if (encoded.length() != (bytes * 8 + 5) / 6 || !encoded.matches("[A-Za-z0-9_-]+")) {
            throw BuildRefused.because("RECORD holds the hash \"" + text + "\".")
                    .why("it is not a " + algorithm + " in URL-safe base64 without padding");
        }
        return new RecordHash(algorithm, encoded);
    }

    /** The SHA-256 of bytes. */
    static RecordHash of(byte[] content) {
        return ofHash("sha256", Digest.sha256().digest(content));
    }

    static RecordHash ofHash(String algorithm, byte[] hash) {
        return new RecordHash(algorithm, Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    }

    /** A fresh function for this hash's algorithm. */
    MessageDigest function() {
        try {
            return MessageDigest.getInstance("SHA-" + algorithm.substring("sha".length()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform that runs Maven has " + algorithm, e);
        }
    }

    @Override
    public String toString() {
        return algorithm + "=" + encoded;
    }
}
