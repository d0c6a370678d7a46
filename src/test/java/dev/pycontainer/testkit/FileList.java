package dev.pycontainer.testkit;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What lies below a directory, as find and sha256sum see it. */
public final class FileList {

    private FileList() {}

    /** From each path to kind, mode, owner, and a file's number of names and hash, or a link's target. */
    public static Map<String, String> of(Path root) {
        Map<String, String> list = new TreeMap<>();
        Map<String, String> hashes = new TreeMap<>();
        Command.of("sh", "-euc", "cd \"$0\" && find . -type f -exec sha256sum {} +", root)
                .run()
                .lines()
                .forEach(line -> hashes.put(line.substring(64 + "  ./".length()), line.substring(0, 64)));
        Command.of("find", root, "-mindepth", "1", "-printf", "%P\\t%y %m %U:%G\\t%n\\t%l\\n")
                .run()
                .lines()
                .forEach(line -> {
                    String[] fields = line.split("\t", -1);
                    String hash = hashes.get(fields[0]);
                    list.put(fields[0], fields[1] + " " + (hash == null ? fields[3] : fields[2] + " " + hash));
                });
        return list;
    }
}
