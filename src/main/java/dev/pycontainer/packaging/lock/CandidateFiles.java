package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.WheelFileName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What there is of a package: wheels to choose from, and what it would have to be built from.
 *
 * @param sources as in {@link LockedFiles.Listed}
 */
record CandidateFiles(List<WheelCandidate> wheels, List<String> sources) {

    /** @param indexed what an index holds of it, where the lock does not list its files */
    static CandidateFiles of(LockedPackage needed, List<LockedFile> indexed) {
        List<LockedFile> files = new ArrayList<>(indexed);
        List<String> sources = new ArrayList<>();
        if (needed.files() instanceof LockedFiles.Listed listed) {
            files.addAll(listed.wheels());
            sources.addAll(listed.sources());
        } else if (needed.files() instanceof LockedFiles.Direct direct) {
            files.add(direct.file());
        }
        List<LockedFile> wheels = new ArrayList<>(files.size());
        for (LockedFile file : files) {
            if (file.isWheel()) {
                wheels.add(file);
            } else {
                sources.add(file.fileName());
            }
        }
        try {
            return new CandidateFiles(readable(needed, wheels), sources);
        } catch (BuildRefused refused) {
            throw refused.orTodo("lock again with the tool that wrote the lock").in(needed.place());
        }
    }

    /** These and wheels that are of the same package. */
    CandidateFiles and(List<LockedFile> others) {
        List<WheelCandidate> all = new ArrayList<>(wheels);
        others.forEach(file -> all.add(new WheelCandidate(file, WheelFileName.parse(file.fileName()))));
        return new CandidateFiles(all, sources);
    }

    List<WheelFileName> names() {
        return wheels.stream().map(WheelCandidate::name).toList();
    }

    /** In the wild: old indexes hold wheels whose names no standard allows; they are no candidates, as with pip. */
    private static List<WheelCandidate> readable(LockedPackage needed, List<LockedFile> files) {
        List<WheelCandidate> candidates = new ArrayList<>(files.size());
        List<BuildRefused> unreadable = new ArrayList<>();
        Optional<WheelFileName> last = Optional.empty();
        for (LockedFile file : files) {
            try {
                WheelFileName name = WheelFileName.parse(file.fileName(), last);
                candidates.add(new WheelCandidate(file, name));
                last = Optional.of(name);
            } catch (BuildRefused refused) {
                unreadable.add(refused);
            }
        }
        if (candidates.isEmpty() && !unreadable.isEmpty()) {
            throw unreadable.get(0);
        }
        Optional<WheelFileName> checked = Optional.empty();
        for (WheelCandidate candidate : candidates) {
            if (checked.isPresent() && candidate.name().isOfSameVersion(checked.get())) {
                continue;
            }
            checked = Optional.of(candidate.name());
            if (!WheelCandidate.isOf(candidate.name(), needed.name(), needed.version())) {
                throw BuildRefused.because(
                                "The wheel " + candidate.file().fileName() + " is not of " + needed.place() + ".")
                        .why("the lock lists it for this package, and its name says otherwise")
                        .todo("lock again with the tool that wrote the lock");
            }
        }
        return candidates;
    }
}
