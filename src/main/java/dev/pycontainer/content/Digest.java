package dev.pycontainer.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A content address, as in the OCI image specification, "Descriptors", section "Digests".
 *
 * <p>Only SHA-256 in lower-case hex is accepted: the text becomes part of file names and URLs, so that nothing else may
 * pass this door.
 */
public record Digest(String hex) implements Comparable<Digest> {

    private static final String PREFIX = "sha256:";
    private static final int DIGITS = 64;
    private static final int CHUNK = 1 << 16;

    public Digest {
        if (!isHex(hex)) {
            throw BuildRefused.because("\"" + hex + "\" is not a SHA-256 digest in lower-case hex.");
        }
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return text.length() == DIGITS;
    }

    /** Reads {@code sha256:<64 lower-case hex digits>}; anything else is refused. */
    public static Digest parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw BuildRefused.because("\"" + text + "\" is not a digest of the form sha256:<64 hex digits>.");
        }
        return new Digest(text.substring(PREFIX.length()));
    }

    /** The digest whose 32 raw bytes a finished SHA-256 returned. */
    public static Digest ofHash(byte[] hash) {
        return new Digest(HexFormat.of().formatHex(hash));
    }

    public static Digest of(byte[] content) {
        return ofHash(sha256().digest(content));
    }

    /** The digest of all that a stream has still to give. */
    public static Digest of(InputStream in) throws IOException {
        MessageDigest hash = sha256();
        byte[] chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            hash.update(chunk, 0, count);
        }
        return ofHash(hash.digest());
    }

    /** The digest of the text's UTF-8 bytes. */
    public static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A fresh SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must support SHA-256", e);
        }
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
