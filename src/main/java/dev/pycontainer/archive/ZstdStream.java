package dev.pycontainer.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.pycontainer.content.BuildRefused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The content of every frame of a zstd file (RFC 8878). */
final class ZstdStream {

    /** 128 MiB, the greatest window that {@code zstd --long} makes and that decoders accept unasked. */
    private static final int WINDOW_LOG = 27;

    private static final int BUFFER = 1 << 16;

    private ZstdStream() {}

    /**
     * @param name what the file is, for the refusal
     * @param instead what else the user could take where the library cannot be loaded
     */
    static InputStream open(InputStream in, String name, String instead) throws IOException {
        try {
            ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(in);
            zstd.setLongMax(WINDOW_LOG);
            return new BufferedInputStream(zstd, BUFFER);
        } catch (LinkageError missing) {
            throw missing(name, instead, missing);
        }
    }

    /** What is told where the library cannot be loaded, by those who read and by those who write. */
    static BuildRefused missing(String name, String instead, LinkageError missing) {
        return BuildRefused.because(name + " is compressed with zstd, whose library cannot be loaded here.")
                .why(String.valueOf(missing.getMessage()))
                .todo("let the directory of -Djava.io.tmpdir allow programs (it may be mounted noexec)," + " or use "
                        + instead)
                .causedBy(missing);
    }
}
