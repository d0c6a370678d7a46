package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.store.Cache;
import dev.pycontainer.store.CacheEvents;
import dev.pycontainer.store.CacheSize;
import dev.pycontainer.store.PruneCache;
import dev.pycontainer.testkit.CacheFiles;
import dev.pycontainer.testkit.Command;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever befalls builds that share a cache, the next one gives the right digest, and no litter grows. */
@Tag("faults")
class CacheFaultsTest {

    /** Root may read and write whatever its owner may not. */
    private static final List<String> WITHOUT_PRIVILEGES =
            List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

    private static final int KILLS = 50;
    private static final int PRUNED_BUILDS = 20;
    private static final int KILLS_OF_ONE_CACHE = 5;

    /** Layers of ours: environment, two wheels, project. */
    private static final int LAYERS = 4;

    private static final int WHEELS = 2;

    @TempDir
    Path directory;

    private TestBuild its;
    private Digest right;

    @BeforeEach
    void buildOnce() throws IOException {
        its = new TestBuild(directory);
        Path empty = its.cache;
        its.cache = directory.resolve("other-cache");
        right = its.build().digest();
        assertThat(its.count(Work.LAYERS_WRITTEN)).isEqualTo(LAYERS);
        assertThat(its.count(Work.FILES_DOWNLOADED)).isEqualTo(WHEELS);
        its.cache = empty;
        its.registry.clearLog();
    }

    @AfterEach
    void close() {
        its.close();
    }

