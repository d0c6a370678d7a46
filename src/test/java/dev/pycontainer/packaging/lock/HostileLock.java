package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A row of the tables of hostile and broken locks: the rule, how the lock breaks it, and the whole answer.
 *
 * @param text of the lock
 * @param beside other files of the project by their names
 */
record HostileLock(String rule, String how, String text, Charset encoding, Map<String, String> beside, String answer) {

    /** A row whose rule is told by {@link #rule}. */
    static HostileLock row(String how, String text, String answer) {
        return new HostileLock("", how, text, StandardCharsets.UTF_8, Map.of(), answer);
    }

    static Rule rule(String rule, HostileLock... rows) {
        return new Rule(Stream.of(rows)
                .map(row -> new HostileLock(rule, row.how, row.text, row.encoding, row.beside, row.answer))
                .toList());
    }

    static Stream<HostileLock> rules(Rule... rules) {
        return Stream.of(rules).flatMap(rule -> rule.rows().stream());
    }

    record Rule(List<HostileLock> rows) {}

    HostileLock in(Charset other) {
        return new HostileLock(rule, how, text, other, beside, answer);
    }

    HostileLock beside(String name, String content) {
        return new HostileLock(rule, how, text, encoding, Map.of(name, content), answer);
    }

    @Override
    public String toString() {
        return rule + ": " + how;
    }

    /** Reads the lock in a directory and selects from it for Debian, as a build does, and expects the answer. */
    void isRefusedIn(Path directory, String file) {
        assertThatThrownBy(() -> select(directory, file))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(answer);
    }

    /** What the rows are made of breaks no rule until it is changed: these wheels are taken. */
    void isTakenIn(Path directory, String file, String... wheels) throws IOException {
        assertThat(select(directory, file).wheels())
                .extracting(wheel -> wheel.file().fileName())
                .containsExactly(wheels);
    }

    private Selection select(Path directory, String file) throws IOException {
        for (Map.Entry<String, String> other : beside.entrySet()) {
            Files.writeString(directory.resolve(other.getKey()), other.getValue());
        }
        Lock lock =
                new LockReader(new Disk(), Map.of()).read(Files.writeString(directory.resolve(file), text, encoding));
        return new SelectWheels(HostileLock::indexed, LockFixture.NO_WHEELS, LockFixture.FRESH)
                .from(
                        lock,
                        Wanted.of(
                                directory,
                                Pyproject.in(new Disk(), directory),
                                LockFixture.DEBIAN,
                                List.of(),
                                List.of()),
                        LockFixture.COMMAND);
    }

    /** An index that has one wheel of everything. */
    private static Map<PackageName, List<LockedFile>> indexed(List<LockedPackage> packages) {
        Map<PackageName, List<LockedFile>> files = new LinkedHashMap<>();
        packages.forEach(needed -> files.put(
                needed.name(),
                List.of(LockedFile.of(
                        "https://index.example/files/" + needed.name() + "-"
                                + needed.version().orElseThrow() + "-py3-none-any.whl",
                        new Digest(A),
                        OptionalLong.empty()))));
        return files;
    }
}
