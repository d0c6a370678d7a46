package dev.pycontainer.packaging.wheel;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A hash as RECORD writes it: {@code sha256=} and the raw hash in URL-safe base64 without padding.
 *
 * <p>"Signed wheel files": "a secure hash digestname=urlsafe_b64encode_nopad(digest)". "The .dist-info directory": "The hash
 * algorithm must be sha256 or better".
 */
final class RecordHash {

    private static final Pattern ALPHABET = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Map<String, Integer> BYTES = Map.of("sha256", 32, "sha384", 48, "sha512", 64);

    /** {@code sha256}, {@code sha384} or {@code sha512}. */
    private final String algorithm;

    private final byte[] hash;

    private RecordHash(String algorithm, byte[] hash) {
        this.algorithm = algorithm;
        this.hash = hash;
    }

    static RecordHash parse(String text) {
        int equals = text.indexOf('=');
        // The name itself, not a copy for each of many files.
        String algorithm = (equals < 0 ? "" : text.substring(0, equals)).intern();
        Integer bytes = BYTES.get(algorithm);
        if (bytes == null) {
            throw BuildRefused.because("RECORD holds the hash \"" + text + "\".")
                    .why("the hash must be sha256=, sha384= or sha512=");
        }
        String encoded = text.substring(equals + 1);
        boolean isBase64 = encoded.length() == (bytes * 8 + 5) / 6
                && ALPHABET.matcher(encoded).matches();
        RecordHash hash =
                new RecordHash(algorithm, isBase64 ? Base64.getUrlDecoder().decode(encoded) : new byte[0]);
        // The last character has bits to spare, which are zero.
        if (!hash.encoded().equals(encoded)) {
            throw BuildRefused.because("RECORD holds the hash \"" + text + "\".")
                    .why("it is not a " + algorithm + " in URL-safe base64 without padding");
        }
        return hash;
    }

    /** The SHA-256 of bytes. */
    static RecordHash of(byte[] content) {
        return ofHash("sha256", Digest.sha256().digest(content));
    }

    static RecordHash ofHash(String algorithm, byte[] hash) {
        return new RecordHash(algorithm, hash.clone());
    }

    String algorithm() {
        return algorithm;
    }

    /** The hash, if it is a SHA-256. */
    Optional<Digest> sha256() {
        return algorithm.equals("sha256") ? Optional.of(Digest.ofHash(hash)) : Optional.empty();
    }

    private String encoded() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
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
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordHash that && algorithm.equals(that.algorithm) && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return algorithm + "=" + encoded();
    }
}
