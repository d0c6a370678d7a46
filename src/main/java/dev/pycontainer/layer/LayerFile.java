package dev.pycontainer.layer;

import dev.pycontainer.content.ByteSource;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.VerifiedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;

/**
 * A file that goes into a layer.
 *
 * @param path in the image, without the leading slash, such as {@code app/main.py}
 * @param content its bytes, which are verified against size and digest when they are written
 * @param size in bytes
 * @param digest of the content
 */
public record LayerFile(String path, boolean executable, ByteSource content, long size, Digest digest) {

    /** A file whose size and digest nobody knows yet: it is read once. */
    public static LayerFile reading(String path, boolean executable, ByteSource content) throws IOException {
        try (DigestInputStream in = new DigestInputStream(content.open(), Digest.sha256())) {
            long size = in.transferTo(OutputStream.nullOutputStream());
            return new LayerFile(
                    path,
                    executable,
                    content,
                    size,
                    Digest.ofHash(in.getMessageDigest().digest()));
        }
    }

    /** A file of a few bytes. */
    public static LayerFile of(String path, boolean executable, byte[] content) {
        byte[] bytes = content.clone();
        return new LayerFile(path, executable, () -> new ByteArrayInputStream(bytes), bytes.length, Digest.of(bytes));
    }

    InputStream verified() throws IOException {
        return new VerifiedInputStream(content.open(), digest, size, "/" + path);
    }
}
