package dev.pycontainer.http;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A whole file over as many connections as it takes: where one breaks, the next goes on from there (RFC 9110, 14).
 *
 * <p>It goes on only with a server that proves to have the same file still, by its entity tag or time of change; with any
 * other the file begins anew. Whether the bytes are the right ones, the reader verifies over all of them.
 */
public final class Download {

    /** Takes in a whole file. */
    @FunctionalInterface
    public interface Reader<T> {

        /** @param in the file from its first byte; broken off by an exception where the file must begin anew */
        T read(InputStream in) throws IOException;
    }

    private final Http http;

    public Download(Http http) {
        this.http = http;
    }

    /**
     * What the reader made of the file; it is called again, with the first byte first, where the file begins anew.
     *
     * @param otherwise the refusal for an answer that is not the file, which it may read and need not close
     */
    public <T> T of(Request request, Function<Response, BuildRefused> otherwise, Reader<T> reader) throws IOException {
        Optional<Response> answer = Optional.empty();
        for (int begun = 1; ; begun++) {
            Response response = answer.isPresent() ? answer.get() : http.send(request);
            if (response.code() != 200) {
                try (response) {
                    throw otherwise.apply(response);
                }
            }
            try (ResumedBody body = new ResumedBody(http, request, response, otherwise)) {
                return reader.read(body);
            } catch (BegunAnew anew) {
                if (begun >= http.retry().attempts()) {
                    anew.response.ifPresent(Response::close);
                    throw anew.fault.tried(begun);
                }
                answer = anew.response;
            }
        }
    }

    /** Leads out of the reader, which has taken in a beginning that nothing fits to any more. */
    @SuppressWarnings("serial") // it never leaves this machine, nor this class
    static final class BegunAnew extends RuntimeException {
        private final transient Unreachable fault;
        private final transient Optional<Response> response;

        /** @param response the file from its first byte, if it has already been given */
        BegunAnew(Unreachable fault, Optional<Response> response) {
            super(fault);
            this.fault = fault;
            this.response = response;
        }
    }
}
