package dev.pycontainer.archive;

import dev.pycontainer.content.BlockInputStream;
import dev.pycontainer.content.BuildRefused;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar as a forward visit of its entries, as hostile input.
 *
 * <p>Reads what container runtimes read, which is what Go's {@code archive/tar} reads: ustar, PAX records for
 * {@code path}, {@code linkpath}, {@code size}, {@code uid} and {@code gid}, GNU long names and base-256 numbers. Written by hand since no limit can
 * be set on the long names and PAX records of commons-compress. After the last entry the stream is read to its end,
 * trailing bytes included, so that a verifying stream below can prove its digest.
 */
public final class TarReader implements Closeable {

    private final InputStream in;
    private final TarLimits limits;
    private final byte[] block = new byte[ReadHeader.BLOCK];
    private final byte[] waste = new byte[1 << 16];
    private int entries;
    private boolean ended;
    private @Nullable Content content;

    /** @param tar the uncompressed bytes; {@link #close()} closes them */
    public TarReader(InputStream tar, TarLimits limits) {
        this.in = tar;
        this.limits = limits;
    }

    /** The next entry, or empty after the last, when every byte of the stream has been read. */
    public Optional<TarEntry> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        leaveContent();
        TarExtensions extensions = new TarExtensions(limits.nameBytes());
        while (readHeader()) {
            ReadHeader header = ReadHeader.parse(block);
            switch (header.typeFlag()) {
                case 'x' -> extensions.pax(special(header));
                case 'L' -> extensions.longName(special(header));
                case 'K' -> extensions.longLink(special(header));
                case 'g' -> special(header);
                default -> {
                    return Optional.of(entry(header, extensions));
                }
            }
        }
        ended = true;
        while (in.read(waste) >= 0) {
            // the rest is read for the sake of the streams below
        }
        return Optional.empty();
    }

    /** The content of the entry that {@link #next()} gave last; it ends where the entry ends and need not be closed. */
    public InputStream content() {
        if (content == null) {
            return InputStream.nullInputStream();
        }
        if (content.sparse) {
            throw BuildRefused.because("A file is stored in tar's sparse form, which is not read here.");
        }
        return content;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private TarEntry entry(ReadHeader header, TarExtensions extensions) throws IOException {
        if (++entries > limits.entries()) {
            throw BuildRefused.because("The tar has more than " + limits.entries() + " entries, the limit for it.");
        }
        String name = extensions.path().orElse(header.name());
        TarEntry.Type type = header.type(name);
        String target = extensions.linkPath().orElse(header.linkName());
        boolean sparse = extensions.isSparse() || header.typeFlag() == 'S';
        if (header.typeFlag() == 'S') {
            skipSparseMaps();
        }
        // A link, a directory or a device has no content, whatever its size field says, as in Go's reader.
        long size = header.hasContent() ? extensions.size().orElse(header.size()) : 0;
        content = new Content(size, sparse);
        return new TarEntry(
                TarPath.normal(name, limits.nameBytes()),
                type,
                switch (type) {
                    case SYMBOLIC_LINK -> TarPath.bounded(target, limits.nameBytes());
                    case HARD_LINK -> TarPath.normal(target, limits.nameBytes());
                    default -> "";
                },
                header.mode(),
                size,
                extensions.uid().orElse(header.uid()),
                extensions.gid().orElse(header.gid()));
    }

    /** The old GNU form continues its header with blocks of its map; byte 482, then 504, tells of another. */
    private void skipSparseMaps() throws IOException {
        boolean more = block[482] != 0;
        for (int maps = 0; more; maps++) {
            if (maps > limits.extensionBytes() / ReadHeader.BLOCK
                    || in.readNBytes(block, 0, block.length) < block.length) {
                throw ReadHeader.damaged("a sparse file's map does not end");
            }
            more = block[504] != 0;
        }
    }

    private byte[] special(ReadHeader header) throws IOException {
        if (header.size() > limits.extensionBytes()) {
            throw BuildRefused.because("The tar has a header extension of " + header.size() + " bytes; the limit is "
                    + limits.extensionBytes() + ".");
        }
        content = new Content(header.size(), false);
        byte[] bytes = content.readAllBytes();
        leaveContent();
        return bytes;
    }

    /** Whether there is another header: a tar ends with zero blocks, or, as Go has it, where its bytes end. */
    private boolean readHeader() throws IOException {
        int count = in.readNBytes(block, 0, block.length);
        if (count == 0) {
            return false;
        }
        if (count < block.length) {
            throw ReadHeader.damaged("it ends within a header");
        }
        for (byte value : block) {
            if (value != 0) {
                return true;
            }
        }
        return false;
    }

    private void leaveContent() throws IOException {
        if (content != null) {
            content.leave();
            content = null;
        }
    }

    /** Exactly one entry's bytes. */
    private final class Content extends BlockInputStream {
        private final boolean sparse;
        private final int padding;
        private long left;

        Content(long size, boolean sparse) {
            this.left = size;
            this.sparse = sparse;
            this.padding = (int) (-size & (ReadHeader.BLOCK - 1));
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(buffer, offset, (int) Math.min(left, length));
            if (count < 0) {
                throw ReadHeader.damaged("it ends within a file");
            }
            left -= count;
            return count;
        }

        void leave() throws IOException {
            while (left > 0) {
                read(waste, 0, waste.length);
            }
            if (in.readNBytes(waste, 0, padding) < padding) {
                throw ReadHeader.damaged("it ends within a file");
            }
        }
    }
}
