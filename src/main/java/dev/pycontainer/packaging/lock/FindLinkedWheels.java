package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.ChooseWheel;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for a package's wheels in the directories of {@code --find-links}, before any index.
 *
 * <p>A wheel there that fits the target is taken, with its own hash where the requirement gives none: as with a file that
 * is named by its path, its bytes are at hand, and no index decides. Otherwise the package is left to the indexes.
 *
 * <p>A directory is listed once, however many packages are looked for.
 */
final class FindLinkedWheels {

    private record Linked(Path path, WheelFileName name) {}

    private final Disk disk;
    private final RequirementSettings settings;
    private final ChooseWheel choose;
    private final Map<FindLinks.Directory, Map<PackageName, List<Linked>>> listed = new HashMap<>();

    FindLinkedWheels(Disk disk, RequirementSettings settings, Target target) {
        this.disk = disk;
        this.settings = settings;
        this.choose = new ChooseWheel(target);
    }

    LockedPackage of(LockedPackage locked) {
        List<LockedFile> wheels = new ArrayList<>();
        for (FindLinks place : settings.findLinks()) {
            if (place instanceof FindLinks.Directory directory && isLookedInto(directory, locked)) {
                wheels.addAll(wheels(directory, locked));
            }
        }
        if (choose.best(wheels, wheel -> WheelFileName.parse(wheel.fileName())).isPresent()) {
            return new LockedPackage(
                    locked.name(),
                    locked.version(),
                    new LockedFiles.Listed(wheels, List.of()),
                    List.of(),
                    locked.extras(),
                    locked.requiredBy());
        }
        if (settings.asksNobody()) {
            throw BuildRefused.because("No wheel of " + locked.name() + " "
                            + locked.version().map(Version::toString).orElse("") + " fits the base.")
                    .why("the option --no-index forbids asking an index, and no directory of --find-links holds one")
                    .todo("put the wheel into such a directory, or remove the option");
        }
        return locked;
    }

    /** A directory that is not there changes nothing where a hash says what is meant; else the index would decide. */
    private boolean isLookedInto(FindLinks.Directory directory, LockedPackage locked) {
        return disk.isDirectory(directory.path())
                || settings.asksNobody()
                || !(locked.files() instanceof LockedFiles.Hashed);
    }

    private List<LockedFile> wheels(FindLinks.Directory directory, LockedPackage locked) {
        List<LockedFile> wheels = new ArrayList<>();
        for (Linked linked : listed.computeIfAbsent(directory, this::list).getOrDefault(locked.name(), List.of())) {
            if (isOf(locked, linked.name().version())) {
                LockedFile wheel =
                        LockedFile.on(disk, linked.path(), linked.name().fileName());
                if (!(locked.files() instanceof LockedFiles.Hashed hashed)
                        || hashed.hashes().contains(wheel.sha256())) {
                    wheels.add(wheel);
                }
            }
        }
        return wheels;
    }

    /** The wheels of each package, in the order of their file names. */
    private Map<PackageName, List<Linked>> list(FindLinks.Directory directory) {
        Map<PackageName, List<Linked>> wheels = new HashMap<>();
        for (Path path : directory.wheels(disk)) {
            WheelFileName name;
            try {
                name = WheelFileName.parse(String.valueOf(path.getFileName()));
            } catch (BuildRefused otherFile) {
                continue;
            }
            wheels.computeIfAbsent(name.name(), none -> new ArrayList<>()).add(new Linked(path, name));
        }
        return wheels;
    }

    private static boolean isOf(LockedPackage locked, Version wheel) {
        Version version = locked.version().orElseThrow();
        return wheel.equals(version)
                || (version.local().isEmpty() && wheel.publicVersion().equals(version));
    }
}
