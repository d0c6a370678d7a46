package dev.pycontainer.packaging.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.RequestLog;
import dev.pycontainer.packaging.lock.LockFixture;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.store.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadWheelTest {

    @TempDir
    Path directory;

    private final MockWebServer server = new MockWebServer();
    private final Tally tally = new Tally();
    private final Http http = new Http(HttpSettings.standard(), RequestLog.SILENT, tally);
    private final Map<String, MockResponse> answers = new ConcurrentHashMap<>();

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answers.getOrDefault(
                        request.getUrl().encodedPath(),
                        new MockResponse.Builder().code(404).build());
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    private BlobStore store() {
        return new BlobStore(directory.resolve("cache"), tally);
    }

    private List<DownloadedWheel> download(Selection selection) {
        DownloadWheel download =
                new DownloadWheel(http, Logins.none(), store(), PipCache.none(), DownloadEvents.SILENT, tally);
        return selection.wheels().stream().map(download::of).toList();
    }

    private static byte[] bytesOf(String name) {
        return ("the bytes of " + name).getBytes(StandardCharsets.UTF_8);
    }

    private static String file(String name) {
        return name + "-1.0-py3-none-any.whl";
    }

    private String url(String name) {
        return server.url("/f/" + file(name)).toString();
    }

    private void serves(String name) {
        serves(name, new MockResponse.Builder().body(new Buffer().write(bytesOf(name))));
    }

    private void serves(String name, MockResponse.Builder answer) {
        answers.put("/f/" + file(name), answer.build());
    }

    private Selection selection(String... names) {
        return selection(true, names);
    }

    private Selection selection(boolean sized, String... names) {
        StringBuilder lock = new StringBuilder(LockFixture.project("dependencies = ["
                + String.join(
                        ", ",
                        Stream.of(names)
                                .map(name -> "{ name = \"" + name + "\" }")
                                .toList())
                + "]"));
        for (String name : names) {
            lock.append("""

                    [[package]]
                    name = "%s"
                    version = "1.0"
                    source = { registry = "https://index.example/simple" }
                    wheels = [{ url = "%s?token=secret", hash = "%s"%s }]
                    """.formatted(
                    name, url(name), Digest.of(bytesOf(name)), sized ? ", size = " + bytesOf(name).length : ""));
        }
        return new SelectWheels(packages -> Map.of(), LockFixture.NO_WHEELS, LockFixture.FRESH)
                .from(LockFixture.read(directory, "uv.lock", lock.toString()), LockFixture.app(), LockFixture.COMMAND);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void wheelsAreDownloadedIntoTheStore(boolean sized) throws IOException {
        List<String> names = List.of("a", "b", "c", "d", "e", "f", "g");
        names.forEach(this::serves);

        List<DownloadedWheel> wheels = download(selection(sized, names.toArray(String[]::new)));

        assertThat(wheels).extracting(wheel -> wheel.wheel().name().value()).isEqualTo(names);
        for (DownloadedWheel wheel : wheels) {
            try (InputStream in = wheel.blob().open()) {
                assertThat(in.readAllBytes())
                        .isEqualTo(bytesOf(wheel.wheel().name().value()));
            }
        }
        assertThat(tally.of(Work.FILES_DOWNLOADED)).isEqualTo(7);
        assertThat(tally.of(Work.REQUESTS_SENT)).isEqualTo(7);
    }

    @Test
    void whatTheStoreHoldsIsNotAskedFor() {
        serves("a");
        serves("b");
        download(selection("a"));

        assertThat(download(selection("a", "b"))).hasSize(2);
        assertThat(download(selection("a", "b"))).hasSize(2);
        assertThat(tally.of(Work.FILES_DOWNLOADED)).isEqualTo(2);
        assertThat(tally.of(Work.REQUESTS_SENT)).isEqualTo(2);
        assertThat(tally.of(Work.BLOBS_READ)).isZero();
    }

    @Test
    void otherBytesThanTheLocksAreRefusedAndNotKept() throws IOException {
        serves("a", new MockResponse.Builder().body("x".repeat(bytesOf("a").length)));

        assertThatThrownBy(() -> download(selection("a")))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(
                        """
                a-1.0-py3-none-any.whl is not what was expected.
                  where  wheel a-1.0-py3-none-any.whl: %s?token=…
                  why    its digest is %s instead of %s
                  do     run the build again; if it stays so, the index serves other bytes than were locked: \
                find out why before locking again""".formatted(url("a"), Digest.of("x".repeat(bytesOf("a").length)), Digest.of(bytesOf("a"))));
        assertThat(store().find(Digest.of(bytesOf("a")))).isEmpty();
        assertThat(tally.of(Work.FILES_DOWNLOADED)).isZero();
        assertNoFileIsLeft();
    }

    @ParameterizedTest
    @CsvSource({
        "the bytes, it has 9 bytes instead of 14",
        "the bytes of a and more, it is longer than the 14 bytes that were announced"
    })
    void aDownloadOfAnotherSizeIsRefused(String body, String why) throws IOException {
        serves("a", new MockResponse.Builder().body(body));

        assertThatThrownBy(() -> download(selection("a")))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("a-1.0-py3-none-any.whl is not what was expected.")
                .hasMessageContaining("\n  why    " + why + "\n");
        assertNoFileIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aDownloadThatBreaksOffIsRefused(boolean sized) throws IOException {
        serves(
                "a",
                new MockResponse.Builder()
                        .body("the bytes of a".repeat(100_000))
                        .onResponseBody(new SocketEffect.CloseSocket()));

        assertThatThrownBy(() -> download(selection(sized, "a")))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("where  wheel a-1.0-py3-none-any.whl: ")
                .hasMessageContaining("/f/a-1.0-py3-none-any.whl?token=…")
                .hasMessageNotContaining("secret");
        assertNoFileIsLeft();
    }

    /** Without Content-Length a cut body looks whole: only its digest tells. */
    @Test
    void aCutBodyWithoutALengthIsRefused() throws IOException {
        serves(
                "a",
                new MockResponse.Builder()
                        .body("the bytes")
                        .removeHeader("Content-Length")
                        .onResponseEnd(new SocketEffect.CloseSocket()));

        assertThatThrownBy(() -> download(selection(false, "a")))
                .hasMessageStartingWith("a-1.0-py3-none-any.whl is not what was expected.")
                .hasMessageContaining("why    its digest is " + Digest.of("the bytes"));
        assertNoFileIsLeft();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | lock again: the file is no longer where the lock or the index says",
                "410 | lock again: the file is no longer where the lock or the index says",
                "429 | run the build again later",
                "500 | run the build again later"
            })
    void anErrorAnswerIsRefused(int status, String todo) {
        serves("a", new MockResponse.Builder().code(status).body("an error page"));

        assertThatThrownBy(() -> download(selection("a")))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                a-1.0-py3-none-any.whl cannot be downloaded.
                  where  wheel a-1.0-py3-none-any.whl: %s?token=…
                  why    it answered %d
                  do     %s""".formatted(url("a"), status, todo));
    }

    @Test
    void anUnreachableHostIsRefused() {
        Selection selection = selection("a");
        server.close();

        assertThatThrownBy(() -> download(selection))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining(" cannot be reached.")
                .hasMessageContaining("where  wheel a-1.0-py3-none-any.whl: GET http://")
                .hasMessageNotContaining("secret");
    }

    @Test
    void offlineWhatTheStoreHoldsIsEnoughAndElseTheWheelIsNamed() {
        serves("a");
        download(selection("a"));
        Http offline = new Http(HttpSettings.standard().offline(true), RequestLog.SILENT, tally);
        DownloadWheel download =
                new DownloadWheel(offline, Logins.none(), store(), PipCache.none(), DownloadEvents.SILENT, tally);

        assertThat(download.of(selection("a").wheels().get(0)).isFresh()).isFalse();
        assertThatThrownBy(() -> download.of(selection("b").wheels().get(0))).hasMessage("""
                %s?token=… is needed, and the build is offline.
                  where  wheel b-1.0-py3-none-any.whl
                  why    the cache does not hold what it would give
                  do     run the build once online""".formatted(url("b")));
    }

    @Test
    void aBlobOfAnotherSizeIsFetchedAgain() throws IOException {
        serves("a");
        Path blob = download(selection("a")).get(0).blob().file();
        Files.delete(blob);
        Files.writeString(blob, "cut");

        assertThat(download(selection("a")).get(0).blob().size()).isEqualTo(bytesOf("a").length);
        assertThat(tally.of(Work.FILES_DOWNLOADED)).isEqualTo(2);
    }

    @Test
    void aCacheThatCannotBeWrittenIsRefused() throws IOException {
        serves("a");
        Files.writeString(directory.resolve("cache"), "a file");

        assertThatThrownBy(() -> download(selection("a")))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("""
                        The cache cannot take in a-1.0-py3-none-any.whl.
                          where  wheel a-1.0-py3-none-any.whl
                          why\s""")
                .hasMessageEndingWith("do     check the cache directory's space and permissions");
    }

    private void assertNoFileIsLeft() throws IOException {
        Path cache = directory.resolve("cache");
        if (Files.exists(cache)) {
            try (Stream<Path> files = Files.walk(cache)) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }
}
