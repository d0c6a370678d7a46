package dev.pycontainer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again, how often and after how long; nobody waits for it here. */
class RetryTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final List<Duration> waits = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Tally tally = new Tally();
    private final RequestLog log = new RequestLog() {
        @Override
        public void answered(String method, RedactedUrl url, int status) {}

        @Override
        public void waits(String method, RedactedUrl url, Duration wait, String why) {
            told.add(method + " " + url + " " + wait.toSeconds() + " " + why);
        }
    };
    private final Http http = new Http(
            HttpSettings.standard(), log, tally, new Retry(4, waits::add, InstantSource.fixed(NOW)), Proxies.ofJvm());

    @AfterEach
    void close() {
        http.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504, 520})
    void whatMayPassIsWaitedForTwiceAsLongEachTime(int status) {
        answers(status, status, status, 200);

        try (Response response = http.send(get())) {
            assertThat(response.code()).isEqualTo(200);
        }
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(told).contains("GET " + server.url("/a") + "?token=… 2 it answered " + status);
    }

    @Test
    void atItsEndTheLastAnswerComesBackAndTellsTheAttempts() {
        answers(503, 503, 503, 503);

        try (Response response = http.send(get())) {
            assertThat(Attempt.told(response)).isEqualTo("it answered 503, the last of 4 attempts");
        }
        assertThat(tally.of(Work.REQUESTS_SENT)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 416, 501})
    void whatWillNotPassIsAnAnswer(int status) {
        answers(status);

        try (Response response = http.send(get())) {
            assertThat(Attempt.told(response)).isEqualTo("it answered " + status);
        }
        assertThat(waits).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "0, 0",
        "60, 60",
        "'Sat, 21 Nov 2026 12:00:30 GMT', 30",
        "'Sat, 21 Nov 2026 11:00:00 GMT', 0",
        "soon, 1",
        "-5, 1"
    })
    void retryAfterIsHonoured(String header, long seconds) {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", header)
                .build());
        answers(200);

        http.send(get()).close();

        assertThat(waits).containsExactly(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"61", "999999999", "99999999999999", "Sat, 21 Nov 2026 13:00:00 GMT"})
    void aServerThatAsksForTooLongIsNotWaitedFor(String header) {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("Retry-After", header)
                .build());
        answers(200, 200);

        try (Response response = http.send(get())) {
            // A number that is no number of seconds is as good as none.
            assertThat(response.code()).isEqualTo(header.length() == 14 ? 200 : 429);
            assertThat(Attempt.told(response))
                    .isEqualTo(
                            switch (header.length()) {
                                case 2, 9 -> "it answered 429, and asks to be left alone for " + header + " seconds";
                                case 14 -> "it answered 200, the last of 2 attempts";
                                default -> "it answered 429";
                            });
        }
    }

    @Test
    void aBrokenConnectionIsTriedAgainAndGivenUpWithItsAttempts() {
        for (int i = 0; i < 8; i++) {
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build());
        }

        assertThatThrownBy(() -> http.send(get()))
                .isInstanceOf(Unreachable.class)
                .hasMessageStartingWith("localhost:" + server.getPort() + " broke off the exchange.\n")
                .hasMessageContaining("; tried 4 times\n");
        assertThat(waits).hasSize(3);
    }

    @Test
    void aHostThatTakesNoConnectionIsTriedAgain() throws IOException {
        HttpUrl nobody = HttpUrl.get("http://127.0.0.1:" + freePort() + "/a");

        assertThatThrownBy(
                        () -> http.send(new Request.Builder().url(nobody).head().build()))
                .isInstanceOf(Unreachable.class)
                .hasMessageContaining("; tried 4 times");
    }

    @Test
    void anUnknownHostIsNot() {
        assertThatThrownBy(() -> http.send(new Request.Builder()
                        .url("https://no-such-host.invalid/")
                        .build()))
                .isInstanceOf(Unreachable.class)
                .hasMessageNotContaining("tried");
        assertThat(waits).isEmpty();
    }

    @Test
    void redirectsInACircleAreNotRunAgain() {
        for (int i = 0; i < 30; i++) {
            server.enqueue(new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", "/a")
                    .build());
        }

        assertThatThrownBy(() -> http.send(get())).hasMessageContaining("Too many follow-up requests: 21");
        assertThat(waits).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "PATCH", "DELETE"})
    void whatChangesSomethingIsSentOnce(String method) {
        answers(503);
        Request upload = new Request.Builder()
                .url(server.url("/a"))
                .method(method, RequestBody.create("bytes", null))
                .build();

        try (Response response = http.send(upload)) {
            assertThat(response.code()).isEqualTo(503);
        }
        assertThat(waits).isEmpty();
    }

    @Test
    void theStandardIsFourAttempts() {
        assertThat(Retry.standard().attempts()).isEqualTo(4);
    }

    private void answers(int... statuses) {
        for (int status : statuses) {
            server.enqueue(new MockResponse.Builder().code(status).build());
        }
    }

    private Request get() {
        return new Request.Builder().url(server.url("/a?token=s3cret")).build();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
