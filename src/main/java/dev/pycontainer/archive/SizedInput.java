package dev.pycontainer.archive;

import dev.pycontainer.content.BlockInputStream;
import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.io.InputStream;

/** Content that was announced with its size, which must still have that size when it is read. */
final class SizedInput extends BlockInputStream {

    private final InputStream content;
    private final long size;
    private final String path;
    private long left;

    /** @param path what the content is, for the refusal */
    SizedInput(InputStream content, long size, String path) {
        this.content = content;
        this.size = size;
        this.path = path;
        this.left = size;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = left == 0 ? 0 : content.read(buffer, offset, (int) Math.min(left, length));
        left -= count;
        if (count < 0 || (left == 0 && content.readNBytes(1).length > 0)) {
            throw sizeChanged(path, size);
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    static BuildRefused sizeChanged(String path, long size) {
        return BuildRefused.because("\"" + path + "\" has not the " + size + " bytes that were announced.")
                .why("it changed while it was read");
    }
}