    @Test
    void fourProcessesOnAnEmptyCacheMakeEachLayerOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(process(output(i)));
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertEachWasMadeOnce(4);
    }

    @Test
    void threeRealmsOfOneProcessOnAnEmptyCacheMakeEachLayerOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<Object>> realms = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Path output = output(i);
            realms.add(threads.submit(() -> builtInRealm(output)));
        }
        for (Future<Object> realm : realms) {
            realm.get();
        }
        threads.shutdown();
        assertEachWasMadeOnce(3);
    }

    @Test
    void aBuildKilledAtAnyPointLeavesNothingThatDisturbsTheNext() throws Exception {
        assertThat(process(output(0)).waitFor()).isZero();
        long whole = Long.parseLong(said(0).get(3));
        Random random = new Random(6);
        int unfinished = 0;
        int littered = 0;
        for (int i = 0; i < KILLS; i++) {
            if (i % KILLS_OF_ONE_CACHE == 0) {
                its.cache = directory.resolve("killed-cache-" + i);
            }
            Process process = process(output(1 + i));
            Path begun = output(1 + i).resolve("begun");
            while (!Files.exists(begun)) {
                assertThat(process.waitFor(1, TimeUnit.MILLISECONDS)).isFalse();
            }
            unfinished += process.waitFor(random.nextLong(whole), TimeUnit.NANOSECONDS) ? 0 : 1;
            process.destroyForcibly().waitFor();
            littered += hasLitter() ? 1 : 0;
            if (i % KILLS_OF_ONE_CACHE == KILLS_OF_ONE_CACHE - 1) {
                its.output = directory.resolve("next-" + i);
                assertThat(its.build().digest()).isEqualTo(right);
                new CacheFiles(its.cache).assertSound();
                assertThat(its.cache.resolve("running")).isEmptyDirectory();
            }
        }
        // Else it would have shown nothing.
        assertThat(unfinished).isGreaterThan(KILLS / 2);
        assertThat(littered).isGreaterThan(KILLS / 4);
    }

    /** The n-th call of a thread, whatever the file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "write:error=EIO:when=20",
                "write:error=ENOSPC:when=30+",
                "fsync:error=EIO:when=1",
                "fsync:error=EIO:when=7+",
                "rename:error=EIO:when=2"
            })
    void afterAFaultOfTheDiskTheNextBuildIsRight(String fault) throws Exception {
        Process process = java(
                List.of(
                        "strace",
                        "-f",
                        "-qq",
                        "-o",
                        "/dev/null",
                        "-e",
                        "trace=" + fault.substring(0, fault.indexOf(':')),
                        "-e",
                        "inject=" + fault),
                output(1));
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            // A thread of the virtual machine itself may wait for what was never written.
            process.destroyForcibly().waitFor();
        }

        its.output = output(2);
        assertThat(its.build().digest()).isEqualTo(right);
        new CacheFiles(its.cache).assertSound();
    }

    @Test
    void aBlobThatTheDiskNoLongerGivesIsMadeAnewByTheBuildThatReadsIt() throws Exception {
        assertThat(process(output(0)).waitFor()).isZero();
        Path blob = its.cached(its.wheel("beta"));
        for (Path known : rememberedOfLayersAndImage()) {
            Files.delete(known);
        }

        Process process = java(
                List.of(
                        "strace",
                        "-f",
                        "-qq",
                        "-o",
                        "/dev/null",
                        "-P",
                        blob.toString(),
                        "-e",
                        "inject=read:error=EIO:when=1"),
                output(1));

        assertThat(process.waitFor()).isZero();
        assertThat(said(1).subList(0, 3)).containsExactly(right.toString(), "2", "1");
        new CacheFiles(its.cache).assertSound();
    }

    @Test
    void whatMayNotBeReadIsMadeAnew() throws Exception {
        assertThat(process(output(0)).waitFor()).isZero();
        for (Path known : rememberedOfLayersAndImage()) {
            Files.setPosixFilePermissions(known, Set.of());
        }
        Files.setPosixFilePermissions(its.cached(its.wheel("beta")), Set.of());

        assertThat(java(WITHOUT_PRIVILEGES, output(1)).waitFor()).isZero();

        assertThat(said(1).subList(0, 3)).containsExactly(right.toString(), "2", "1");
        new CacheFiles(its.cache).assertSound();
    }

    /** With these a build would open neither wheel nor layer. */
    private List<Path> rememberedOfLayersAndImage() throws IOException {
        return new CacheFiles(its.cache)
                .all()
                .filter(file -> file.toString().contains("/wheel-layer/")
                        || file.toString().contains("/remembered/image/"))
                .toList();
    }

    @Test
    void aCacheThatMayNotBeWrittenIsReadAndWhatItLacksKeptBesideTheLayout() throws Exception {
        assertThat(process(output(0)).waitFor()).isZero();
        Path base =
                its.cached(BuiltImage.in(output(0)).manifest().layers().get(0).digest());
        Files.write(base, new byte[] {1, 2, 3});
        Files.delete(its.cached(its.layerDigests().get(0)));
        permit("a-w");
        try {
            for (int i = 1; i <= 2; i++) {
                assertThat(java(WITHOUT_PRIVILEGES, output(1)).waitFor()).isZero();
                assertThat(said(1).subList(0, 3)).containsExactly(right.toString(), i == 1 ? "1" : "0", "0");
                Files.delete(output(1).resolve("begun"));
            }
        } finally {
            permit("u+w");
        }
        assertThat(base).hasSize(3);
        new CacheFiles(output(1).resolve("cache")).assertSound();
    }

    private void permit(String mode) {
        Command.of("chmod", "-R", mode, its.cache).run();
    }

    /** Another run, that has begun before, keeps nothing but what is in use: so files go while builds look for them. */
    @Test
    void aPrunerThatNeverRestsDisturbsNoBuild() throws Exception {
        its.build();
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Cache other = new Cache(its.cache, directory, CacheSize.UNLIMITED, CacheEvents.SILENT)) {
            assertThat(other.blobs(new Tally()).find(Digest.of("nothing"))).isEmpty();
            Future<Long> pruned = thread.submit(() -> {
                long files = 0;
                long left = Long.MAX_VALUE;
                while (!isOver.get()) {
                    // A file at a time, so that it takes as long as a build.
                    PruneCache.Pruned round = prunedTo(Math.max(0, left - 1));
                    files += round.entries();
                    left = round.left();
                }
                return files;
            });
            for (int i = 0; i < PRUNED_BUILDS; i++) {
                age();
                its.output = output(i);
                assertThat(its.build().digest()).isEqualTo(right);
                assertThat(its.mended).isZero();
            }
            isOver.set(true);
            assertThat(pruned.get()).isGreaterThan(PRUNED_BUILDS);
        } finally {
            isOver.set(true);
            thread.shutdown();
        }
        new CacheFiles(its.cache).assertSound();
    }

    private synchronized PruneCache.Pruned prunedTo(long bytes) throws IOException {
        return new PruneCache(its.cache, CacheEvents.SILENT).to(new CacheSize(bytes));
    }

    /** As if nothing had been used for some hours. */
    private synchronized void age() throws IOException {
        FileTime hoursAgo = FileTime.from(Instant.now().minus(Duration.ofHours(3)));
        for (Path entry : new CacheFiles(its.cache).entries()) {
            Files.setLastModifiedTime(entry, hoursAgo);
        }
    }

    private boolean hasLitter() throws IOException {
        return new CacheFiles(its.cache).all().anyMatch(file -> file.startsWith(its.cache.resolve("running")));
    }

    private List<String> said(int number) throws IOException {
        return List.of(Files.readString(output(number).resolve("said")).split(" ", -1));
    }

    private Object builtInRealm(Path output) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(part).toUri().toURL());
        }
        try (URLClassLoader realm =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            return realm.loadClass(BuildProcess.class.getName())
                    .getMethod("in", List.class)
                    .invoke(null, words(output));
        }
    }

    private void assertEachWasMadeOnce(int builds) throws IOException {
        int layers = 0;
        int files = 0;
        for (int i = 0; i < builds; i++) {
            List<String> said = said(i);
            assertThat(said.get(0)).isEqualTo(right.toString());
            layers += Integer.parseInt(said.get(1));
            files += Integer.parseInt(said.get(2));
        }
        assertThat(layers).isEqualTo(LAYERS);
        assertThat(files).isEqualTo(WHEELS);
        // The base's layer and configuration.
        assertThat(its.registry.log().stream().filter(line -> line.startsWith("GET /v2/base/blobs/")))
                .hasSize(2);
        new CacheFiles(its.cache).assertSound();
        assertThat(its.cache.resolve("running")).isEmptyDirectory();
    }

    private Path output(int number) {
        return directory.resolve("target-" + number).resolve("pycontainer");
    }

    private Process process(Path output) throws IOException {
        return java(List.of(), output);
    }

    private Process java(List<String> before, Path output) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BuildProcess.class.getName()));
        command.addAll(words(output));
        return Command.of(command.toArray())
                .start(directory.resolve(output.getParent().getFileName() + ".log"));
    }

    private List<String> words(Path output) {
        List<String> words = new ArrayList<>(its.words());
        words.add(output.toString());
        words.add(its.cache.toString());
        return words;
    }
}
