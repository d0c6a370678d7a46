package dev.pycontainer.archive;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.GZIPException;
import com.jcraft.jzlib.JZlib;
import dev.pycontainer.content.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * Content as the raw deflate stream that jzlib makes of it at level 6: the same bytes on every machine, which the JDK's own
 * zlib does not promise.
 *
 * <p>They are also zlib's own bytes at the same level and memory, {@code docs/layer-format.md}.
 */
final class DeflatedInput extends BlockInputStream {

    private static final int LEVEL = 6;
    private static final int WINDOW_BITS = 15;

    /**
     * Half of the usual memory: 8,191 literals and matches make a block. From the next one on, jzlib ends blocks earlier by a
     * rule of its own, which zlib leaves out.
     */
    private static final int MEMORY_LEVEL = 7;

    private static final int CHUNK = 1 << 16;

    private final InputStream content;
    private final long size;
    private final String path;
    private final Deflater deflater = deflater();
    private final CRC32 crc = new CRC32();
    private final byte[] chunk = new byte[CHUNK];
    private long passed;
    private boolean finished;

    /**
     * @param content has exactly {@code size} bytes, or refuses
     * @param path what the content is, for messages
     */
    DeflatedInput(InputStream content, long size, String path) {
        this.content = content;
        this.size = size;
        this.path = path;
    }

    static Deflater deflater() {
        try {
            return new Deflater(LEVEL, WINDOW_BITS, MEMORY_LEVEL, JZlib.WrapperType.NONE);
        } catch (GZIPException e) {
            throw new IllegalStateException("jzlib must know level " + LEVEL, e);
        }
    }

    /**
     * Proves that the stream decodes to the content, once all of it has been read. Joining decodes anyway, so that a fault of the
     * unmaintained jzlib cannot pass unseen.
     */
    ContentCheck proof() {
        CRC32 decoded = new CRC32();
        return new ContentCheck() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                decoded.update(bytes, offset, length);
            }

            @Override
            public void finish() {
                if (decoded.getValue() != crc.getValue()) {
                    throw new IllegalStateException("jzlib has compressed " + path + " to something else");
                }
            }
        };
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (finished || length == 0) {
            return finished ? -1 : 0;
        }
        deflater.setOutput(buffer, offset, length);
        while (deflater.avail_out == length && !finished) {
            if (deflater.avail_in == 0) {
                readContent();
            }
            int status = deflater.deflate(passed == size ? JZlib.Z_FINISH : JZlib.Z_NO_FLUSH);
            if (status == JZlib.Z_STREAM_END) {
                finished = true;
            } else if (status != JZlib.Z_OK) {
                throw new IllegalStateException("jzlib failed on " + path + " with " + status + ": " + deflater.msg);
            }
        }
        int produced = length - deflater.avail_out;
        return produced == 0 ? -1 : produced;
    }

    // Chunks are filled whatever the content's own reads return, so that jzlib always sees the same ones.
    private void readContent() throws IOException {
        int read = content.readNBytes(chunk, 0, CHUNK);
        passed += read;
        crc.update(chunk, 0, read);
        deflater.setInput(chunk, 0, read, false);
    }
}
