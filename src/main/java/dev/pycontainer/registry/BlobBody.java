package dev.pycontainer.registry;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ByteSource;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A blob on its way to the registry, of the length that was announced, read anew whenever it must be sent again.
 *
 * <p>A fault of the disk is a refusal here, so that nobody takes it for one of the network.
 */
final class BlobBody extends RequestBody {

    private static final MediaType BYTES = MediaType.get("application/octet-stream");

    private final Descriptor blob;
    private final ByteSource source;

    BlobBody(Descriptor blob, ByteSource source) {
        this.blob = blob;
        this.source = source;
    }

    @Override
    public MediaType contentType() {
        return BYTES;
    }

    @Override
    public long contentLength() {
        return blob.size();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long sent = 0;
        try (Source in = new Source(source)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sent += count;
                if (sent > blob.size()) {
                    break;
                }
                sink.write(buffer, 0, count);
            }
        }
        if (sent != blob.size()) {
            throw ContentMismatch.of(
                    "The blob " + blob.digest(),
                    "it has " + (sent > blob.size() ? "more" : "fewer") + " than the " + blob.size()
                            + " bytes that its descriptor says");
        }
    }

    /** The blob's stream with its faults told apart from those of the connection. */
    private final class Source implements AutoCloseable {
        private final InputStream in;

        Source(ByteSource source) {
            try {
                in = source.open();
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        int read(byte[] buffer) {
            try {
                return in.read(buffer);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        private BuildRefused unreadable(IOException e) {
            return BuildRefused.because("The blob " + blob.digest() + " cannot be read for its upload.")
                    .why(e.toString())
                    .causedBy(e);
        }
    }
}
