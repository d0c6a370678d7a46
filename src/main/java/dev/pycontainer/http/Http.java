package dev.pycontainer.http;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP client of a run: for any number of threads, over connections that are kept alive until {@link #close()}.
 *
 * <p>Every answer comes back, whatever its status; only a host that gives none is a refusal. What may pass is waited for,
 * as {@link Retry} says. Redirects are followed within one scheme, never from https to http; the {@code Authorization}
 * header, the only place for credentials, goes to no other host, port or scheme than the request's own, and over plain
 * HTTP only to a {@link Loopback} host. Bodies are asked for and passed on as they are, without any content coding.
 */
public final class Http implements Closeable {

    private static final Duration PROBE = Duration.ofSeconds(10);

    private final HttpSettings settings;
    private final RequestLog log;
    private final Tally tally;
    private final Proxies proxies;
    private final Retry retry;
    private @Nullable OkHttpClient verified;
    private @Nullable OkHttpClient unverified;
    private volatile boolean closed;

    /** A client that sends each request once, over the proxies that the JVM's own properties name. */
    public Http(HttpSettings settings, RequestLog log, Tally tally) {
        this(settings, log, tally, Retry.NEVER, Proxies.ofJvm());
    }

    public Http(HttpSettings settings, RequestLog log, Tally tally, Retry retry, Proxies proxies) {
        this.settings = settings;
        this.log = log;
        this.tally = tally;
        this.retry = retry;
        this.proxies = proxies;
    }

    /** Sends a request and returns the answer, which the caller closes. */
    public Response send(Request request) {
        if (request.header("Authorization") != null && !request.isHttps() && !Loopback.holds(request.url())) {
            throw BuildRefused.because(
                            "Credentials for " + request.url().host() + " would go over plain HTTP, unencrypted.")
                    .todo("use its https address, or take its credentials away if nobody needs them")
                    .in(request.method() + " " + RedactedUrl.of(request.url()));
        }
        return send(verified(), request);
    }

    /**
     * Sends a request as {@link #send(Request)} does, but accepts any TLS certificate, and lets credentials go over
     * plain HTTP: only where the user has asked for it, for this very host.
     */
    public Response sendInsecurely(Request request) {
        return send(unverified(), request);
    }

    /**
     * Whether and what a server answers that may not speak this scheme at all: waits but a few seconds, since one that
     * speaks plain HTTP may wait for the end of a line that a TLS handshake never brings.
     *
     * @param anyCertificate as for {@link #sendInsecurely}
     */
    public Response probe(Request request, boolean anyCertificate) {
        Duration patience = settings.read().compareTo(PROBE) < 0 ? settings.read() : PROBE;
        OkHttpClient client = anyCertificate ? unverified() : verified();
        return once(client.newBuilder().readTimeout(patience).build(), request);
    }

    /** Closes the connections; answers that are still open break. */
    @Override
    public synchronized void close() {
        closed = true;
        if (verified != null) {
            verified.dispatcher().cancelAll();
            verified.connectionPool().evictAll();
        }
    }

    Retry retry() {
        return retry;
    }

    /** Whether every request is refused: for what can do without an answer. */
    public boolean isOffline() {
        return settings.offline();
    }

    /** Waits before the request is sent again, and says so. */
    void pause(Request request, Duration wait, String why) {
        log.waits(request.method(), RedactedUrl.of(request.url()), wait, why);
        retry.wait(wait);
    }

    private Response send(OkHttpClient client, Request request) {
        for (int attempt = 1; ; attempt++) {
            try {
                Response response = once(
                        client,
                        request.newBuilder()
                                .tag(Attempt.class, new Attempt(attempt))
                                .build());
                Optional<Duration> wait = retry.waitAfter(response, attempt);
                if (wait.isEmpty()) {
                    return response;
                }
                response.close();
                pause(request, wait.get(), "it answered " + response.code());
            } catch (Unreachable fault) {
                boolean again = attempt < retry.attempts() && Retry.isRepeatable(request) && fault.mayPass();
                if (!again || closed) {
                    throw attempt > 1 ? fault.tried(attempt) : fault;
                }
                pause(request, retry.waitAfterFault(attempt), fault.what());
            }
        }
    }

    private Response once(OkHttpClient client, Request request) {
        if (settings.offline()) {
            throw BuildRefused.because(RedactedUrl.of(request.url()) + " is needed, and the build is offline.")
                    .why("the cache does not hold what it would give")
                    .todo("run the build once online");
        }
        Response response;
        try {
            response = client.newCall(request).execute();
        } catch (IOException e) {
            Unreachable fault = Unreachable.of(request, e);
            throw proxies.of(request.url())
                    .<BuildRefused>map(proxy -> fault.in("through the proxy " + proxy.address()))
                    .orElse(fault);
        }
        if (response.isRedirect()) {
            throw notFollowed(response);
        }
        return response;
    }

    private static BuildRefused notFollowed(Response response) {
        try (response) {
            HttpUrl url = response.request().url();
            String location = response.header("Location");
            return BuildRefused.because(url.host() + " redirects to where pycontainer does not follow.")
                    .why(
                            location == null
                                    ? "it names no address"
                                    : "it names " + RedactedUrl.of(location)
                                            + "; a redirect between https and http is not followed")
                    .todo("use the address that it redirects to, if you trust it")
                    .in(response.request().method() + " " + RedactedUrl.of(url));
        }
    }

    /** Made for the first request: a build that sends none need not wait for it. */
    private synchronized OkHttpClient verified() {
        if (verified == null) {
            verified = new OkHttpClient.Builder()
                    .connectTimeout(settings.connect())
                    .readTimeout(settings.read())
                    .writeTimeout(settings.write())
                    .callTimeout(settings.call())
                    .followSslRedirects(false)
                    .proxySelector(proxies.selector())
                    .proxyAuthenticator(proxies::authenticate)
                    .addInterceptor(Http::introduced)
                    .addNetworkInterceptor(this::counted)
                    .build();
        }
        return verified;
    }

    private synchronized OkHttpClient unverified() {
        if (unverified == null) {
            unverified = AnyCertificate.acceptedBy(verified());
        }
        return unverified;
    }

    private static Response introduced(Interceptor.Chain chain) throws IOException {
        return chain.proceed(chain.request()
                .newBuilder()
                .header("User-Agent", "pycontainer")
                .header("Accept-Encoding", "identity")
                .build());
    }

    private Response counted(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        tally.count(Work.REQUESTS_SENT);
        Response response = chain.proceed(request);
        log.answered(request.method(), RedactedUrl.of(request.url()), response.code());
        return response;
    }
}
