package dev.pycontainer.packaging.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Tally;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.Proxies;
import dev.pycontainer.http.RequestLog;
import dev.pycontainer.http.Retry;
import dev.pycontainer.packaging.lock.LockFixture;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import dev.pycontainer.testkit.PrivateIndex;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wheel from a real private index, through all that may lie between. */
class PrivateIndexTest {

    private static final String PAGE = "GET /simple/demo/ ";
    private static final String FILE = "GET /packages/demo-1.0-py3-none-any.whl ";

    @TempDir
    Path directory;

    private final Tally tally = new Tally();
    private final List<Duration> waits = new ArrayList<>();
    private PrivateIndex index;
    private byte[] wheel;
    private Digest hash;

    @BeforeEach
    void start() throws IOException {
        Path wheels = Files.createDirectory(directory.resolve("wheels"));
        Path file = TestWheels.named("demo", "1.0")
                .file("demo/data.bin", incompressible(300_000))
                .in(wheels);
        wheel = Files.readAllBytes(file);
        hash = Digest.of(wheel);
        index = PrivateIndex.start(wheels, "alice", "correct-horse");
    }

    @AfterEach
    void stop() {
        index.close();
    }

    @Test
    void theUserWithThePasswordGetsTheWheel() throws IOException {
        DownloadedWheel downloaded = download("alice", "correct-horse", lockedIn(index.url()));

        assertThat(downloaded.blob().digest()).isEqualTo(hash);
        assertThat(index.log()).containsExactly(PAGE + 200, FILE + 200);
    }

    @Test
    void aWrongPasswordIsToldByItsPlace() throws IOException {
        assertThatThrownBy(() -> download("alice", "hush", lockedIn(index.url())))
                .hasMessage("""
                        %s does not let the credentials of "alice" read this.
                          where  requirements.txt: package "demo" 1.0: %sdemo/
                          why    it answered 403
                          do     ask for the right to read, or use other credentials in the index's URL in the test""".formatted(index.host(), index.url()));
        assertNothingIsKept();
    }

    @Test
    void aRedirectToAnotherHostGoesWithoutThePassword() throws Exception {
        try (MockWebServer storage = new MockWebServer()) {
            storage.start();
            storage.enqueue(
                    new MockResponse.Builder().body(new Buffer().write(wheel)).build());
            index.weather((request, answer) -> isFile(request.getTarget())
                    ? Optional.of(new MockResponse.Builder()
                            .code(302)
                            .addHeader("Location", storage.url("/demo.whl"))
                            .build())
                    : Optional.empty());

            assertThat(download("alice", "correct-horse", lockedIn(index.url()))
                            .blob()
                            .digest())
                    .isEqualTo(hash);
            assertThat(storage.takeRequest().getHeaders().get("Authorization")).isNull();
        }
    }

    @Test
    void aBusyIndexIsWaitedForAsLongAsItAsks() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        index.weather((request, answer) -> asked.getAndIncrement() % 2 == 0
                ? Optional.of(new MockResponse.Builder()
                        .code(429)
                        .addHeader("Retry-After", "9")
                        .build())
                : Optional.empty());

        download("alice", "correct-horse", lockedIn(index.url()));

        assertThat(waits).containsExactly(Duration.ofSeconds(9), Duration.ofSeconds(9));
        assertThat(index.log()).containsExactly(PAGE + 429, PAGE + 200, FILE + 429, FILE + 200);
    }

    @Test
    void aCutConnectionIsResumedWhereItBroke() throws IOException {
        AtomicInteger files = new AtomicInteger();
        index.weather((request, answer) -> isFile(request.getTarget()) && files.getAndIncrement() == 0
                ? Optional.of(answer.newBuilder()
                        .body(new Buffer().write(wheel, 0, 100_000))
                        .setHeader("Content-Length", wheel.length)
                        .onResponseEnd(new SocketEffect.CloseSocket())
                        .build())
                : Optional.empty());

        assertThat(download("alice", "correct-horse", lockedIn(index.url()))
                        .blob()
                        .digest())
                .isEqualTo(hash);
        assertThat(index.log()).containsExactly(PAGE + 200, FILE + 200, FILE + 206);
    }

    @Test
    void otherBytesThanTheLocksAreRefusedAndNotKept() throws IOException {
        byte[] other = wheel.clone();
        other[150_000]++;
        index.weather((request, answer) -> isFile(request.getTarget())
                ? Optional.of(
                        answer.newBuilder().body(new Buffer().write(other)).build())
                : Optional.empty());

        assertThatThrownBy(() -> download("alice", "correct-horse", lockedIn(index.url())))
                .hasMessageContaining("demo-1.0-py3-none-any.whl")
                .hasMessageContaining(Digest.of(other).hex())
                .hasMessageContaining(hash.hex())
                .hasMessageContaining("find out why before locking again");
        assertNothingIsKept();
    }

    @Test
    void aMirrorIsAskedInTheIndexesPlace() throws IOException {
        assertThat(download("alice", "correct-horse", lockedIn("https://index.example/simple/"))
                        .blob()
                        .digest())
                .isEqualTo(hash);
        assertThat(index.log()).containsExactly(PAGE + 200, FILE + 200);
    }

    private static boolean isFile(String path) {
        return path.endsWith(".whl");
    }

    private String lockedIn(String url) {
        return "--index-url " + url + "\ndemo==1.0 --hash=sha256:" + hash.hex() + "\n";
    }

    private DownloadedWheel download(String user, String password, String lock) throws IOException {
        String url = index.url().replace("http://", "http://" + user + ":" + password + "@");
        Indexes indexes = new Indexes(
                List.of(Index.of("corp", url, List.of("https://index.example/simple/"), Optional.empty(), "the test")));
        Logins logins = new Logins(indexes, List.of());
        Retry patient = new Retry(3, waits::add, InstantSource.system());
        try (Http http = new Http(HttpSettings.standard(), RequestLog.SILENT, tally, patient, Proxies.ofJvm())) {
            PackageIndex pages = new PackageIndex(http, new Remembered(directory.resolve("cache")), indexes, logins);
            BlobStore store = new BlobStore(directory.resolve("cache"), tally);
            DownloadWheel download =
                    new DownloadWheel(new Disk(), http, logins, store, PipCache.none(), DownloadEvents.SILENT, tally);
            return download.of(new SelectWheels(pages, LockFixture.NO_WHEELS, LockFixture.FRESH)
                    .from(LockFixture.read(directory, "requirements.txt", lock), LockFixture.app(), LockFixture.COMMAND)
                    .wheels()
                    .get(0));
        }
    }

    private void assertNothingIsKept() throws IOException {
        Path blobs = directory.resolve("cache/blobs");
        try (Stream<Path> files = Files.exists(blobs) ? Files.walk(blobs) : Stream.empty()) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private static byte[] incompressible(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
