package dev.pycontainer.packaging.index;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.IndexNotes;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.packaging.lock.ServedMetadata;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What wheels require that are not fetched: PEP 658. */
class ReadRequiresDistTest {

    private static final String FILE = "demo-1.0-py3-none-any.whl";
    private static final String METADATA = "Name: demo\nVersion: 1.0\nRequires-Dist: zip\n";
    private static final Optional<ServedMetadata> HASHED =
            Optional.of(new ServedMetadata(Optional.of(Digest.of(METADATA))));

    @TempDir
    Path directory;

    private final MockWebServer server = new MockWebServer();
    private final Tally tally = new Tally();
    private final Http http = new Http(
            HttpSettings.standard(),
            RequestLog.SILENT,
            tally,
            new Retry(2, wait -> {}, InstantSource.system()),
            Proxies.ofJvm());

    @BeforeEach
    void start() throws IOException {
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

    private Optional<List<String>> read(SelectedWheel wheel) {
        return new ReadRequiresDist(
                        new Disk(), http, Logins.none(), store(), new Remembered(directory.resolve("cache")))
                .told(wheel)
                .map(required -> required.stream().map(Requirement::toString).toList());
    }

    private SelectedWheel wheel(Optional<ServedMetadata> metadata) {
        return wheel(
                Digest.of("the wheel"),
                new FileLocation.Url(server.url("/f/" + FILE + "?token=s3cret").toString()),
                metadata);
    }

    private static SelectedWheel wheel(Digest sha256, FileLocation location, Optional<ServedMetadata> metadata) {
        return new SelectedWheel(
                PackageName.of("demo"),
                Version.parse("1.0"),
                WheelFileName.parse(FILE),
                sha256,
                OptionalLong.empty(),
                location,
                List.of(),
                Optional.empty(),
                new IndexNotes(Optional.empty(), Optional.empty(), metadata),
                List.of(),
                List.of());
    }

    private void answers(int code, String body) {
        server.enqueue(new MockResponse.Builder().code(code).body(body).build());
    }

    @Test
    void theIndexServesItBesideTheWheelAndIsAskedOnce() throws InterruptedException {
        answers(200, METADATA);

        assertThat(read(wheel(HASHED))).contains(List.of("zip"));
        assertThat(read(wheel(HASHED))).contains(List.of("zip"));

        assertThat(server.takeRequest().getTarget()).isEqualTo("/f/" + FILE + ".metadata?token=s3cret");
        assertThat(tally.of(Work.REQUESTS_SENT)).isEqualTo(1);
    }

    @Test
    void withoutAHashItIsTakenAsItIs() {
        answers(200, METADATA);

        assertThat(read(wheel(Optional.of(new ServedMetadata(Optional.empty())))))
                .contains(List.of("zip"));
    }

    @Test
    void anIndexThatServesNoneIsNotAsked() {
        assertThat(read(wheel(Optional.empty()))).isEmpty();
        assertThat(tally.of(Work.REQUESTS_SENT)).isZero();
    }

    @Test
    void offlineTheIndexIsNotAskedAndWhatItHasToldStays() {
        answers(200, METADATA);
        SelectedWheel known = wheel(HASHED);
        SelectedWheel other = wheel(Digest.of("another"), known.location(), HASHED);
        assertThat(read(known)).contains(List.of("zip"));
        Http offline = new Http(HttpSettings.standard().offline(true), RequestLog.SILENT, tally);
        ReadRequiresDist read = new ReadRequiresDist(
                new Disk(), offline, Logins.none(), store(), new Remembered(directory.resolve("cache")));

        assertThat(read.told(known)).isPresent();
        assertThat(read.told(other)).isEmpty();
    }

    @Test
    void aPromiseThatIsNotKeptTellsNothing() {
        answers(404, "");

        assertThat(read(wheel(HASHED))).isEmpty();
    }

    @Test
    void otherBytesThanPromisedAreRefusedAndNotKept() {
        answers(200, "Name: demo\n");
        answers(200, METADATA);

        assertThatThrownBy(() -> read(wheel(HASHED)))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The metadata is not what was expected.
                          where  wheel demo-1.0-py3-none-any.whl: %s.metadata?token=…
                          why    its digest is %s instead of %s
                          do     run the plan again; if it stays so, the index serves other bytes than it promises""".formatted(server.url("/f/" + FILE), Digest.of("Name: demo\n"), Digest.of(METADATA)));
        assertThat(read(wheel(HASHED))).contains(List.of("zip"));
    }

    @Test
    void anErrorAnswerIsRefused() {
        answers(418, "");

        assertThatThrownBy(() -> read(wheel(HASHED)))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The wheel's metadata cannot be read.
                          where  wheel demo-1.0-py3-none-any.whl: %s.metadata?token=…
                          why    it answered 418
                          do     run the plan again later""".formatted(server.url("/f/" + FILE)));
    }

    @Test
    void wheelsOnThisMachineTellItThemselves() throws IOException {
        Path wheel = TestWheels.named("demo", "1.0").metadata(METADATA).in(directory);
        byte[] bytes = Files.readAllBytes(wheel);

        assertThat(read(wheel(Digest.of(bytes), new FileLocation.Local(wheel), HASHED)))
                .contains(List.of("zip"));

        store().keep(bytes);
        assertThat(read(wheel(Digest.of(bytes), new FileLocation.Url("https://files.example/" + FILE), HASHED)))
                .contains(List.of("zip"));
        assertThat(tally.of(Work.REQUESTS_SENT)).isZero();
    }

    @Test
    void aBrokenWheelOnThisMachineIsRefused() throws IOException {
        Path wheel = Files.write(directory.resolve(FILE), "no archive".getBytes(UTF_8));

        assertThatThrownBy(() -> read(wheel(Digest.of("other"), new FileLocation.Local(wheel), HASHED)))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The file is not a zip archive that can be trusted.\n  where  wheel " + FILE);
    }
}
