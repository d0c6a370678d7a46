package dev.pycontainer.store;

import dev.pycontainer.content.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A blob being written: its digest and size are taken as the bytes pass, once. Closing without commit leaves nothing. */
public final class BlobDraft implements Closeable {

    private final BlobStore store;
    private final Path temporary;
    private final NamedOutput file;
    private final Hashing out;

    /** @param cache named by faults of the disk */
    BlobDraft(BlobStore store, Path cache, Path temporary) throws IOException {
        this.store = store;
        this.temporary = temporary;
        this.file = new NamedOutput(cache, temporary);
        this.out = new Hashing(file);
    }

    /** Where the bytes go; unbuffered, so that writers pass chunks and not single bytes. */
    public OutputStream out() {
        return out;
    }

    /** Ends the blob and gives it its place in the store. */
    public Blob commit() throws IOException {
        file.finish();
        return store.publish(temporary, Digest.ofHash(out.hash.digest()), out.size);
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static final class Hashing extends OutputStream {
        private final OutputStream target;
        private final MessageDigest hash = Digest.sha256();
        private long size;

        Hashing(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            target.write(bytes, offset, length);
            hash.update(bytes, offset, length);
            size += length;
        }

        /** Writers close what they are given; the file is the draft's, which has yet to sync it. */
        @Override
        public void close() {}
    }
}
