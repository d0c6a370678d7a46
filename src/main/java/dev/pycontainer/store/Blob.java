package dev.pycontainer.store;

import dev.pycontainer.content.ByteSource;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.VerifiedInputStream;
import dev.pycontainer.content.Work;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes that the store holds. A blob exists: it can be had only from {@link BlobStore}, which has its file.
 *
 * <p>Its bytes are verified whenever they are read through {@link #open()}, and a damaged file is removed then, so that
 * the next run fetches or makes it anew.
 */
public final class Blob implements ByteSource {

    private final Digest digest;
    private final long size;
    private final Path file;
    private final Cache cache;
    private final Tally tally;

    Blob(Digest digest, long size, Path file, Cache cache, Tally tally) {
        this.digest = digest;
        this.size = size;
        this.file = file;
        this.cache = cache;
        this.tally = tally;
    }

    public Digest digest() {
        return digest;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** The file itself, read-only, for linking; its bytes are unproved, see {@link #proven()}. */
    public Path file() {
        return file;
    }

    /** What was damaged, or is unreadable or gone, is told by a {@link DamagedBlob}, wherever in the stream it shows. */
    @Override
    public InputStream open() throws IOException {
        tally.count(Work.BLOBS_READ);
        InputStream in;
        try {
            in = new VerifiedInputStream(
                    new BufferedInputStream(Files.newInputStream(file), 1 << 16),
                    digest,
                    size,
                    "The stored blob " + digest);
        } catch (IOException fault) {
            throw unreadable(fault);
        }
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    int count = in.read(buffer, offset, length);
                    tally.add(Work.BLOB_BYTES_READ, Math.max(count, 0));
                    return count;
                } catch (ContentMismatch mismatch) {
                    throw damaged(mismatch);
                } catch (IOException fault) {
                    throw unreadable(fault);
                }
            }

            @Override
            public void close() throws IOException {
                try {
                    in.close();
                } catch (ContentMismatch mismatch) {
                    throw damaged(mismatch);
                } catch (IOException fault) {
                    throw unreadable(fault);
                }
            }
        };
    }

    /** An interrupted thread finds its channels closed, which is no fault of the file. */
    private DamagedBlob unreadable(IOException fault) throws IOException {
        if (fault instanceof ClosedChannelException) {
            throw fault;
        }
        return damaged(fault);
    }

    /**
     * Puts the blob's file at another place: as a hard link, which reads nothing, or where the file system has none, as a
     * verified copy. An existing file is left alone.
     */
    public void linkTo(Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException present) {
            return;
        } catch (UnsupportedOperationException | FileSystemException noLink) {
            try (InputStream in = open()) {
                AtomicFile.copy(in, target);
            }
        }
    }

    /** The file, after all of its bytes were verified: for a reader that needs random access. */
    public Path proven() throws IOException {
        try (InputStream in = open()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return file;
    }

    /** Removes the file and says so: for a reader that found by its own checks that the bytes are not the blob's. */
    public DamagedBlob damaged(Throwable cause) throws IOException {
        cache.discard(file);
        return new DamagedBlob(digest, cause);
    }

    @Override
    public String toString() {
        return digest.toString();
    }
}
