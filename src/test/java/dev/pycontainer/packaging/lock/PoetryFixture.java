package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.B;
import static dev.pycontainer.packaging.lock.LockFixture.DEBIAN;
import static dev.pycontainer.packaging.lock.LockFixture.pyproject;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Small poetry.lock files, and the projects that they are read for. */
final class PoetryFixture {

    static final String NOT_THE_HASH = "0".repeat(64);

    private PoetryFixture() {}

    /** A lock of version 2.1: packages that {@link #locked} made, and further tables. */
    static String lock(String... parts) {
        return version("2.1", parts);
    }

    static String version(String version, String... parts) {
        return String.join("\n", parts) + """

                [metadata]
                lock-version = "%s"
                python-versions = ">=3.8"
                content-hash = "%s"
                """.formatted(version, NOT_THE_HASH);
    }

    /** A package with a wheel for everything and a source; the rest is keys, and then tables. */
    static String locked(String name, String version, String rest) {
        return package_(name, version, files(name, version) + rest);
    }

    static String package_(String name, String version, String rest) {
        return """

                [[package]]
                name = "%s"
                version = "%s"
                description = ""
                optional = false
                python-versions = ">=3.8"
                """.formatted(name, version) + rest + "\n";
    }

    static String files(String name, String version) {
        return """
                files = [
                    {file = "%1$s-%2$s-py3-none-any.whl", hash = "sha256:%3$s"},
                    {file = "%1$s-%2$s.tar.gz", hash = "sha256:%4$s"},
                ]
                """.formatted(name.replace('-', '_'), version, A, B);
    }

    static final String MAIN = "groups = [\"main\"]\n";

    /** What this project wants on Debian. */
    static Wanted wants(String project, List<String> extras, List<String> groups) {
        return Wanted.of(Path.of("app"), Optional.of(pyproject(project)), DEBIAN, extras, groups);
    }

    static Wanted wants(String project) {
        return wants(project, List.of(), List.of());
    }
}
