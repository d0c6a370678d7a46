package dev.pycontainer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightsTest {

    @TempDir
    Path directory;

    @Test
    void threadsMakeEachThingOnce() throws Exception {
        try (Cache cache = Cache.plain(directory)) {
            all(IntStream.range(0, 8)
                    .<Callable<Object>>mapToObj(i -> () -> MakesThings.in(cache, directory))
                    .toList());
        }
        assertEachThingIsMadeOnce();
    }

    @Test
    void runsOfOneProcessMakeEachThingOnce() throws Exception {
        all(IntStream.range(0, 4)
                .<Callable<Object>>mapToObj(i -> () -> MakesThings.in(directory.toString()))
                .toList());
        assertEachThingIsMadeOnce();
    }

    @Test
    void classRealmsMakeEachThingOnce() throws Exception {
        List<Callable<Object>> realms = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            // As Maven loads a plugin for two modules: nothing static is shared, the platform's classes are.
            URLClassLoader realm = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
            realms.add(() -> {
                try (realm) {
                    return realm.loadClass(MakesThings.class.getName())
                            .getMethod("in", String.class)
                            .invoke(null, directory.toString());
                }
            });
        }
        all(realms);
        assertEachThingIsMadeOnce();
    }

    @Test
    void processesMakeEachThingOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MakesThings.class.getName(),
                            directory.toString())
                    .inheritIO()
                    .start());
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertEachThingIsMadeOnce();
    }

    @Test
    void whatFailedIsTriedByTheNext() throws IOException {
        try (Cache cache = Cache.plain(directory)) {
            Digest key = Digest.of("thing");

            assertThatThrownBy(() -> cache.flights().once(Flights.Kind.FILE, key, Optional::empty, () -> {
                        throw new IOException("broken");
                    }))
                    .hasMessage("broken");
            assertThat(cache.flights().<String>once(Flights.Kind.FILE, key, Optional::empty, () -> "made"))
                    .isEqualTo("made");
        }
    }

    @Test
    void aFileMayBeFetchedForALayerAndNotTheOtherWayRound() throws IOException {
        try (Cache cache = Cache.plain(directory)) {
            assertThat(nested(cache, Flights.Kind.LAYER, Flights.Kind.FILE)).isEqualTo("made");
            assertThatThrownBy(() -> nested(cache, Flights.Kind.FILE, Flights.Kind.LAYER))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> nested(cache, Flights.Kind.FILE, Flights.Kind.FILE))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static String nested(Cache cache, Flights.Kind outer, Flights.Kind inner) throws IOException {
        Flights flights = cache.flights();
        return flights.once(
                outer,
                Digest.of("outer"),
                Optional::empty,
                () -> flights.once(inner, Digest.of("inner"), Optional::empty, () -> "made"));
    }

    private void assertEachThingIsMadeOnce() throws IOException {
        assertThat(Files.readAllLines(directory.resolve("made")))
                .containsExactlyInAnyOrderElementsOf(MakesThings.all());
        assertThat(directory.resolve("running")).isEmptyDirectory();
    }

    private static void all(List<Callable<Object>> deeds) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(deeds.size());
        try {
            for (Future<Object> done : threads.invokeAll(deeds)) {
                assertThat(done.get()).isEqualTo(MakesThings.all().size());
            }
        } finally {
            threads.shutdown();
        }
    }

    private static URL[] classPath() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(part).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
