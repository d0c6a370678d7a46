package dev.pycontainer.archive;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.util.ZstdVersion;
import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One zstd frame (RFC 8878) with the checksum of its content, by one thread of libzstd: its bytes follow from the tar, the level and
 * the library's version.
 */
final class ZstdTar implements CompressedTar {

    /**
     * Of the wheels of numpy and Django, 58 and 26 MB of files, level 3 makes 0.89 and 0.53 of the wheel's size at 330 and 430 MB/s,
     * level 6 0.81 and 0.47 at 115 and 144, level 9 0.77 and 0.45 at 74 and 88. Beyond 9 each percent costs a third of the speed, and a
     * layer is written once but pulled often.
     */
    private static final int LEVEL = 9;

    private static final int CHUNK = 1 << 16;

    private final OutputStream out;
    private final PassingTar tar;
    private final Inflate inflate;
    private final ZstdCompressCtx zstd;
    private final byte[] buffer = new byte[CHUNK];
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private final ByteBuffer packed = ByteBuffer.allocate(CHUNK);

    ZstdTar(OutputStream out, PassingTar tar, Inflate inflate) {
        this.out = out;
        this.tar = tar;
        this.inflate = inflate;
        try {
            this.zstd = new ZstdCompressCtx();
        } catch (LinkageError missing) {
            throw ZstdStream.missing("A layer", "the compression gzip", missing);
        }
        zstd.setLevel(LEVEL).setChecksum(true).setWorkers(0);
    }

    /** The level, and the version of the library that is there at run time: a constant would be copied when this is compiled. */
    static String rules() {
        try {
            return "zstd/" + LEVEL + "/" + ZstdVersion.class.getField("VERSION").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("zstd-jni must know its version", e);
        }
    }

    @Override
    public void header(LayerEntry entry) throws IOException {
        write(entry.blocks());
    }

    @Override
    public void tiny(LayerEntry entry, byte[] content) throws IOException {
        write(content);
    }

    @Override
    public void deflated(LayerEntry entry, InputStream stream, ContentCheck check) throws IOException {
        tar.begin(check);
        inflate.whole(stream, this::write, ByteSink.NOWHERE);
        tar.end();
    }

    @Override
    public void stored(LayerEntry entry, InputStream stream, ContentCheck check) throws IOException {
        tar.begin(check);
        own(entry, stream);
        tar.end();
    }

    @Override
    public void own(LayerEntry entry, InputStream content) throws IOException {
        for (int length; (length = content.readNBytes(buffer, 0, CHUNK)) > 0; ) {
            write(buffer, 0, length);
        }
    }

    @Override
    public void padding(byte[] zeros) throws IOException {
        write(zeros);
    }

    @Override
    public Optional<Digest> finish() throws IOException {
        write(TarHeader.end());
        compress(EndDirective.END);
        out.flush();
        return Optional.empty();
    }

    @Override
    public void close() {
        zstd.close();
    }

    private void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        tar.write(bytes, offset, length);
        for (int done = 0; done < length; ) {
            if (!chunk.hasRemaining()) {
                compress(EndDirective.CONTINUE);
            }
            int part = Math.min(length - done, chunk.remaining());
            chunk.put(bytes, offset + done, part);
            done += part;
        }
    }

    private void compress(EndDirective directive) throws IOException {
        chunk.flip();
        boolean isEnded = false;
        while (chunk.hasRemaining() || (directive == EndDirective.END && !isEnded)) {
            isEnded = zstd.compressByteBufferStream(packed, chunk, directive);
            out.write(packed.array(), 0, packed.position());
            packed.clear();
        }
        chunk.clear();
    }
}
