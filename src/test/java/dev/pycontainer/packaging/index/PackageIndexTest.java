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
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.IndexNotes;
import dev.pycontainer.packaging.lock.LockedFile;
import dev.pycontainer.packaging.lock.LockedFiles;
import dev.pycontainer.packaging.lock.LockedPackage;
import dev.pycontainer.packaging.lock.ServedMetadata;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageIndexTest {

    private static final PackageName WEB = PackageName.of("Web_App");
    private static final Version VERSION = Version.parse("1.0");
    private static final Digest A = new Digest("a".repeat(64));
    private static final Digest B = new Digest("b".repeat(64));
    private static final Digest C = new Digest("c".repeat(64));

    @TempDir
    Path cache;

    private final MockWebServer server = new MockWebServer();
    private final Tally tally = new Tally();
    private final Http http = new Http(HttpSettings.standard(), RequestLog.SILENT, tally);

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    private PackageIndex index(String path) {
        return index(http, cache, server.url(path).toString());
    }

    private static PackageIndex index(Http client, Path directory, String url) {
        return new PackageIndex(
                client,
                new Remembered(directory),
                new Indexes(List.of(Index.of(Indexes.DEFAULT_ID, url, List.of(), Optional.empty(), "the test"))),
                Logins.none());
    }

    private static List<LockedFile> files(PackageIndex index, Version version, Digest... hashes) {
        LockedPackage needed = new LockedPackage(
                WEB, Optional.of(version), new LockedFiles.Hashed(List.of(hashes)), List.of(), List.of(), List.of());
        return index.files(List.of(needed)).get(WEB);
    }

    private void answers(String type, String body) {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Type", type)
                .body(body)
                .build());
    }

    private static final Digest M = Digest.of("metadata");
    private static final IndexNotes OLD = new IndexNotes(
            Optional.of("old"),
            Optional.of(SpecifierSet.parse(">=3.8")),
            Optional.of(new ServedMetadata(Optional.of(M))));

    private static String page(Digest... hashes) {
        StringBuilder files = new StringBuilder();
        for (Digest hash : hashes) {
            files.append(files.isEmpty() ? "" : ",")
                    .append("""
                    {"filename": "web_app-1.0-py3-none-%c.whl", "url": "/f/web_app-1.0-py3-none-%c.whl",
                     "hashes": {"sha256": "%s"}, "size": 7, "yanked": "old",
                     "requires-python": ">=3.8", "core-metadata": {"sha256": "%s"}}""".formatted(hash.hex().charAt(0), hash.hex().charAt(0), hash.hex(), M.hex()));
        }
        return "{\"meta\": {\"api-version\": \"1.1\"}, \"name\": \"web-app\", \"files\": [" + files + "]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"/simple", "/simple/"})
    void theProjectsPageIsAskedByItsNormalName(String base) throws InterruptedException {
        answers(IndexPage.JSON, page(A));

        files(index(base), VERSION, A);

        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/simple/web-app/");
        assertThat(request.getHeaders().get("Accept"))
                .isEqualTo("application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2,"
                        + " text/html;q=0.01");
    }

    @Test
    void onlyFilesWithAHashOfTheLockAreCandidates() {
        answers(IndexPage.JSON, page(A, B, C));

        List<LockedFile> files = files(index("/simple"), VERSION, B, A);

        assertThat(files)
                .containsExactly(
                        new LockedFile(
                                "web_app-1.0-py3-none-a.whl",
                                A,
                                OptionalLong.of(7),
                                new FileLocation.Url(server.url("/f/web_app-1.0-py3-none-a.whl")
                                        .toString()),
                                OLD),
                        new LockedFile(
                                "web_app-1.0-py3-none-b.whl",
                                B,
                                OptionalLong.of(7),
                                new FileLocation.Url(server.url("/f/web_app-1.0-py3-none-b.whl")
                                        .toString()),
                                OLD));
    }

    @Test
    void anIndexThatKnowsNoJsonIsReadToo() {
        answers("text/html; charset=utf-8", "<a href=\"/f/web_app-1.0-py3-none-any.whl#sha256=" + A.hex() + "\">w</a>");

        assertThat(files(index("/simple"), VERSION, A))
                .containsExactly(new LockedFile(
                        "web_app-1.0-py3-none-any.whl",
                        A,
                        OptionalLong.empty(),
                        new FileLocation.Url(
                                server.url("/f/web_app-1.0-py3-none-any.whl").toString())));
    }

    @Test
    void theSameQuestionIsAskedOnce() {
        answers(IndexPage.JSON, page(A, B));

        List<LockedFile> first = files(index("/simple"), VERSION, A, B);
        List<LockedFile> second = files(index("/simple"), VERSION, B, A);

        assertThat(second).isEqualTo(first);
        assertThat(tally.of(Work.REQUESTS_SENT)).isEqualTo(1);
    }

    @Test
    void otherHashesVersionOrIndexAreAnotherQuestion() {
        for (int i = 0; i < 4; i++) {
            answers(IndexPage.JSON, page(A, B));
        }

        files(index("/simple"), VERSION, A);
        files(index("/simple"), VERSION, B);
        files(index("/simple"), Version.parse("1.1"), A);
        files(index("/other"), VERSION, A);

        assertThat(tally.of(Work.REQUESTS_SENT)).isEqualTo(4);
    }

    @Test
    void aRefusalIsNotRemembered() {
        answers(IndexPage.JSON, page(B));
        answers(IndexPage.JSON, page(A));

        assertThatThrownBy(() -> files(index("/simple"), VERSION, A, C))
                .hasMessage("""
                No index has a file of web-app 1.0 with a hash of the lock.
                  where  package "web-app" 1.0
                  why    the page of %s lists 1 file of all versions, none with one of the 2 hashes
                  do     lock again; the files may have been removed, or the hashes may be of another index's files""".formatted(server.url("/simple")));
        assertThat(files(index("/simple"), VERSION, A, C)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | HOST asks for credentials, and none were found. | it answered 401"
                        + " | add a <server> to settings.xml whose id is the host, \"localhost\"",
                "403 | HOST asks for credentials, and none were found. | it answered 403"
                        + " | add a <server> to settings.xml whose id is the host, \"localhost\"",
                "503 | The index gave no page of package \"web-app\". | it answered 503 | run the build again later"
            })
    void anErrorAnswerIsRefused(int status, String what, String why, String todo) {
        server.enqueue(
                new MockResponse.Builder().code(status).body("secret page").build());

        assertThatThrownBy(() -> files(index("/simple"), VERSION, A))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("%s\n  where  package \"web-app\" 1.0: %s\n  why    %s\n  do     %s"
                        .formatted(
                                what.replace("HOST", "localhost:" + server.getPort()),
                                server.url("/simple/web-app/"),
                                why,
                                todo));
    }

    @Test
    void anUnreachableIndexIsRefused() {
        PackageIndex index = index("/simple");
        server.close();

        assertThatThrownBy(() -> files(index, VERSION, A))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining(" cannot be reached.")
                .hasMessageContaining("/simple/web-app/");
    }

    @Test
    void offlineTheMissingPageIsNamed() {
        Http offline = new Http(HttpSettings.standard().offline(true), RequestLog.SILENT, tally);
        PackageIndex index = index(offline, cache, "https://index.example/simple");

        assertThatThrownBy(() -> files(index, VERSION, A)).hasMessage("""
                https://index.example/simple/web-app/ is needed, and the build is offline.
                  where  package "web-app" 1.0: https://index.example/simple/web-app/
                  why    the cache does not hold what it would give
                  do     run the build once online""");
    }

    @Test
    void anIndexThatIsNoUrlIsRefusedWithoutItsPassword() {
        assertThatThrownBy(() -> index(http, cache, "//me:secret@index.example"))
                .hasMessage("The index's URL //index.example is not an HTTP or HTTPS URL.\n  where  the test");
    }

    @Test
    void aDamagedMemoryIsAskedAgain() throws IOException {
        answers(IndexPage.JSON, page(A));
        answers(IndexPage.JSON, page(A));
        files(index("/simple"), VERSION, A);
        try (var entries = Files.list(cache.resolve("remembered").resolve("index-files"))) {
            Files.write(entries.findFirst().orElseThrow(), new byte[40]);
        }

        assertThat(files(index("/simple"), VERSION, A)).hasSize(1);
        assertThat(tally.of(Work.REQUESTS_SENT)).isEqualTo(2);
    }

    @Test
    void aLocksPackagesAreAskedForTogetherAndARefusalNamesItsOwn() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return request.getTarget().equals("/simple/web-app/")
                        ? new MockResponse.Builder()
                                .addHeader("Content-Type", IndexPage.JSON)
                                .body(page(A))
                                .build()
                        : new MockResponse.Builder().code(404).build();
            }
        });
        LockedPackage web = hashed(WEB);
        LockedPackage lost = hashed(PackageName.of("lost"));

        assertThat(index("/simple").files(List.of(web)).get(WEB)).hasSize(1);
        assertThatThrownBy(() -> index("/simple").files(List.of(lost, web)))
                .hasMessage("""
                No index knows the package "lost".
                  where  package "lost" 1.0
                  why    asked: %s
                  do     check the name, and configure the index that has it as the lock's, or as its mirror: \
                python.indexes""".formatted(server.url("/simple")));
    }

    private static LockedPackage hashed(PackageName name) {
        return new LockedPackage(
                name, Optional.of(VERSION), new LockedFiles.Hashed(List.of(A)), List.of(), List.of(), List.of());
    }

    @Test
    void aCacheThatCannotBeReadIsRefused() throws IOException {
        Path file = Files.writeString(cache.resolve("file"), "no directory");
        PackageIndex index = index(http, file, "https://index.example/simple");

        assertThatThrownBy(() -> files(index, VERSION, A))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(
                        "The cache cannot be read or written.\n  where  package \"web-app\" 1.0\n  why    ")
                .hasMessageEndingWith("\n  do     check the cache directory's space and permissions");
    }

    @Test
    void theDefaultIndexIsOneOverHttps() {
        assertThat(DefaultIndex.URL).startsWith("https://").endsWith("/simple");
    }
}
