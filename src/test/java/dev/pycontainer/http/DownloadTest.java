package dev.pycontainer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Tally;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file whose connections break, at a server that can go on, or cannot, or lies. */
class DownloadTest {

    private static final String TAG = "\"v1\"";
    private static final String DATE = "Sat, 21 Nov 2026 12:00:00 GMT";

    /** The file, of which each cut answer brings the first half at least. */
    private static final String FILE = "0123456789".repeat(30_000);

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final List<Duration> waits = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final Http http = new Http(
            HttpSettings.standard(),
            RequestLog.SILENT,
            new Tally(),
            new Retry(3, waits::add, InstantSource.system()),
            Proxies.ofJvm());

    @AfterEach
    void close() {
        http.close();
    }

    @ParameterizedTest
    @CsvSource({"ETag, '" + TAG + "'", "Last-Modified, '" + DATE + "'"})
    void aBrokenDownloadGoesOnWhereItBroke(String header, String validator) throws Exception {
        server.enqueue(cut(header, validator));
        int half = breakPoint();
        server.enqueue(part(half, FILE.length()).build());

        assertThat(download()).isEqualTo(FILE);

        assertThat(begun).hasValue(1);
        assertThat(waits).containsExactly(Duration.ofSeconds(1));
        assertThat(server.takeRequest().getHeaders().get("Range")).isNull();
        RecordedRequest rest = server.takeRequest();
        assertThat(rest.getHeaders().get("Range")).isEqualTo("bytes=" + half + "-");
        assertThat(rest.getHeaders().get("If-Range")).isEqualTo(validator);
        assertThat(rest.getHeaders().get("X-Own")).isEqualTo("kept");
    }

    /** A damaged record, or a middlebox that cuts in: TLS was spoken well until then. */
    @Test
    void aFaultOfTlsAmongTheBytesIsABrokenConnection() {
        Unreachable fault = Unreachable.inBody(
                new Request.Builder().url("https://index.example/a").build(), new SSLException("Tag mismatch!"));

        assertThat(fault.kind()).isEqualTo(Unreachable.Kind.BROKEN);
        assertThat(fault.mayPass()).isTrue();
        assertThat(fault).hasMessage("""
                index.example:443 broke off its answer.
                  where  GET https://index.example/a
                  why    the connection broke: Tag mismatch!
                  do     check the network, or try again later""");
    }

    @Test
    void aServerThatHasAnotherFileNowBeginsAnew() throws IOException {
        server.enqueue(cut("ETag", TAG));
        server.enqueue(new MockResponse.Builder()
                .addHeader("ETag", "\"v2\"")
                .body("another file")
                .build());

        assertThat(download()).isEqualTo("another file");
        assertThat(begun).hasValue(2);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 0-4/300000", "bytes 7-299999/*", "bytes=150000-299999/300000", "", "bytes */300000"})
    void anotherPartThanTheOneAskedForIsNotTaken(String contentRange) throws IOException {
        server.enqueue(cut("ETag", TAG));
        server.enqueue(new MockResponse.Builder()
                .code(206)
                .addHeader("Content-Range", contentRange)
                .body("wrong")
                .build());
        server.enqueue(new MockResponse.Builder().body(FILE).build());

        assertThat(download()).isEqualTo(FILE);
        assertThat(begun).hasValue(2);
    }

    @Test
    void aPartOfAFileOfAnotherLengthIsNotTaken() throws IOException {
        server.enqueue(cut("ETag", TAG));
        server.enqueue(part(breakPoint(), FILE.length() + 1).build());
        server.enqueue(new MockResponse.Builder().body(FILE).build());

        assertThat(download()).isEqualTo(FILE);
        assertThat(begun).hasValue(2);
    }

    @Test
    void aRangeThatCannotBeSatisfiedBeginsAnew() throws IOException {
        server.enqueue(cut("ETag", TAG));
        server.enqueue(new MockResponse.Builder().code(416).build());
        server.enqueue(new MockResponse.Builder().body(FILE).build());

        assertThat(download()).isEqualTo(FILE);
    }

    @ParameterizedTest
    @CsvSource({"ETag, 'W/\"v1\"'", "X-Other, x"})
    void withoutAProofOfItsBeingTheSameTheFileBeginsAnew(String header, String value) throws Exception {
        server.enqueue(cut(header, value));
        server.enqueue(new MockResponse.Builder().body(FILE).build());

        assertThat(download()).isEqualTo(FILE);
        assertThat(begun).hasValue(2);
        server.takeRequest();
        assertThat(server.takeRequest().getHeaders().get("Range")).isNull();
    }

    @Test
    void aServerThatBreaksOffAgainAndAgainIsGivenUp() {
        server.enqueue(cut("ETag", TAG));
        for (int i = 0; i < 9; i++) {
            server.enqueue(part(breakPoint(), FILE.length())
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build());
        }

        assertThatThrownBy(this::download).isInstanceOf(Unreachable.class).hasMessageContaining("; tried 3 times");
    }

    @Test
    void aFileThatAlwaysBeginsAnewIsGivenUp() {
        for (int i = 0; i < 9; i++) {
            server.enqueue(cut("X-Other", "x"));
        }

        assertThatThrownBy(this::download)
                .isInstanceOf(Unreachable.class)
                .hasMessageStartingWith("localhost:" + server.getPort() + " broke off its answer.");
        assertThat(begun).hasValue(3);
    }

    @Test
    void anAnswerThatIsNotTheFileIsTheCallersToExplain() {
        server.enqueue(new MockResponse.Builder().code(403).build());
        assertThatThrownBy(this::download).hasMessage("No file: 403.");

        server.enqueue(cut("ETag", TAG));
        server.enqueue(new MockResponse.Builder().code(401).build());
        assertThatThrownBy(this::download).hasMessage("No file: 401.");
    }

    @Test
    void aReadersOwnRefusalEndsIt() {
        server.enqueue(new MockResponse.Builder().body(FILE).build());

        assertThatThrownBy(() -> new Download(http).of(request(), answer -> BuildRefused.because("No."), in -> {
                    throw BuildRefused.because("Too much.");
                }))
                .hasMessage("Too much.");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    private String download() throws IOException {
        return new Download(http)
                .of(request(), answer -> BuildRefused.because("No file: " + answer.code() + "."), in -> {
                    begun.incrementAndGet();
                    return new String(in.readAllBytes(), UTF_8);
                });
    }

    private Request request() {
        return new Request.Builder()
                .url(server.url("/a.whl"))
                .header("X-Own", "kept")
                .build();
    }

    /** Announces the whole file, brings its first half and closes. */
    private static MockResponse cut(String header, String value) {
        return new MockResponse.Builder()
                .addHeader(header, value)
                .body(FILE.substring(0, breakPoint()))
                .setHeader("Content-Length", FILE.length())
                .onResponseEnd(new SocketEffect.CloseSocket())
                .build();
    }

    private static int breakPoint() {
        return FILE.length() / 2;
    }

    private static MockResponse.Builder part(int from, int total) {
        return new MockResponse.Builder()
                .code(206)
                .addHeader("Content-Range", "bytes " + from + "-" + (FILE.length() - 1) + "/" + total)
                .body(FILE.substring(from));
    }
}
