package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ContentCheck;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.security.MessageDigest;
import java.util.Optional;

/** Proves, while a member streams by, that its bytes are those that the wheel's RECORD lists. */
final class RecordCheck implements ContentCheck {

    private final String path;
    private final RecordHash expected;
    private final MessageDigest hash;

    RecordCheck(String path, RecordHash expected) {
        this.path = path;
        this.expected = expected;
        this.hash = expected.function();
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        hash.update(bytes, offset, length);
    }

    @Override
    public void finish() {
        RecordHash found = RecordHash.ofHash(expected.algorithm(), hash.digest());
        if (!found.equals(expected)) {
            throw BuildRefused.because("The file " + path + " is not the one that the wheel's RECORD lists.")
                    .why("RECORD says " + expected + ", the file is " + found);
        }
    }

    @Override
    public Optional<Digest> sha256() {
        return expected.sha256();
    }
}
