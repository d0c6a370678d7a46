package dev.pycontainer.http;

import dev.pycontainer.content.BlockInputStream;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.Download.BegunAnew;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Request;
import okhttp3.Response;

/** The bytes of an answer, then of the answers that continue it. */
final class ResumedBody extends BlockInputStream {

    /** A connection that has brought so much, in bytes, has earned a new set of attempts. */
    private static final long PROGRESS = 1 << 20;

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

    private final Http http;
    private final Request request;
    private final Function<Response, BuildRefused> otherwise;
    private final Optional<String> validator;
    private final long total;
    private InputStream in;
    private long position;
    private long brokenAt;
    private int breaks;

    /** @param response with status 200, which is closed with this stream */
    ResumedBody(Http http, Request request, Response response, Function<Response, BuildRefused> otherwise) {
        this.http = http;
        this.request = request;
        this.otherwise = otherwise;
        this.validator = validator(response);
        this.total = response.body().contentLength();
        this.in = Body.stream(response);
    }

    // RFC 9110, 13.1.5: "A client MUST NOT generate an If-Range header field containing an entity tag that is marked as
    // weak." A time of change may be weak too, but what is read here has a digest besides.
    private static Optional<String> validator(Response response) {
        String tag = response.header("ETag", "");
        return tag.startsWith("\"") ? Optional.of(tag) : Optional.ofNullable(response.header("Last-Modified"));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            try {
                int count = in.read(buffer, offset, length);
                position += Math.max(count, 0);
                return count;
            } catch (Unreachable fault) {
                goOn(fault);
            }
        }
    }

    private void goOn(Unreachable fault) throws IOException {
        in.close();
        breaks = position - brokenAt >= PROGRESS ? 1 : breaks + 1;
        brokenAt = position;
        if (breaks >= http.retry().attempts() || !fault.mayPass()) {
            throw breaks > 1 ? fault.tried(breaks) : fault;
        }
        http.pause(request, http.retry().waitAfterFault(breaks), fault.what());
        if (validator.isEmpty()) {
            throw new BegunAnew(fault, Optional.empty());
        }
        in = rest(fault, validator.get());
    }

    private InputStream rest(Unreachable fault, String ifRange) {
        Response response = http.send(request.newBuilder()
                .header("Range", "bytes=" + position + "-")
                .header("If-Range", ifRange)
                .build());
        if (response.code() == 206 && continues(response.header("Content-Range", ""))) {
            return Body.stream(response);
        }
        if (response.code() == 200) {
            throw new BegunAnew(fault, Optional.of(response));
        }
        try (response) {
            if (response.code() == 206 || response.code() == 416) {
                throw new BegunAnew(fault, Optional.empty());
            }
            throw otherwise.apply(response);
        }
    }

    /** In the wild: servers and caches that answer 206 with another part than was asked for (pip #14131). */
    private boolean continues(String contentRange) {
        Matcher range = CONTENT_RANGE.matcher(contentRange);
        return range.matches()
                && Long.parseLong(range.group(1)) == position
                && (total < 0 || range.group(3).equals("*") || Long.parseLong(range.group(3)) == total);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
