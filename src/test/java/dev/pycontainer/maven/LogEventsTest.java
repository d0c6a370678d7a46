package dev.pycontainer.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.build.ImageArchive;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Tally;
import dev.pycontainer.http.RedactedUrl;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.layer.Runnables;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.ImageReference;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.index.Index;
import dev.pycontainer.packaging.index.Indexes;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.LearnedHash;
import dev.pycontainer.packaging.lock.LockFixture;
import dev.pycontainer.packaging.lock.LockReader;
import dev.pycontainer.packaging.lock.LockedFile;
import dev.pycontainer.packaging.lock.LockedPackage;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.packaging.lock.Wanted;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.CacheContent;
import dev.pycontainer.store.CacheSize;
import dev.pycontainer.store.PruneCache;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user reads while a build runs. */
class LogEventsTest {

    private static final Target TARGET = new Target(
            "cpython",
            Version.parse("3.11.2"),
            "cp311",
            Libc.GLIBC,
            "2.36",
            "x86_64",
            "/usr/bin/python3.11",
            "lib/python3.11/site-packages");

    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();
    private final LogEvents events = new LogEvents(new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            lines.add("INFO " + line);
        }

        @Override
        public void warn(CharSequence line) {
            lines.add("WARN " + line);
        }
    });

    @Test
    void hashesThatWereUsedAreToldAsARequirementsFileTakesThem() {
        events.learned(List.of());
        events.learned(List.of(new LearnedHash(
                PackageName.of("web"),
                Version.parse("1.0"),
                WheelFileName.parse("web-1.0-py3-none-any.whl"),
                Digest.of("wheel"))));

        assertThat(lines)
                .containsExactly(
                        "INFO unhashed   used for 1 pin without a hash; the goal lock would keep:",
                        "INFO            web==1.0 --hash=" + Digest.of("wheel"));
    }

    @Test
    void packagesAreListedUnlessTheLockHasThem() {
        List<String> packages = Stream.iterate(1, i -> i + 1)
                .limit(9)
                .map(i -> "libexample" + i + " 1.0-" + i)
                .toList();
        events.chosePackages("trixie for amd64", packages, 3 << 20, false);
        events.chosePackages("trixie for amd64", packages, 3 << 20, true);

        assertThat(lines)
                .containsExactly(
                        "INFO packages   9 of trixie for amd64, 3.0 MiB; the goal lock would keep:",
                        "INFO            libexample1 1.0-1, libexample2 1.0-2, libexample3 1.0-3, libexample4 1.0-4,"
                                + " libexample5 1.0-5,",
                        "INFO            libexample6 1.0-6, libexample7 1.0-7, libexample8 1.0-8, libexample9 1.0-9",
                        "INFO packages   9 of trixie for amd64, 3.0 MiB, as pycontainer.lock has them");
    }

    @Test
    void aLockIsToldWithItsChanges() {
        events.locked(Path.of("shop/pycontainer.lock"), List.of());
        events.locked(Path.of("shop/pycontainer.lock"), List.of("python 3.12, was 3.11"));

        assertThat(lines)
                .containsExactly(
                        "INFO locked     shop/pycontainer.lock: nothing has changed",
                        "INFO locked     shop/pycontainer.lock",
                        "INFO            python 3.12, was 3.11");
    }

    @Test
    void aBaseIsOneLine() {
        events.pulled("registry.example/python:3.12", Digest.of("base"), 1);
        events.pulled("registry.example/python:3.12", Digest.of("base"), 4);

        assertThat(lines)
                .containsExactly(
                        "INFO base       registry.example/python:3.12 (%s, 1 layer)".formatted(Digest.of("base")),
                        "INFO base       registry.example/python:3.12 (%s, 4 layers)".formatted(Digest.of("base")));
    }

    @Test
    void aTargetIsOneLine() {
        events.readTarget(TARGET);

        assertThat(lines).containsExactly("INFO target     cpython 3.11.2 at /usr/bin/python3.11, glibc 2.36, x86_64");
    }

    @Test
    void aSelectionIsOneLine() throws IOException {
        Path lock = Files.writeString(directory.resolve("requirements.txt"), """
                alpha==1.0 --hash=sha256:%1$s
                beta==2.0 --hash=sha256:%1$s
                gamma==3.0 --hash=sha256:%1$s
                """.formatted(
                        Digest.of("wheel").hex()));
        SelectWheels select = new SelectWheels(
                packages -> packages.stream()
                        .collect(Collectors.toMap(LockedPackage::name, needed -> List.of(wheel(needed)))),
                LockFixture.NO_WHEELS,
                LockFixture.FRESH);

        events.selected(select.from(
                new LockReader(new Disk(), Map.of()).read(lock),
                Wanted.of(directory, Optional.empty(), TARGET, List.of(), List.of()),
                LockFixture.COMMAND));

        assertThat(lines).containsExactly("INFO selection  3 wheels of requirements.txt");
    }

    @Test
    void layersAreOneLine() throws IOException {
        events.wroteLayers(List.of(layer("a", true), layer("b", false), layer("c", true)), 1);

        assertThat(lines).containsExactly("INFO layers     3 layers: 1 written, 2 reused; 1 file downloaded");
    }

    @Test
    void damageInTheCacheIsWarnedOf() throws IOException {
        Blob blob = new BlobStore(directory, new Tally()).keep("blob".getBytes(UTF_8));

        events.mending(blob.damaged(new IOException()));

        assertThat(lines)
                .containsExactly("WARN The cache's copy of " + blob.digest()
                        + " was damaged and has been removed. The build begins again.");
    }

    @Test
    void ofManyDamagedFilesTheFirstIsWarnedOf() {
        events.healed(Path.of("/c/remembered/wheel-layer/ab"), "its bytes are not those that were written");
        events.healed(Path.of("/c/blobs/sha256/ab/ab"), "it is no file");

        assertThat(lines)
                .containsExactly(
                        "WARN The cache's file /c/remembered/wheel-layer/ab was damaged: its bytes are not those that"
                                + " were written. What it held is fetched or made anew. Others like it are told with -X.");
    }

    @Test
    void whatTheCachesPlaceCannotDoIsWarnedOf() {
        events.unwritable(Path.of("/c"), Path.of("/p/target/pycontainer/cache"));
        events.withoutLocks(Path.of("/c"), "No locks available");
        events.unbounded(Path.of("/c"), new AccessDeniedException("/c/blobs"));
        events.waits("layer");

        assertThat(lines)
                .containsExactly(
                        "WARN The cache /c cannot be written. What it lacks is kept in /p/target/pycontainer/cache, for"
                                + " this project alone; cache.directory names another cache.",
                        "WARN The cache /c is where files cannot be locked (No locks available). Builds at the same time"
                                + " may do the same work twice, and the cache is not kept within cache.maximumSize.",
                        "WARN The cache /c was not kept within cache.maximumSize: \"/c/blobs\" cannot be read or"
                                + " written.",
                        "INFO wait       for another build, which is making the same layer");
    }

    @Test
    void aCacheIsShownAsATable() {
        Instant used = Instant.parse("2026-03-01T12:00:59Z");
        events.pruned(new PruneCache.Pruned(1, 2_000_000, 0));
        events.cached(
                Path.of("/c"),
                new CacheContent(List.of(
                        new CacheContent.Kind("blobs", 12, 3_400_000_000L, used.plusSeconds(86_400)),
                        new CacheContent.Kind("wheel-layer", 1234, 5_000, used))),
                CacheSize.parse("20GB"));
        events.cached(Path.of("/empty"), new CacheContent(List.of()), CacheSize.UNLIMITED);

        assertThat(lines)
                .containsExactly(
                        "INFO pruned     1 file, 2.0 MB",
                        "INFO cache      /c",
                        "INFO            blobs            12 files     3.4 GB  oldest use 2026-03-02T12:00:00Z",
                        "INFO            wheel-layer    1234 files     5.0 kB  oldest use 2026-03-01T12:00:00Z",
                        "INFO            in all         1246 files     3.4 GB  oldest use 2026-03-01T12:00:00Z",
                        "INFO bound      20.0 GB (cache.maximumSize)",
                        "INFO cache      /empty: nothing yet",
                        "INFO bound      unlimited (cache.maximumSize)");
    }

    @Test
    void anArchiveIsToldWithItsNamesAndHowToLoadIt() {
        events.archived(new ImageArchive(
                Path.of("target/pycontainer/image.tar"),
                3 << 19,
                List.of(ImageReference.parse("registry.example/team/shop:1.0"), ImageReference.parse("shop:latest"))));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .matches("INFO archived   target/pycontainer/image\\.tar, 1\\.5 MiB,"
                        + " as registry\\.example/team/shop:1\\.0, shop:latest, [0-9.]+ s");
        assertThat(lines.get(1))
                .isEqualTo("INFO            docker load -i target/pycontainer/image.tar"
                        + " or podman load -i target/pycontainer/image.tar");
    }

    private static LockedFile wheel(LockedPackage needed) {
        String file = needed.name().value() + "-" + needed.version().orElseThrow() + "-py3-none-any.whl";
        return new LockedFile(
                file, Digest.of("wheel"), OptionalLong.empty(), new FileLocation.Url("https://files.example/" + file));
    }

    private LayerBlob layer(String content, boolean reused) throws IOException {
        Blob blob = new BlobStore(directory, new Tally()).keep(content.getBytes(UTF_8));
        return new LayerBlob(
                LayerKind.DEPENDENCIES,
                blob.digest(),
                Descriptor.of(MediaTypes.OCI_LAYER_GZIP, blob.digest(), blob.size()),
                blob,
                List.of(),
                new Runnables(new TreeSet<>(), new TreeSet<>()),
                reused);
    }

    @Test
    void aLongPauseIsToldAndAShortOneWhispered() {
        RedactedUrl url = RedactedUrl.of("https://me:pw@index.example/simple/?t=s3cret");
        events.waits("GET", url, Duration.ofSeconds(1), "it answered 503");
        events.waits("GET", url, Duration.ofSeconds(30), "it answered 429");

        assertThat(lines)
                .containsExactly(
                        "INFO wait       30 s before GET https://index.example/simple/?t=… again: it answered 429");
    }

    @Test
    void anIndexOfTheEnvironmentIsTold() {
        events.indexOfPip(Index.of(
                Indexes.DEFAULT_ID, "https://me:pw@mirror.example/simple/", List.of(), Optional.empty(), "the test"));

        assertThat(lines)
                .containsExactly("INFO index      https://mirror.example/simple in the default one's place,"
                        + " as PIP_INDEX_URL says");
    }

    @Test
    void aPasswordThatMavenPrintsIsWarnedOfWithoutTellingIt() {
        events.passwordInConfiguration("<to><auth><password>", "pycontainer.to.auth.password");

        assertThat(lines)
                .containsExactly("WARN <to><auth><password> is in the plugin's configuration, which Maven itself prints"
                        + " with -X. A server of settings.xml, or the property pycontainer.to.auth.password, is not"
                        + " printed.");
    }
}
