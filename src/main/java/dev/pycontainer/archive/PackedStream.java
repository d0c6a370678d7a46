package dev.pycontainer.archive;

import dev.pycontainer.content.BlockInputStream;
import dev.pycontainer.content.BoundedInputStream;
import dev.pycontainer.content.BuildRefused;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.SingleXZInputStream;

/**
 * The uncompressed bytes of a file whose compression is told by the suffix of its name, as hostile input.
 *
 * <p>Whatever a decompressor finds wrong is a refusal that names the file. Nothing may follow the compressed bytes; of xz there is one
 * stream, since dpkg reads no more than the first and would see other bytes than a reader that goes on. Of gzip every member is read, as
 * dpkg does, and of zstd every frame.
 */
public final class PackedStream {

    /** What {@code xz -9} needs is 65 MiB; dpkg-deb knows no way to ask for more. */
    private static final int XZ_MEMORY_KIB = 80 << 10;

    /** In Debian 12 no package above 256 MiB is packed tighter than 1 : 107, and the largest unpack to 7 GiB. */
    private static final int RATIO = 200;

    private static final int BUFFER = 1 << 16;
    private static final long UNJUDGED = 256L << 20;
    private static final long LARGEST = 16L << 30;

    private static final List<String> FORMS = List.of(".tar", ".gz", ".xz", ".zst");

    private PackedStream() {}

    /** Refuses a name whose suffix tells no form that is read here. */
    public static void requireForm(String name) {
        if (FORMS.stream().noneMatch(name::endsWith)) {
            throw BuildRefused.because(name + " has a form that is not read here.")
                    .why("read are .gz, .xz, .zst, and .tar alone");
        }
    }

    /**
     * @param in the file's bytes; closing the returned stream closes it
     * @param name the file's: {@code .gz}, {@code .xz}, {@code .zst} or, for bytes that are not compressed, {@code .tar} at its end
     * @param size how many bytes the file has, from which the limit of what may come out of it follows: 200 times as many, at least
     *     256 MiB, never more than 16 GiB. What a package says of its own size binds nobody
     */
    public static InputStream open(InputStream in, String name, long size) {
        requireForm(name);
        long limit = size > LARGEST / RATIO ? LARGEST : Math.max(UNJUDGED, size * RATIO);
        return new BoundedInputStream(new Unpacked(in, name), limit, name + ", unpacked,");
    }

    private static InputStream decompressor(InputStream in, String name) throws IOException {
        if (name.endsWith(".tar")) {
            return in;
        }
        in.mark(1);
        if (in.read() < 0) {
            throw new EOFException("it is empty");
        }
        in.reset();
        if (name.endsWith(".gz")) {
            return GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .get();
        }
        if (name.endsWith(".xz")) {
            return new SingleXZInputStream(in, XZ_MEMORY_KIB);
        }
        return ZstdStream.open(in, name, "packages that are compressed with xz or gzip");
    }

    /** Begins with the first read, so that a damaged beginning is refused as any other part. */
    private static final class Unpacked extends BlockInputStream {
        private final InputStream packed;
        private final String name;
        private InputStream content = InputStream.nullInputStream();
        private boolean begun;
        private boolean ended;

        Unpacked(InputStream packed, String name) {
            this.packed = new BufferedInputStream(packed, BUFFER);
            this.name = name;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            try {
                if (!begun) {
                    begun = true;
                    content = decompressor(packed, name);
                }
                int count = content.read(buffer, offset, length);
                if (count < 0 && !ended && packed.read() >= 0) {
                    throw BuildRefused.because(name + " goes on after its end.")
                            .why("readers that stop there and readers that do not would see different files");
                }
                ended |= count < 0;
                return count;
            } catch (IOException e) {
                throw BuildRefused.because(name + " cannot be unpacked.")
                        .why(String.valueOf(e.getMessage()))
                        .causedBy(e);
            }
        }

        @Override
        public void close() throws IOException {
            content.close();
            packed.close();
        }
    }
}
