package dev.pycontainer.packaging.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.RequestLog;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.LockedFile;
import dev.pycontainer.packaging.lock.LockedFiles;
import dev.pycontainer.packaging.lock.LockedPackage;
import dev.pycontainer.store.Remembered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages of several indexes, and pins without hashes. */
class SeveralIndexesTest {

    private static final PackageName WEB = PackageName.of("web");
    private static final Digest A = Digest.of("a");
    private static final Digest B = Digest.of("b");

    @TempDir
    Path cache;

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final Http http = new Http(HttpSettings.standard(), RequestLog.SILENT, new Tally());
    private final Map<String, MockResponse> answers = new ConcurrentHashMap<>();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final List<Index> configured = new ArrayList<>();

    @BeforeEach
    void dispatch() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public synchronized MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                MockResponse answer = answers.get(request.getTarget());
                if (answer == null) {
                    return new MockResponse.Builder().code(404).build();
                }
                String tag = answer.getHeaders().get("ETag");
                return tag != null && tag.equals(request.getHeaders().get("If-None-Match"))
                        ? new MockResponse.Builder().code(304).build()
                        : answer;
            }
        });
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void ofSeveralTheFirstThatHasTheHashAnswersAndNoOtherIsAsked() {
        serves("/one", file("web-1.0-py3-none-any.whl", A));
        serves("/two", file("web-1.0-py3-none-any.whl", B));
        serves("/three", file("web-1.0-py3-none-any.whl", B));

        assertThat(files(hashed(B), "/one", "/two", "/three")).hasSize(1);
        assertThat(asked()).containsExactly("/one/web/", "/two/web/");
    }

    @Test
    void whatOneHasAnsweredIsRememberedWhicheverItWas() {
        serves("/two", file("web-1.0-py3-none-any.whl", B));
        files(hashed(B), "/one", "/two");

        files(hashed(B), "/one", "/two");
        assertThat(asked()).containsExactly("/one/web/", "/two/web/");
    }

    @Test
    void theRefusalTellsOfEach() {
        serves("/one", file("web-1.0-py3-none-any.whl", A));
        serves("/two", "{\"filename\": \"web-1.0-py3-none-any.whl\", \"url\": \"/f\", \"hashes\": {}}");

        assertThatThrownBy(() -> files(hashed(B), "/one", "/two", "/three"))
                .hasMessage("""
                        No index has a file of web 1.0 with a hash of the lock.
                          where  package "web" 1.0
                          why    the page of %s lists 1 file of all versions, none with one of the 1 hash; the page of %s lists \
                        1 file of all versions, none with one of the 1 hash, and without telling any SHA-256; %s does not know \
                        the package
                          do     lock again; the files may have been removed, or the hashes may be of another index's files""".formatted(server.url("/one"), server.url("/two"), server.url("/three")));
    }

    @Test
    void aPackageOfTheLocksIndexIsNotLookedForInTheDefaultOne() {
        serves("/default", file("web-1.0-py3-none-any.whl", A));
        standsIn("/default");

        assertThatThrownBy(() -> files(hashed(A), "/own"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("No index knows the package \"web\".");
        assertThatThrownBy(() -> files(new LockedFiles.Unhashed(), "/own"))
                .hasMessageStartingWith("No index knows the package \"web\".");
        assertThat(asked()).containsExactly("/own/web/", "/own/web/");
        assertThat(files(hashed(A))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500})
    void anIndexThatDoesNotAnswerIsNotPassedOver(int status) {
        answers.put("/one/web/", new MockResponse.Builder().code(status).build());
        serves("/two", file("web-1.0-py3-none-any.whl", A));

        assertThatThrownBy(() -> files(hashed(A), "/one", "/two")).isInstanceOf(BuildRefused.class);
        assertThat(asked()).containsExactly("/one/web/");
    }

    @Test
    void aMirrorsPageTellsWhereTheFileIs() {
        serves("/mirror", file("web-1.0-py3-none-any.whl", A));
        configured.add(
                Index.of("mirror", server.url("/mirror").toString(), List.of("*"), Optional.empty(), "the test"));

        assertThat(files(hashed(A), "/own")).hasSize(1);
        assertThat(asked()).containsExactly("/mirror/web/");
    }

    @Test
    void withoutHashesEveryFileOfTheVersionIsMeant() {
        serves(
                "/own",
                file("web-1.0-py3-none-any.whl", A),
                file("Web-1.0.0-cp311-cp311-linux_x86_64.whl", B),
                file("web-1.0+cpu-py3-none-any.whl", Digest.of("c")),
                file("web-1.0.tar.gz", Digest.of("d")),
                file("web-1.1-py3-none-any.whl", Digest.of("e")),
                file("web-1.0rc1.tar.gz", Digest.of("f")),
                file("web_app-1.0.tar.gz", Digest.of("g")),
                file("web-1.0-py2.5.egg", Digest.of("h")),
                file("web-1.0-odd.whl", Digest.of("i")));

        assertThat(files(new LockedFiles.Unhashed(), "/own"))
                .extracting(LockedFile::fileName)
                .containsExactly(
                        "web-1.0-py3-none-any.whl",
                        "Web-1.0.0-cp311-cp311-linux_x86_64.whl",
                        "web-1.0+cpu-py3-none-any.whl",
                        "web-1.0.tar.gz");
    }

    @Test
    void aLocalVersionIsThatBuildAlone() {
        serves(
                "/own",
                file("web-1.0-py3-none-any.whl", A),
                file("web-1.0+cpu-py3-none-any.whl", B),
                file("web-1.0+cu128-py3-none-any.whl", Digest.of("c")));

        assertThat(files("1.0+cpu", new LockedFiles.Unhashed(), "/own"))
                .extracting(LockedFile::fileName)
                .containsExactly("web-1.0+cpu-py3-none-any.whl");
    }

    @Test
    void withoutHashesTheFirstIndexThatKnowsTheProjectDecides() {
        serves("/one", file("web-2.0-py3-none-any.whl", A));
        serves("/two", file("web-1.0-py3-none-any.whl", B));

        assertThatThrownBy(() -> files(new LockedFiles.Unhashed(), "/one", "/two"))
                .hasMessage("""
                        The index has no file of web 1.0.
                          where  package "web" 1.0: %s
                          why    its page lists 1 file, none of this version; of several indexes the first that knows a package is asked for all of it where no hash tells which file is meant
                          do     lock with hashes, which any of them may answer, or lock a version that it has""".formatted(server.url("/one/web/")));
        assertThat(asked()).containsExactly("/one/web/");
    }

    @Test
    void aFileWhoseHashNobodyTellsIsRefused() {
        serves("/own", "{\"filename\": \"web-1.0-py3-none-any.whl\", \"url\": \"/f\", \"hashes\": {\"md5\": \"00\"}}");

        assertThatThrownBy(() -> files(new LockedFiles.Unhashed(), "/own"))
                .hasMessage("""
                        The index does not tell the SHA-256 of web-1.0-py3-none-any.whl.
                          where  package "web" 1.0: %s
                          why    neither lock nor index says which bytes are meant, so that any would do
                          do     lock with hashes, or use an index that tells them""".formatted(server.url("/own/web/")));
    }

    @Test
    void aPageIsAskedForAgainOnlyIfItHasChanged() {
        answers.put("/own/web/", page("\"v1\"", file("web-1.0-py3-none-any.whl", A)));
        List<LockedFile> first = files(new LockedFiles.Unhashed(), "/own");

        assertThat(files(new LockedFiles.Unhashed(), "/own")).isEqualTo(first);
        assertThat(requests.get(0).getHeaders().get("If-None-Match")).isNull();
        assertThat(requests.get(1).getHeaders().get("If-None-Match")).isEqualTo("\"v1\"");

        answers.put("/own/web/", page("\"v2\"", file("web-1.0-py3-none-any.whl", B)));
        assertThat(files(new LockedFiles.Unhashed(), "/own"))
                .extracting(LockedFile::sha256)
                .containsExactly(B);
    }

    @Test
    void aQuarantinedProjectIsRefused() {
        answers.put(
                "/own/web/",
                new MockResponse.Builder()
                        .addHeader("Content-Type", IndexPage.JSON)
                        .body("""
                                {"meta": {"api-version": "1.4"}, "files": [],
                                 "project-status": {"status": "quarantined", "reason": "steals keys"}}""")
                        .build());

        assertThatThrownBy(() -> files(hashed(A), "/own")).hasMessage("""
                        The index has put this project into quarantine.
                          where  package "web" 1.0: %s
                          why    it says: steals keys
                          do     find out why before you install it from anywhere; lock without it until then""".formatted(server.url("/own/web/")));
    }

    private List<LockedFile> files(LockedFiles wanted, String... paths) {
        return files("1.0", wanted, paths);
    }

    private List<LockedFile> files(String version, LockedFiles wanted, String... paths) {
        PackageIndex index = new PackageIndex(http, new Remembered(cache), new Indexes(configured), Logins.none());
        LockedPackage needed = new LockedPackage(
                WEB,
                Optional.of(Version.parse(version)),
                wanted,
                Stream.of(paths).map(path -> server.url(path).toString()).toList(),
                List.of(),
                List.of());
        return index.files(List.of(needed)).get(WEB);
    }

    private void standsIn(String path) {
        configured.add(
                Index.of(Indexes.DEFAULT_ID, server.url(path).toString(), List.of(), Optional.empty(), "the test"));
    }

    private static LockedFiles hashed(Digest hash) {
        return new LockedFiles.Hashed(List.of(hash));
    }

    private List<String> asked() {
        return requests.stream().map(RecordedRequest::getTarget).toList();
    }

    private void serves(String path, String... files) {
        answers.put(path + "/web/", page("", files));
    }

    private static MockResponse page(String tag, String... files) {
        MockResponse.Builder page = new MockResponse.Builder()
                .addHeader("Content-Type", IndexPage.JSON)
                .body("{\"meta\": {\"api-version\": \"1.9\"}, \"files\": [" + String.join(",", files) + "]}");
        return (tag.isEmpty() ? page : page.addHeader("ETag", tag)).build();
    }

    private static String file(String name, Digest hash) {
        return "{\"filename\": \"%s\", \"url\": \"/f/%s\", \"hashes\": {\"sha256\": \"%s\"}}"
                .formatted(name, name, hash.hex());
    }
}
