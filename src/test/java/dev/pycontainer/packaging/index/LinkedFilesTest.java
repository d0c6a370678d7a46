package dev.pycontainer.packaging.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Secret;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.RequestLog;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.LockCredentials;
import dev.pycontainer.packaging.lock.LockedFile;
import dev.pycontainer.packaging.lock.LockedFileSource;
import dev.pycontainer.packaging.lock.LockedFiles;
import dev.pycontainer.packaging.lock.LockedPackage;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of {@code --find-links}, before the indexes. */
class LinkedFilesTest {

    private static final Digest A = Digest.of("a");
    private static final Digest B = Digest.of("b");

    @TempDir
    Path cache;

    private final MockWebServer server = new MockWebServer();
    private final Tally tally = new Tally();
    private final Logins logins = Logins.none();

    /** What the indexes were asked for, and what they have. */
    private final List<LockedPackage> left = new ArrayList<>();

    private Map<PackageName, List<LockedFile>> indexed = Map.of();

    private Http http;
    private LockedFileSource files;

    @BeforeEach
    void start() throws IOException {
        server.start();
        http = new Http(HttpSettings.standard(), RequestLog.SILENT, tally);
        files = new LinkedFiles(http, logins, new Remembered(cache), packages -> {
            left.addAll(packages);
            return indexed;
        });
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    private void page(String html) {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Type", "text/html")
                .body(html)
                .build());
    }

    private static String link(String file, Digest sha256) {
        return "<a href=\"files/%s#sha256=%s\">%s</a>\n".formatted(file, sha256.hex(), file);
    }

    private LockedPackage needed(String name, LockedFiles of, String... more) {
        List<String> indexes = new ArrayList<>(
                List.of(LockedPackage.linksOn(server.url("/links/all.html").toString())));
        indexes.addAll(List.of(more));
        return new LockedPackage(
                PackageName.of(name), Optional.of(Version.parse("1.0")), of, indexes, List.of(), List.of());
    }

    private static LockedFiles hashed(Digest... hashes) {
        return new LockedFiles.Hashed(List.of(hashes));
    }

    private List<String> found(LockedPackage needed) {
        return files.files(List.of(needed)).getOrDefault(needed.name(), List.of()).stream()
                .map(LockedFile::fileName)
                .toList();
    }

    @Test
    void filesOfThePackageAndVersionAreFound() {
        page(link("web-1.0-py3-none-any.whl", A)
                + link("web-1.1-py3-none-any.whl", B)
                + link("lib-1.0-py3-none-any.whl", B));

        List<LockedFile> found =
                files.files(List.of(needed("web", new LockedFiles.Unhashed()))).get(PackageName.of("web"));

        assertThat(found).singleElement().satisfies(file -> {
            assertThat(file.fileName()).isEqualTo("web-1.0-py3-none-any.whl");
            assertThat(file.sha256()).isEqualTo(A);
            assertThat(file.location())
                    .isEqualTo(new FileLocation.Url(
                            server.url("/links/files/web-1.0-py3-none-any.whl").toString()));
        });
        assertThat(left).isEmpty();
    }

    @Test
    void ofHashedPackagesOnlyFilesWithAHashOfTheLockCount() {
        page(link("web-1.0-py3-none-any.whl", A));

        assertThat(found(needed("web", hashed(B), LockedPackage.CONFIGURED_INDEX)))
                .isEmpty();
        assertThat(left)
                .singleElement()
                .satisfies(asked -> assertThat(asked.indexes()).containsExactly(LockedPackage.CONFIGURED_INDEX));
    }

    @Test
    void aPageIsReadOnceForAllPackagesAndRememberedByHash() {
        page(link("web-1.0-py3-none-any.whl", A) + link("lib-1.0-py3-none-any.whl", B));
        List<LockedPackage> both = List.of(needed("web", hashed(A)), needed("lib", hashed(A, B)));

        assertThat(files.files(both)).hasSize(2);
        assertThat(files.files(both)).hasSize(2);

        assertThat(tally.of(Work.REQUESTS_SENT)).isEqualTo(1);
    }

    @Test
    void whatNoPageHasIsOfTheIndexes() {
        PackageName lib = PackageName.of("lib");
        LockedFile file = new LockedFile(
                "lib-1.0-py3-none-any.whl",
                B,
                OptionalLong.empty(),
                new FileLocation.Url("https://index.example/lib-1.0-py3-none-any.whl"));
        indexed = Map.of(lib, List.of(file));
        page(link("web-1.0-py3-none-any.whl", A));
        LockedPackage unnamed =
                new LockedPackage(lib, Optional.of(Version.parse("1.0")), hashed(B), List.of(), List.of(), List.of());

        assertThat(files.files(List.of(needed("web", hashed(A)), unnamed)))
                .containsOnlyKeys(PackageName.of("web"), lib)
                .containsEntry(lib, List.of(file));
    }

    @Test
    void pagesAreAskedUntilOneHasIt() {
        page(link("lib-1.0-py3-none-any.whl", B));
        page(link("web-1.0-py3-none-any.whl", A));
        String second = LockedPackage.linksOn(server.url("/more.html").toString());

        assertThat(found(needed("web", hashed(A), second))).containsExactly("web-1.0-py3-none-any.whl");
    }

    @Test
    void aMissIsNotRemembered() {
        page("");
        page(link("web-1.0-py3-none-any.whl", A));
        LockedPackage web = needed("web", hashed(A), LockedPackage.CONFIGURED_INDEX);

        assertThat(found(web)).isEmpty();
        assertThat(found(web)).containsExactly("web-1.0-py3-none-any.whl");
    }

    @Test
    void withoutAnIndexTheMissingFileIsRefused() {
        page("");
        page("");

        assertThatThrownBy(() -> found(needed("web", hashed(A))))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                No page of --find-links has a file of web 1.0 with a hash of the lock.
                  where  package "web" 1.0
                  why    the option --no-index forbids asking an index
                  do     name the page that has it, or remove the option""");
        assertThatThrownBy(() -> found(needed("web", new LockedFiles.Unhashed())))
                .hasMessageStartingWith("No page of --find-links has a file of web 1.0.\n");
    }

    @Test
    void aPageThatTellsNoHashIsRefusedWhereTheLockTellsNone() {
        page("<a href=\"web-1.0-py3-none-any.whl\">web</a>");

        assertThatThrownBy(() -> found(needed("web", new LockedFiles.Unhashed())))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The page does not tell the SHA-256 of web-1.0-py3-none-any.whl.
                  where  %s
                  why    neither lock nor page says which bytes are meant, so that any would do
                  do     lock with hashes, or use an index that tells them""".formatted(server.url("/links/all.html")));
    }

    @Test
    void aPageThatCannotBeReadIsRefused() {
        server.enqueue(new MockResponse.Builder().code(404).build());

        assertThatThrownBy(() -> found(needed("web", hashed(A))))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The page of --find-links cannot be read.
                  where  %s
                  why    it answered 404
                  do     correct its URL, or remove the option""".formatted(server.url("/links/all.html")));
    }

    @Test
    void theLocksLoginGoesToItsPageAlone() throws InterruptedException {
        logins.add(new LockCredentials(
                server.url("/links/all.html").toString(), new Login("me", new Secret("s3cret"), "the test")));
        page(link("web-1.0-py3-none-any.whl", A));

        assertThat(found(needed("web", hashed(A)))).hasSize(1);

        assertThat(server.takeRequest().getHeaders().get("Authorization")).startsWith("Basic ");
    }
}
