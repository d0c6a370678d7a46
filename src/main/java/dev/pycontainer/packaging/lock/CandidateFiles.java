package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.ChooseWheel;
import dev.pycontainer.packaging.Misfit;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.WheelFileName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What there is of a package: wheels to choose from, and what it would have to be built from.
 *
 * @param forbidden wheels that are for other Pythons than the target's, as their index says (PEP 503: "installer tools
 *     SHOULD ignore the download when installing to a Python version that doesn't satisfy the requirement")
 * @param sources as in {@link LockedFiles.Listed}
 */
record CandidateFiles(List<WheelCandidate> wheels, List<WheelCandidate> forbidden, List<String> sources) {

    /** @param indexed what an index holds of it, where the lock does not list its files */
    static CandidateFiles of(LockedPackage needed, List<LockedFile> indexed, Target target) {
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
            List<WheelCandidate> allowed = new ArrayList<>(wheels.size());
            List<WheelCandidate> forbidden = new ArrayList<>();
            for (WheelCandidate wheel : readable(needed, wheels)) {
                (wheel.isAllowedFor(target) ? allowed : forbidden).add(wheel);
            }
            return new CandidateFiles(allowed, forbidden, sources);
        } catch (BuildRefused refused) {
            throw refused.orTodo("lock again with the tool that wrote the lock").in(needed.place());
        }
    }

    /** These and wheels that are of the same package. */
    CandidateFiles and(List<LockedFile> others) {
        List<WheelCandidate> all = new ArrayList<>(wheels);
        others.forEach(file -> all.add(new WheelCandidate(file, WheelFileName.parse(file.fileName()))));
        return new CandidateFiles(all, forbidden, sources);
    }

    /** Why none of them fits the target: those that get the furthest first, which only an index forbids. */
    List<Misfit> misfits(ChooseWheel choose) {
        List<Misfit> misfits = new ArrayList<>();
        List<WheelFileName> others =
                new ArrayList<>(wheels.stream().map(WheelCandidate::name).toList());
        for (WheelCandidate wheel : forbidden) {
            if (choose.best(List.of(wheel.name()), name -> name).isPresent()) {
                misfits.add(wheel.forbidden());
            } else {
                others.add(wheel.name());
            }
        }
        misfits.addAll(choose.misfits(others));
        return misfits;
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
