package dev.pycontainer.packaging.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.Proxies;
import dev.pycontainer.http.RequestLog;
import dev.pycontainer.http.Retry;
import dev.pycontainer.packaging.lock.LockFixture;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.testkit.CacheFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Credentials;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadWheelTest {

    @TempDir
    Path directory;

    private final MockWebServer server = new MockWebServer();
    private final Tally tally = new Tally();
    private final Http http = new Http(HttpSettings.standard(), RequestLog.SILENT, tally);
    private final Map<String, MockResponse> answers = new ConcurrentHashMap<>();
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final DownloadEvents heard = new DownloadEvents() {
        @Override
        public void begun(String file, OptionalLong size) {
            events.add("begun " + file + " " + size.orElse(-1));
        }

        @Override
        public void received(String file, long bytes) {
            events.add("received " + bytes);
        }

        @Override
        public void ended(String file) {
            events.add("ended " + file);
        }
    };

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

    private List<DownloadedWheel> download(Logins logins, Retry retry, PipCache pip, Selection selection) {
        try (Http own = new Http(HttpSettings.standard(), RequestLog.SILENT, tally, retry, Proxies.ofJvm())) {
            DownloadWheel download = new DownloadWheel(new Disk(), own, logins, store(), pip, heard, tally);
            return selection.wheels().stream().map(download::of).toList();
        }
    }

    private Logins logins(String user, String password) {
        String url = server.url("/simple")
                .newBuilder()
                .username(user)
                .password(password)
                .build()
                .toString();
        return new Logins(
                new Indexes(List.of(Index.of("corp", url, List.of(), Optional.empty(), "the test"))),
                List.of(new Netrc(Map.of(), directory)));
    }

    /** Counts instead of waiting. */
    private Retry patient() {
        return new Retry(3, waits::add, InstantSource.system());
    }

    private List<DownloadedWheel> download(Selection selection) {
        DownloadWheel download = new DownloadWheel(
                new Disk(), http, Logins.none(), store(), PipCache.none(), DownloadEvents.SILENT, tally);
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
        return selected(lock.toString());
    }

    private Selection selected(String lock) {
        return new SelectWheels(packages -> Map.of(), LockFixture.NO_WHEELS, LockFixture.FRESH)
                .from(LockFixture.read(directory, "uv.lock", lock), LockFixture.app(), LockFixture.COMMAND);
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

    /** A wheel of a directory that the lock names. */
    private Selection onDisk(String name) {
        return selected(LockFixture.project("dependencies = [{ name = \"" + name + "\" }]")
                + """

                [[package]]
                name = "%s"
                version = "1.0"
                source = { registry = "wheels" }
                wheels = [{ path = "%s", hash = "%s" }]
                """.formatted(name, file(name), Digest.of(bytesOf(name))));
    }

    @Test
    void aWheelOnDiskIsTakenIntoTheStore() throws IOException {
        Files.createDirectory(directory.resolve("wheels"));
        Files.write(directory.resolve("wheels").resolve(file("a")), bytesOf("a"));

        assertThat(download(onDisk("a")).get(0).isFresh()).isTrue();
        assertThat(download(onDisk("a")).get(0).isFresh()).isFalse();
        assertThat(tally.of(Work.REQUESTS_SENT)).isZero();
    }

    @Test
    void aWheelThatIsNotOnDiskIsRefused() throws IOException {
        assertThatThrownBy(() -> download(onDisk("a")))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The wheel %s does not exist.
                          where  wheel a-1.0-py3-none-any.whl
                          why    the lock, or a directory of wheels, named it
                          do     put it back, or lock again""".formatted(directory.resolve("wheels").resolve(file("a"))));
    }

    @Test
    void otherBytesOnDiskThanTheLocksAreRefusedAndNotKept() throws IOException {
        Path wheel = Files.createDirectory(directory.resolve("wheels")).resolve(file("a"));
        Files.writeString(wheel, "x");

        assertThatThrownBy(() -> download(onDisk("a")))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        a-1.0-py3-none-any.whl is not what was expected.
                          where  wheel a-1.0-py3-none-any.whl: %s
                          why    its digest is %s instead of %s
                          do     lock again, if the file was rightly changed""".formatted(wheel, Digest.of("x"), Digest.of(bytesOf("a"))));
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
                "404 | lock again, or, if it was the index that told the address, delete remembered/index-files in the cache: the file is no longer there",
                "410 | lock again, or, if it was the index that told the address, delete remembered/index-files in the cache: the file is no longer there",
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
        DownloadWheel download = new DownloadWheel(
                new Disk(), offline, Logins.none(), store(), PipCache.none(), DownloadEvents.SILENT, tally);

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

    @Test
    void theIndexesCredentialsGoWithItsFiles() throws Exception {
        serves("a");

        download(logins("al@ice", "p:w"), Retry.NEVER, PipCache.none(), selection("a"));

        assertThat(server.takeRequest().getHeaders().get("Authorization"))
                .isEqualTo(Credentials.basic("al@ice", "p:w", StandardCharsets.UTF_8));
    }

    @Test
    void aRedirectToAnotherHostGoesWithoutThem() throws Exception {
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            other.enqueue(new MockResponse.Builder()
                    .body(new Buffer().write(bytesOf("a")))
                    .build());
            serves("a", new MockResponse.Builder().code(302).addHeader("Location", other.url("/cdn/a.whl?sig=secret")));

            download(logins("alice", "pw"), Retry.NEVER, PipCache.none(), selection("a"));

            assertThat(server.takeRequest().getHeaders().get("Authorization")).isNotNull();
            assertThat(other.takeRequest().getHeaders().get("Authorization")).isNull();
        }
    }

    @Test
    void aRedirectToAHostThatAsksForOthersIsExplained() throws Exception {
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            other.enqueue(new MockResponse.Builder().code(401).build());
            serves("a", new MockResponse.Builder().code(302).addHeader("Location", other.url("/a?sig=secret")));

            assertThatThrownBy(() -> download(logins("alice", "pw"), Retry.NEVER, PipCache.none(), selection("a")))
                    .hasMessage("""
                            localhost:%d lets nobody read without credentials.
                              where  wheel a-1.0-py3-none-any.whl: %s?token=…
                              why    it answered 401; localhost:%d redirects there, and its own credentials do not go to another host
                              do     have the index name an address that can be read, or give it as the index's own""".formatted(other.getPort(), url("a"), server.getPort()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | did not accept the credentials of \"alice\". | check user name and password in",
                "403 | does not let the credentials of \"alice\" read this. | ask for the right to read, or use other credentials in"
            })
    void credentialsThatDoNotHelpAreNamedByTheirPlace(int status, String what, String todo) {
        serves("a", new MockResponse.Builder().code(status));

        assertThatThrownBy(() -> download(logins("alice", "hush"), Retry.NEVER, PipCache.none(), selection("a")))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        localhost:%d %s
                          where  wheel a-1.0-py3-none-any.whl: %s?token=…
                          why    it answered %d
                          do     %s the index's URL in the test""".formatted(server.getPort(), what, url("a"), status, todo));
    }

    @Test
    void aTokenInAnIndexesUrlIsNotRepeated() {
        serves("a", new MockResponse.Builder().code(401));

        assertThatThrownBy(() -> download(logins("hush", ""), Retry.NEVER, PipCache.none(), selection("a")))
                .hasMessageStartingWith("localhost:" + server.getPort() + " did not accept the token.\n")
                .hasMessageNotContaining("hush");
    }

    @Test
    void whereCredentialsWereLookedForIsTold() {
        serves("a", new MockResponse.Builder().code(401));

        assertThatThrownBy(() -> download(logins("", ""), Retry.NEVER, PipCache.none(), selection("a")))
                .hasMessage("""
                        localhost:%d asks for credentials, and none were found.
                          where  wheel a-1.0-py3-none-any.whl: %s?token=…
                          why    it answered 401; they are looked for in %s
                          do     add a <server> to settings.xml whose id is "corp\"""".formatted(server.getPort(), url("a"), directory.resolve(".netrc")));
    }

    @Test
    void aDownloadThatBreaksOffIsResumedAndProvedAsAWhole() throws Exception {
        String content = "0123456789".repeat(20_000);
        AtomicInteger asked = new AtomicInteger();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                MockResponse.Builder answer = new MockResponse.Builder().addHeader("ETag", "\"1\"");
                return asked.getAndIncrement() == 0
                        ? answer.body(content.substring(0, 70_000))
                                .setHeader("Content-Length", content.length())
                                .onResponseEnd(new SocketEffect.CloseSocket())
                                .build()
                        : answer.code(206)
                                .addHeader("Content-Range", "bytes 70000-199999/200000")
                                .body(content.substring(70_000))
                                .build();
            }
        });

        Selection selection = selectionOf(content);
        DownloadedWheel wheel =
                download(Logins.none(), patient(), PipCache.none(), selection).get(0);

        assertThat(wheel.blob().digest()).isEqualTo(Digest.of(content));
        server.takeRequest();
        assertThat(server.takeRequest().getHeaders().get("Range")).isEqualTo("bytes=70000-");
        assertThat(waits).hasSize(1);
        assertThat(tally.of(Work.FILES_DOWNLOADED)).isEqualTo(1);
    }

    @Test
    void aBusyHostIsWaitedForAsLongAsItAsks() {
        AtomicInteger asked = new AtomicInteger();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return asked.getAndIncrement() == 0
                        ? new MockResponse.Builder()
                                .code(429)
                                .addHeader("Retry-After", "17")
                                .build()
                        : new MockResponse.Builder()
                                .body(new Buffer().write(bytesOf("a")))
                                .build();
            }
        });

        assertThat(download(Logins.none(), patient(), PipCache.none(), selection("a")))
                .hasSize(1);
        assertThat(waits).containsExactly(Duration.ofSeconds(17));
    }

    @Test
    void whoeverListensHearsOfEveryByte() {
        serves("a");

        download(Logins.none(), Retry.NEVER, PipCache.none(), selection("a"));

        assertThat(events).containsExactly("begun " + file("a") + " 14", "received 14", "ended " + file("a"));
    }

    @Test
    void whatPipHasKeptIsNotAskedFor() throws IOException {
        keptByPip("a", bytesOf("a"));

        assertThat(download(Logins.none(), Retry.NEVER, PipCache.in(directory.resolve("pip")), selection("a")))
                .hasSize(1);
        assertThat(tally.of(Work.REQUESTS_SENT)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"the bytes of b", "the bytes", ""})
    void whatPipHasWronglyKeptIsPassedOver(String content) throws IOException {
        keptByPip("a", content.getBytes(StandardCharsets.UTF_8));
        serves("a");

        assertThat(download(Logins.none(), Retry.NEVER, PipCache.in(directory.resolve("pip")), selection("a")))
                .hasSize(1);
        assertThat(tally.of(Work.REQUESTS_SENT)).isEqualTo(1);
    }

    /** The path that pip 26.3 itself gave for this URL. */
    @Test
    void pipsOwnNamesAreFound() throws IOException {
        PipCache pip = PipCache.in(directory);
        String url = "https://Files.example/a%2Bb.whl?x=1#sha256=00";
        assertThat(pip.find(url)).isEmpty();

        Path body =
                directory.resolve("http-v2/0/0/c/9/f/00c9fa17f9208f1bd1148df213268431952ff4bb225a7c1c73d44ea1.body");
        Files.createDirectories(body.getParent());
        Files.writeString(body, "bytes");
        assertThat(pip.find(url)).contains(body);
        assertThat(pip.find("https://files.example/a%2Bb.whl?x=1")).contains(body);
        assertThat(pip.find("https://files.example/a%2Bb.whl?x=2")).isEmpty();
        assertThat(PipCache.none().find(url)).isEmpty();
    }

    private void keptByPip(String name, byte[] content) throws IOException {
        String key = pipsKey(url(name) + "?token=secret");
        Path body = directory.resolve("pip/http-v2");
        for (int i = 0; i < 5; i++) {
            body = body.resolve(key.substring(i, i + 1));
        }
        Files.createDirectories(body);
        Files.write(body.resolve(key), new byte[] {'c', 'c', '=', '4'});
        Files.write(body.resolve(key + ".body"), content);
    }

    private static String pipsKey(String url) throws IOException {
        try {
            byte[] text = url.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-224").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private Selection selectionOf(String content) {
        String lock =
                LockFixture.project("dependencies = [{ name = \"a\" }]") + """

                [[package]]
                name = "a"
                version = "1.0"
                source = { registry = "https://index.example/simple" }
                wheels = [{ url = "%s", hash = "%s" }]
                """.formatted(url("a"), Digest.of(content));
        return new SelectWheels(packages -> Map.of(), LockFixture.NO_WHEELS, LockFixture.FRESH)
                .from(LockFixture.read(directory, "uv.lock", lock), LockFixture.app(), LockFixture.COMMAND);
    }

    private void assertNoFileIsLeft() throws IOException {
        assertThat(new CacheFiles(directory.resolve("cache")).entries()).isEmpty();
    }
}
