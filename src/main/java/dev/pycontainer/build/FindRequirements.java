package dev.pycontainer.build;

import dev.pycontainer.content.InParallel;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.index.DownloadWheel;
import dev.pycontainer.packaging.index.ReadRequiresDist;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.packaging.lock.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds what wheels require, for a lock that lists packages alone and does not tell who requires what. */
public final class FindRequirements {

    private static final int AT_ONCE = 4;

    private final Function<SelectedWheel, Optional<List<Requirement>>> read;

    private FindRequirements(Function<SelectedWheel, Optional<List<Requirement>>> read) {
        this.read = read;
    }

    /** By what this machine has and indexes tell: for a plan, which fetches no wheel. */
    public static FindRequirements told(ReadRequiresDist read) {
        return new FindRequirements(read::told);
    }

    /** By the wheels themselves: for a build, which needs them anyhow. */
    public static FindRequirements fetched(ReadRequiresDist read, DownloadWheel download) {
        return new FindRequirements(
                wheel -> Optional.of(read.known(wheel).orElseGet(() -> read.of(download.of(wheel)))));
    }

    /**
     * What was found.
     *
     * @param told by the wheels in their order
     * @param silent packages whose wheel is elsewhere, and whose index does not tell
     */
    record Found(Map<SelectedWheel, List<Requirement>> told, List<PackageName> silent) {}

    /** Nothing where the lock tells who requires what. */
    Found of(Selection selection) {
        Map<SelectedWheel, List<Requirement>> told = new LinkedHashMap<>();
        List<PackageName> silent = new ArrayList<>();
        if (selection.wheels().stream().allMatch(wheel -> wheel.requiredBy().isEmpty())) {
            List<Optional<List<Requirement>>> all = InParallel.map(selection.wheels(), AT_ONCE, read::apply);
            for (int i = 0; i < all.size(); i++) {
                SelectedWheel wheel = selection.wheels().get(i);
                told.put(wheel, all.get(i).orElse(List.of()));
                if (all.get(i).isEmpty()) {
                    silent.add(wheel.name());
                }
            }
        }
        return new Found(told, silent);
    }
}
