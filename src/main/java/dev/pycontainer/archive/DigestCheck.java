package dev.pycontainer.archive;

import dev.pycontainer.content.Digest;
import java.security.MessageDigest;

/** Proves that what we have compressed decodes to what it was. */
final class DigestCheck implements ContentCheck {

    private final Digest expected;
    private final MessageDigest hash = Digest.sha256();

    DigestCheck(Digest expected) {
        this.expected = expected;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        hash.update(bytes, offset, length);
    }

    @Override
    public void finish() {
        if (!Digest.ofHash(hash.digest()).equals(expected)) {
            throw new IllegalStateException("jzlib has compressed a table of contents to something else");
        }
    }
}
