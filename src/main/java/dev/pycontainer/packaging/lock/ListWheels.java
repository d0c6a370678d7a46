package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Utf8Order;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;

/** Lists the wheels of a directory of this machine. */
final class ListWheels {

    private ListWheels() {}

    /** The files that are called wheels, in the order of their names. */
    static List<Path> in(Disk disk, Path directory) throws IOException {
        PathMatcher wheels = directory.getFileSystem().getPathMatcher("glob:*.whl");
        return disk.list(directory).stream()
                .filter(file -> wheels.matches(file.getFileName()))
                .sorted(Comparator.comparing(Path::toString, Utf8Order.INSTANCE))
                .toList();
    }
}
