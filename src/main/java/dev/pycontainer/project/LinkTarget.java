package dev.pycontainer.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a symbolic link points to, as text with {@code /} between names. */
final class LinkTarget {

    private LinkTarget() {}

    /** @param target as the link states it; an absolute one begins with {@code /} or the host's own root. */
    static String of(Path target) {
        List<String> names = new ArrayList<>();
        // Built up name by name: each is decoded on its own, and a host's own separator disappears.
        for (Path name : target) {
            names.add(FileName.of(name));
        }
        String path = String.join("/", names);
        Path root = target.getRoot();
        return root == null ? path : root.toString().replace('\\', '/') + path;
    }
}
