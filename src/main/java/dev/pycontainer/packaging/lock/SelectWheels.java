package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.packaging.ChooseWheel;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds for each package that is needed the one wheel that the target gets: of the files that the lock hashes alone. */
public final class SelectWheels {

    private final LockedFileSource index;
    private final Check staleLock;

    /**
     * @param index asked for packages whose files the lock does not list
     * @param staleLock what happens where the lock was made from other dependencies than the project has now
     */
    public SelectWheels(LockedFileSource index, Check staleLock) {
        this.index = index;
        this.staleLock = staleLock;
    }

    /** The selection; a package without a wheel for the target is refused with the nearest one and why. */
    public Selection from(Lock lock, Wanted wanted) {
        ChooseWheel choose = new ChooseWheel(wanted.target());
        try {
            checkFresh(lock, wanted);
            Needed needed = lock.select(wanted);
            List<LockedPackage> packages = needed.packages().stream()
                    .filter(locked -> !(locked.files() instanceof LockedFiles.Member))
                    .toList();
            Map<PackageName, List<LockedFile>> indexed = indexed(packages);
            List<SelectedWheel> wheels = packages.stream()
                    .map(locked -> selected(locked, indexed.getOrDefault(locked.name(), List.of()), choose))
                    .toList();
            return new Selection(lock.file(), wheels, members(needed), needed.omitted());
        } catch (BuildRefused refused) {
            throw refused.in(lock.file().name());
        }
    }

    private void checkFresh(Lock lock, Wanted wanted) {
        if (staleLock.isOff()) {
            return;
        }
        for (StaleEntry entry : lock.stale(wanted)) {
            staleLock.found(BuildRefused.because("The lock is stale: the project now says " + entry.line() + ".")
                    .why(entry.why())
                    .todo("lock again, or set " + staleLock.name() + " to warn")
                    .in(entry.place()));
        }
    }

    private static List<SelectedMember> members(Needed needed) {
        List<SelectedMember> members = new ArrayList<>();
        for (LockedPackage locked : needed.packages()) {
            if (locked.files() instanceof LockedFiles.Member member) {
                members.add(
                        new SelectedMember(locked.name(), member.directory(), locked.extras(), locked.requiredBy()));
            }
        }
        return members;
    }

    private Map<PackageName, List<LockedFile>> indexed(List<LockedPackage> packages) {
        List<LockedPackage> hashed = packages.stream()
                .filter(needed ->
                        needed.files() instanceof LockedFiles.Hashed || needed.files() instanceof LockedFiles.Unhashed)
                .toList();
        return hashed.isEmpty() ? Map.of() : index.files(hashed);
    }

    private static SelectedWheel selected(LockedPackage needed, List<LockedFile> indexed, ChooseWheel choose) {
        try {
            List<Candidate> candidates = candidates(needed, indexed);
            Candidate best = choose.from(needed.name(), versionOf(needed, candidates), candidates, Candidate::name);
            return SelectedWheel.of(needed, best.file(), best.name());
        } catch (BuildRefused refused) {
            throw refused.in(needed.place());
        }
    }

    private static Version versionOf(LockedPackage needed, List<Candidate> candidates) {
        return needed.version().orElseGet(() -> candidates.get(0).name().version());
    }

    private record Candidate(LockedFile file, WheelFileName name) {
        boolean isOf(PackageName wantedName, Optional<Version> wanted) {
            return name.name().equals(wantedName)
                    && wanted.filter(version -> !isOf(version)).isEmpty();
        }

        // PEP 440: a pin without a local version label matches any local version.
        private boolean isOf(Version wanted) {
            Version version = name.version();
            return version.equals(wanted)
                    || (wanted.local().isEmpty() && version.publicVersion().equals(wanted));
        }
    }

    private static List<Candidate> candidates(LockedPackage needed, List<LockedFile> indexed) {
        List<LockedFile> files = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        if (needed.files() instanceof LockedFiles.Listed listed) {
            files.addAll(listed.wheels());
            sources.addAll(listed.sources());
        }
        if (needed.files() instanceof LockedFiles.Direct direct) {
            if (direct.file().isWheel()) {
                files.add(direct.file());
            } else {
                sources.add(direct.file().fileName());
            }
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
                                + needed.name() + "\"" + versionText(needed) + ".")
                        .why("the lock lists it for this package, and its name says otherwise")
                        .todo("lock again with the tool that wrote the lock");
            }
        }
        return candidates;
    }

    private static String versionText(LockedPackage needed) {
        return needed.version().map(version -> " " + version).orElse("");
    }

    private static BuildRefused noWheel(LockedPackage needed, List<String> sources) {
        BuildRefused refused = BuildRefused.because("Package \"" + needed.name() + "\"" + versionText(needed)
                + " has no wheel" + (sources.isEmpty() ? "." : ", only a source distribution."));
        return refused.why(
                        sources.isEmpty()
                                ? "the lock lists no file of it"
                                : String.join(", ", sources)
                                        + " would have to be built, which runs its code on this machine")
                .todo("lock a version that has a wheel");
    }
}
