package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Check;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small locks on disk, and the targets that they are read for. */
public final class LockFixture {

    public static final String A = "a".repeat(64);
    public static final String B = "b".repeat(64);
    public static final String C = "c".repeat(64);

    /** Debian 12's own Python. */
    public static final Target DEBIAN = target("3.11.2", "cp311", Libc.GLIBC, "2.36");

    public static final Wheelhouse NO_WHEELS = new Wheelhouse(new Disk(), List.of(), List.of());

    /** Fails where a lock is stale. */
    public static final Check FRESH = new Check("checks.staleLock", Check.Level.FAIL, finding -> {});

    /** What a user is told to type who has to build a wheel. */
    public static final BuildCommand COMMAND = (requirements, index) -> "build " + String.join(" ", requirements)
            + index.map(url -> " from " + url).orElse("");

    private LockFixture() {}

    public static Target target(String python, String abi, Libc libc, String libcVersion) {
        String minor = "3." + abi.substring(3);
        return new Target(
                "cpython",
                Version.parse(python),
                abi,
                libc,
                libcVersion,
                "x86_64",
                "/usr/bin/python" + minor,
                "lib/python" + minor + "/site-packages");
    }

    /** The project {@code app} with these extras and groups, on Debian. */
    public static Wanted app(List<String> extras, List<String> groups) {
        return app(DEBIAN, extras, groups);
    }

    public static Wanted app(Target target, List<String> extras, List<String> groups) {
        return Wanted.of(Path.of("app"), Optional.of(pyproject("[project]\nname = \"app\"")), target, extras, groups);
    }

    public static Pyproject pyproject(String text) {
        return Pyproject.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Wanted app() {
        return app(List.of(), List.of());
    }

    public static Lock read(Path directory, String name, String text) {
        try {
            return new LockReader(new Disk(), Map.of()).read(Files.writeString(directory.resolve(name), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A package of {@code uv.lock} from an index with one wheel for everything. */
    public static String locked(String name, String version, String rest) {
        return """

                [[package]]
                name = "%s"
                version = "%s"
                source = { registry = "https://index.example/simple" }
                wheels = [
                    { url = "https://index.example/files/%s-%s-py3-none-any.whl", hash = "sha256:%s", size = 3 },
                ]
                %s
                """.formatted(name, version, name.replace('-', '_'), version, A, rest);
    }

    /** The beginning of a {@code uv.lock}, with the project {@code app}. */
    public static String project(String rest) {
        return """
                version = 1
                revision = 3
                requires-python = ">=3.11"

                [[package]]
                name = "app"
                version = "1.0"
                source = { virtual = "." }
                %s
                """.formatted(rest);
    }
}
