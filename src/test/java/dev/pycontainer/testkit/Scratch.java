package dev.pycontainer.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A long test's own places, below its {@code target}: for gigabytes that nobody looks at once it has ended. */
public final class Scratch {

    private final Path directory;

    private Scratch(Path directory) {
        this.directory = directory;
    }

    /** That of the project in {@code basedir}. */
    public static Scratch of(File basedir) throws IOException {
        return new Scratch(Files.createDirectories(basedir.toPath().toRealPath().resolve("target")));
    }

    /** The directory of all places. */
    public Path directory() {
        return directory;
    }

    /** A place, which need not exist. */
    public Path at(String name) {
        return directory.resolve(name);
    }

    /** Deletes a place with all that is in it. */
    public void delete(String name) {
        delete(at(name));
    }

    /** Deletes every directory; files stay, such as lists that somebody may want to read. */
    public void deleteDirectories() throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            children.filter(Files::isDirectory).forEach(Scratch::delete);
        }
    }

    /** By a program that follows no link: some trees here have those of a whole system. */
    private static void delete(Path place) {
        Command.of("rm", "-rf", place).run();
    }
}
