package dev.pycontainer.debian;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The checksums of dpkg's records, by which it notices what users have changed. They prove nothing. */
final class Md5 {

    private static final int BLOCK = 1 << 16;

    private Md5() {}

    static String of(InputStream content) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            byte[] block = new byte[BLOCK];
            for (int count = content.read(block); count >= 0; count = content.read(block)) {
                digest.update(block, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
