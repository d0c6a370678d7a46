package dev.pycontainer.http;

import dev.pycontainer.content.BoundedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import okhttp3.Request;
import okhttp3.Response;

/** The bytes of an answer, read within limits; a connection that breaks while they pass is a refusal. */
public final class Body {

    /** How much of an error page is read at most, in bytes. */
    private static final int ERROR_LIMIT = 64 << 10;

    private Body() {}

    /**
     * All bytes, for a reader that verifies size and digest: a body without Content-Length that is cut short ends
     * here as if it were whole. Closing the stream closes the answer.
     */
    public static InputStream stream(Response response) {
        return new Refusing(response.request(), response.body().byteStream());
    }

    /**
     * All bytes at once, and closes the answer; more than the limit are refused.
     *
     * @param limit in bytes
     * @param name what the bytes are, for the refusal's first sentence
     */
    public static byte[] read(Response response, long limit, String name) {
        try (InputStream in = new BoundedInputStream(stream(response), limit, name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw Unreachable.inBody(response.request(), e);
        }
    }

    /** The first 64 KiB as UTF-8 text, and closes the answer: for pages that tell of an error. */
    public static String beginning(Response response) {
        try (InputStream in = stream(response)) {
            return new String(in.readNBytes(ERROR_LIMIT), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Unreachable.inBody(response.request(), e);
        }
    }

    private static final class Refusing extends FilterInputStream {
        private final Request request;

        Refusing(Request request, InputStream in) {
            super(in);
            this.request = request;
        }

        @Override
        public int read() {
            try {
                return in.read();
            } catch (IOException e) {
                throw Unreachable.inBody(request, e);
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                throw Unreachable.inBody(request, e);
            }
        }

        @Override
        public long skip(long count) {
            try {
                return in.skip(count);
            } catch (IOException e) {
                throw Unreachable.inBody(request, e);
            }
        }
    }
}
