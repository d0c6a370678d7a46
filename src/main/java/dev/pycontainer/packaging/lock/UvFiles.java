package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.ChooseWheel;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.WheelFileName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a package of {@code uv.lock} says about its files, by the kind of its source. */
final class UvFiles {

    private final Path directory;
    private final Target target;
    private final Map<String, List<String>> indexes = new HashMap<>();

    /** What the package's tables hold, which know their place themselves; sources by their names. */
    private record Written(List<TomlTable> wheels, List<String> sources) {
        static Written of(UvPackage locked) {
            return new Written(
                    locked.wheels(),
                    locked.sdist().map(UvFiles::nameOf).stream().toList());
        }
    }

    /** @param directory of the lock, absolute: its paths are relative to it */
    UvFiles(Path directory, Target target) {
        this.directory = directory;
        this.target = target;
    }

    LockedFiles of(UvPackage locked) {
        Written written = Written.of(locked);
        try {
            UvSource source = locked.source();
            return switch (source.kind()) {
                case REGISTRY -> fromRegistry(locked, written);
                case GIT ->
                    new LockedFiles.Listed(
                            List.of(), List.of(UvGit.of(source.value()).toString()));
                case URL -> fromUrl(locked, written);
                case PATH -> fromPath(locked, written);
                case DIRECTORY, EDITABLE, VIRTUAL -> new LockedFiles.Member(source.in(directory));
            };
        } catch (BuildRefused refused) {
            throw refused.in(locked.place());
        }
    }

    /** The indexes that the lock names for it: one, or none where its files come from elsewhere. */
    List<String> indexesOf(UvPackage locked) {
        UvSource source = locked.source();
        if (source.kind() != UvSource.Kind.REGISTRY || !source.isUrl()) {
            return List.of();
        }
        try {
            return indexes.computeIfAbsent(source.value(), url -> List.of(IndexUrl.of(url)));
        } catch (BuildRefused refused) {
            throw refused.in(locked.place());
        }
    }

    private LockedFiles fromRegistry(UvPackage locked, Written written) {
        if (locked.version().isEmpty()) {
            throw BuildRefused.because("Package \"" + locked.name() + "\" comes from an index without a version.")
                    .why("only a project on disk may leave its version to its build backend")
                    .todo(UvLock.AGAIN);
        }
        UvSource source = locked.source();
        Optional<Path> flat = source.isUrl() ? Optional.empty() : Optional.of(source.in(directory));
        List<UvWheel> wheels = wheels(locked, written, flat);
        List<LockedFile> hashed = new ArrayList<>(wheels.size());
        for (UvWheel wheel : wheels) {
            if (wheel.sha256().isPresent()) {
                hashed.add(wheel.toFile());
            }
        }
        if (hashed.size() < wheels.size()) {
            Optional<UvWheel> unhashed = unhashedChoice(wheels, hashed.isEmpty());
            if (unhashed.isPresent()) {
                return unhashed(locked, unhashed.get());
            }
        }
        return new LockedFiles.Listed(hashed, written.sources);
    }

    private static List<UvWheel> wheels(UvPackage locked, Written written, Optional<Path> flat) {
        List<UvWheel> wheels = new ArrayList<>();
        for (TomlTable table : written.wheels) {
            wheels.add(UvWheel.of(table, locked.name(), flat));
        }
        return locked.isOfSeveralRecords() ? wheels.stream().distinct().toList() : wheels;
    }

    /** The wheel that the target gets, where that is one without a hash; the others may do without one. */
    private Optional<UvWheel> unhashedChoice(List<UvWheel> wheels, boolean none) {
        record Named(UvWheel wheel, WheelFileName name) {}
        List<Named> candidates = new ArrayList<>();
        for (UvWheel wheel : wheels) {
            candidates.add(new Named(wheel, WheelFileName.parse(wheel.fileName())));
        }
        return new ChooseWheel(target)
                .best(candidates, Named::name)
                .map(Named::wheel)
                .or(() -> none ? wheels.stream().findFirst() : Optional.empty())
                .filter(wheel -> wheel.sha256().isEmpty());
    }

    private LockedFiles unhashed(UvPackage locked, UvWheel wheel) {
        // The index tells what it is now: whether that will do is the user's word (checks.unhashed).
        if (locked.source().isUrl() && wheel.foreignHash().isEmpty()) {
            return new LockedFiles.Unhashed();
        }
        throw wheel.unhashed(locked.name());
    }

    private LockedFiles fromUrl(UvPackage locked, Written written) {
        UvSource source = locked.source();
        String url = LockedFile.checkedUrl(source.value());
        List<UvWheel> wheels = wheels(locked, written, Optional.empty());
        if (wheels.isEmpty()) {
            return new LockedFiles.Listed(List.of(), List.of(SourceAddress.of(url, source.subdirectory())));
        }
        return new LockedFiles.Direct(only(locked, wheels));
    }

    private LockedFiles fromPath(UvPackage locked, Written written) {
        Path file = locked.source().in(directory);
        List<UvWheel> wheels = wheels(locked, written, Optional.of(file));
        return wheels.isEmpty()
                ? new LockedFiles.Listed(List.of(), List.of(FindLock.nameOf(file)))
                : new LockedFiles.Direct(only(locked, wheels));
    }

    private static LockedFile only(UvPackage locked, List<UvWheel> wheels) {
        if (wheels.size() > 1) {
            throw BuildRefused.because("Package \"" + locked.name() + "\" has several wheels at one address.")
                    .why("its source is of kind " + locked.source().kind() + ", which is one file")
                    .todo(UvLock.AGAIN);
        }
        UvWheel wheel = wheels.get(0);
        if (wheel.sha256().isEmpty()) {
            throw wheel.unhashed(locked.name());
        }
        return wheel.toFile();
    }

    private static String nameOf(TomlTable sdist) {
        String address = sdist.text("url").or(() -> sdist.text("path")).orElse("a source distribution");
        int end = 0;
        while (end < address.length() && address.charAt(end) != '?' && address.charAt(end) != '#') {
            end++;
        }
        return address.substring(address.lastIndexOf('/', end - 1) + 1, end);
    }
}
