package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.ChooseWheel;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds for each package that is needed the one wheel that the target gets: of the files that the lock hashes alone. */
public final class SelectWheels {

    private final LockedFileSource index;

    /** @param index asked for packages of which the lock lists hashes alone */
    public SelectWheels(LockedFileSource index) {
        this.index = index;
    }

    /** The selection; a package without a wheel for the target is refused with the nearest one and why. */
    public Selection from(Lock lock, Wanted wanted) {
        ChooseWheel choose = new ChooseWheel(wanted.target());
        try {
            List<LockedPackage> packages = lock.select(wanted);
            Map<PackageName, List<LockedFile>> indexed = indexed(packages);
            List<SelectedWheel> wheels = packages.stream()
                    .map(needed -> selected(needed, indexed.getOrDefault(needed.name(), List.of()), choose))
                    .toList();
            return new Selection(lock.file(), wheels);
        } catch (BuildRefused refused) {
            throw refused.in(lock.file().name());
        }
    }

    private Map<PackageName, List<LockedFile>> indexed(List<LockedPackage> packages) {
        List<LockedPackage> hashed = packages.stream()
                .filter(needed -> needed.files() instanceof LockedFiles.Hashed)
                .toList();
        return hashed.isEmpty() ? Map.of() : index.files(hashed);
    }

    private static SelectedWheel selected(LockedPackage needed, List<LockedFile> indexed, ChooseWheel choose) {
        try {
            List<Candidate> candidates = candidates(needed, indexed);
            Candidate best = choose.from(needed.name(), needed.version(), candidates, Candidate::name);
            return SelectedWheel.of(needed, best.file(), best.name());
        } catch (BuildRefused refused) {
            throw refused.in(needed.place());
        }
    }

    private record Candidate(LockedFile file, WheelFileName name) {
        boolean isOf(PackageName wantedName, Version wantedVersion) {
            Version version = name.version();
            return name.name().equals(wantedName)
                    // PEP 440: a pin without a local version label matches any local version.
                    && (version.equals(wantedVersion)
                            || (wantedVersion.local().isEmpty()
                                    && version.publicVersion().equals(wantedVersion)));
        }
    }

    private static List<Candidate> candidates(LockedPackage needed, List<LockedFile> indexed) {
        List<LockedFile> files = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        if (needed.files() instanceof LockedFiles.Listed listed) {
            files.addAll(listed.wheels());
            sources.addAll(listed.sources());
        }
        for (LockedFile file : indexed) {
            if (file.isWheel()) {
                files.add(file);
            } else {
                sources.add(file.fileName());
            }
        }
        if (files.isEmpty()) {
            throw noWheel(needed, sources);
        }
        return readable(needed, files);
    }

    /** In the wild: old indexes hold wheels whose names no standard allows; they are no candidates, as with pip. */
    private static List<Candidate> readable(LockedPackage needed, List<LockedFile> files) {
        List<Candidate> candidates = new ArrayList<>();
        List<BuildRefused> unreadable = new ArrayList<>();
        for (LockedFile file : files) {
            try {
                candidates.add(new Candidate(file, WheelFileName.parse(file.fileName())));
            } catch (BuildRefused refused) {
                unreadable.add(refused);
            }
        }
        if (candidates.isEmpty()) {
            throw unreadable.get(0);
        }
        for (Candidate candidate : candidates) {
            if (!candidate.isOf(needed.name(), needed.version())) {
                throw BuildRefused.because("The wheel " + candidate.file().fileName() + " is not of package \""
                                + needed.name() + "\" " + needed.version() + ".")
                        .why("the lock lists it for this package, and its name says otherwise")
                        .todo("lock again with the tool that wrote the lock");
            }
        }
        return candidates;
    }

    private static BuildRefused noWheel(LockedPackage needed, List<String> sources) {
        BuildRefused refused = BuildRefused.because("Package \"" + needed.name() + "\" " + needed.version()
                + " has no wheel" + (sources.isEmpty() ? "." : ", only a source distribution."));
        return refused.why(
                        sources.isEmpty()
                                ? "the lock lists no file of it"
                                : String.join(", ", sources)
                                        + " would have to be built, which runs its code on this machine")
                .todo("lock a version that has a wheel");
    }
}
