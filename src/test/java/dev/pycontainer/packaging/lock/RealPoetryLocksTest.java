package dev.pycontainer.packaging.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Pyproject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Locks that Poetry wrote, and the projects that it wrote them for: they are fresh. */
class RealPoetryLocksTest {

    @TempDir
    Path directory;

    static Stream<Path> projects() throws IOException {
        return RealLock.all().map(RealLock::directory).filter(project -> Files.exists(project.resolve("poetry.lock")));
    }

    @ParameterizedTest
    @MethodSource("projects")
    void theHashOfTheProjectIsThatOfTheLock(Path project) throws IOException {
        String hash = Files.readAllLines(project.resolve("poetry.lock")).stream()
                .filter(line -> line.startsWith("content-hash"))
                .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                .findFirst()
                .orElseThrow();

        assertThat(new PoetryContentHash(
                                Pyproject.in(new Disk(), project).orElseThrow().tree())
                        .complete())
                .contains(hash);
    }

    /** No false alarm: what was made from the project is not stale, whatever its hash says. */
    @ParameterizedTest
    @MethodSource("projects")
    void thePackagesSayThatItIsFresh(Path project) throws IOException {
        Path lock = Files.writeString(
                directory.resolve("poetry.lock"),
                Files.readString(project.resolve("poetry.lock"))
                        .replaceAll("content-hash = .*", "content-hash = \"" + PoetryFixture.NOT_THE_HASH + "\""));
        Lock read = new LockReader(new Disk(), Map.of()).read(lock);
        Pyproject pyproject = Pyproject.in(new Disk(), project).orElseThrow();
        Set<String> extras = PoetryProject.of(pyproject).extras().keySet();
        Set<String> groups = PoetryProject.of(pyproject).groups();

        RealLock.TARGETS.forEach((name, target) -> assertThat(
                        read.stale(Wanted.of(project, Optional.of(pyproject), target, extras, groups)))
                .as(name)
                .isEmpty());
    }
}
