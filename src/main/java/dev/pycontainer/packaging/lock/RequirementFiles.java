package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a requirements file and the files that it refers to, each relative to the one that names it, line by line in the
 * order in which pip does.
 */
final class RequirementFiles {

    private static final int DEEPEST = 32;

    /** Files may refer to one file several times, which must not multiply without end. */
    private static final int MOST = 1000;

    private static final int MOST_BYTES = 64 << 20;

    private static final Pattern URL = Pattern.compile("(?is)(?:https?|file):.*");

    private final Disk disk;
    private final Path root;
    private final RequirementSettings settings;
    private final ReadRequirement readRequirement;
    private final List<RequirementEntry> entries = new ArrayList<>();
    private final Map<Path, Digest> digests = new LinkedHashMap<>();
    private final Deque<Path> open = new ArrayDeque<>();
    private int read;
    private long bytes;

    private RequirementFiles(Disk disk, LockFile file, Map<String, String> environment) {
        this.disk = disk;
        this.root = file.path().toAbsolutePath().normalize();
        this.settings = new RequirementSettings(environment);
        this.readRequirement = new ReadRequirement(environment);
    }

    /** All that the file says, with what it refers to. */
    static RequirementFiles read(Disk disk, LockFile file, byte[] content, Map<String, String> environment) {
        RequirementFiles files = new RequirementFiles(disk, file, environment);
        files.read(files.root, content, "", false);
        return files;
    }

    List<RequirementEntry> entries() {
        return entries;
    }

    RequirementSettings settings() {
        return settings;
    }

    /** The file's own digest; where it refers to others, one of all their paths, from its directory, and digests. */
    Digest digest() {
        Digest own = digests.get(root);
        if (digests.size() == 1 && own != null) {
            return own;
        }
        return Digest.of(digests.entrySet().stream()
                .map(file -> shown(file.getKey()) + "\0" + file.getValue() + "\n")
                .collect(Collectors.joining()));
    }

    private String shown(Path file) {
        Path directory = root.getParent();
        return (directory == null ? file : directory.relativize(file))
                .toString()
                .replace('\\', '/');
    }

    private void read(Path path, byte[] content, String name, boolean constraint) {
        bytes += content.length;
        digests.put(path, Digest.of(content));
        open.push(path);
        String text = name.isEmpty() ? RequirementText.of(content) : inFile(name, content);
        for (RequirementLine line : RequirementLine.of(text)) {
            RequirementEntry.Place place = new RequirementEntry.Place(name, line.place());
            RequirementWords words = place.at(() -> RequirementWords.of(line.text()));
            RequirementOptions options = place.at(() -> RequirementOptions.of(words.options()));
            place.at(() -> {
                checkVariables(options);
                return options;
            });
            if (!words.requirement().isEmpty() || options.has(RequirementOption.EDITABLE)) {
                entries.add(place.at(() -> readRequirement.of(words, options, place, constraint)));
            } else if (options.has(RequirementOption.REQUIREMENT) || options.has(RequirementOption.CONSTRAINT)) {
                readNested(path, options, place);
            } else {
                place.at(() -> {
                    addOptions(options, path);
                    return options;
                });
            }
        }
        open.pop();
    }

    private static String inFile(String name, byte[] content) {
        try {
            return RequirementText.of(content);
        } catch (BuildRefused refused) {
            throw refused.in(name);
        }
    }

    private static void checkVariables(RequirementOptions options) {
        for (RequirementOption option : options.given()) {
            switch (option) {
                case INDEX_URL, EXTRA_INDEX_URL, FIND_LINKS, TRUSTED_HOST, EDITABLE -> {}
                default -> options.all(option).forEach(RequirementUrl::refuseVariable);
            }
        }
    }

    private void addOptions(RequirementOptions options, Path path) {
        for (RequirementOption option : options.given()) {
            if (option.isOfRequirement()) {
                throw BuildRefused.because("The option " + option + " stands without a requirement.")
                        .why("pip passes over it; after a line's end, only a \\ continues the line")
                        .todo("write it behind its requirement");
            }
        }
        Path directory = path.getParent();
        settings.add(options, directory == null ? path : directory);
    }

    private void readNested(Path path, RequirementOptions options, RequirementEntry.Place place) {
        Path nested = place.at(() -> nested(path, options));
        byte[] content = place.at(() -> LockReader.contentOf(disk, nested));
        read(nested, content, shown(nested), options.has(RequirementOption.CONSTRAINT));
    }

    private Path nested(Path path, RequirementOptions options) {
        if (options.given().size() > 1) {
            throw BuildRefused.because("The option --requirement or --constraint stands on one line with others.")
                    .why("pip heeds one of them only")
                    .todo("write each on a line of its own");
        }
        String written = options.one(RequirementOption.REQUIREMENT)
                .or(() -> options.one(RequirementOption.CONSTRAINT))
                .orElseThrow();
        if (URL.matcher(written).matches()) {
            throw BuildRefused.because("The requirements file refers to one behind a URL.")
                    .why("what is there may be another tomorrow")
                    .todo("keep a copy of that file in the project, and refer to it by its path");
        }
        Path nested = RequirementPath.of(path.resolveSibling("."), written);
        if (!disk.isFile(nested)) {
            throw BuildRefused.because("The file " + shown(nested) + " does not exist.")
                    .why("the requirements file refers to it")
                    .todo("correct the path, which is relative to the file that names it");
        }
        if (open.contains(nested)) {
            throw BuildRefused.because("The requirements file refers to itself.")
                    .why(shown(nested) + " is being read already")
                    .todo("remove the line");
        }
        if (open.size() >= DEEPEST || read++ >= MOST || bytes > MOST_BYTES) {
            throw BuildRefused.because("The requirements file refers to more files than are read.")
                    .why("at most " + MOST + " are, " + DEEPEST + " deep, with " + (MOST_BYTES >> 20) + " MiB in all")
                    .todo("write the pins into fewer files");
        }
        return nested;
    }
}
