package dev.pycontainer.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Go, whose caches this machine keeps from one run of the tests to the next. */
public final class Go {

    private Go() {}

    /** Builds a module's program. */
    public static void build(Path module, Path program) {
        command("build", "-o", program, ".").in(module).run();
    }

    /** What a source file prints that needs the standard library alone. */
    public static String run(Path file, List<Path> arguments) {
        List<Object> words = new ArrayList<>(List.of("run", file));
        words.addAll(arguments);
        return command(words.toArray()).with("GO111MODULE", "off").run();
    }

    private static Command command(Object... arguments) {
        List<Object> words = new ArrayList<>(List.of("go"));
        words.addAll(Arrays.asList(arguments));
        Path home = Repository.toolHome();
        return Command.of(words.toArray())
                .with("GOCACHE", home.resolve("go-cache").toString())
                .with("GOMODCACHE", home.resolve("go-modules").toString());
    }
}
