package dev.pycontainer.layer;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.FoldedCase;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;

/**
 * Finds where wheels of a plan want the same place, and makes the plan such that the later wheel by name has it: as if each
 * had a layer of its own and these stood in the order of names, whichever of them share one and however they stand.
 */
public final class FindFileConflicts {

    /** Has a wheel's file in the store. */
    @FunctionalInterface
    public interface Fetch {
        WheelInStore of(PlannedWheel wheel) throws IOException;
    }

    private record Pair(String loser, String winner, FileConflict.Kind kind) {}

    private static final int AT_ONCE = 4;

    /** Raised when the answer for the same wheels would be another, or in another form. */
    private static final int VERSION = 2;

    private final LayerStore layers;
    private final InstallScheme scheme;
    private final FileFilter filter;
    private final ReadWheelFiles read;

    public FindFileConflicts(LayerStore layers, InstallScheme scheme, FileFilter filter) {
        this.layers = layers;
        this.scheme = scheme;
        this.filter = filter;
        this.read = new ReadWheelFiles(layers, scheme, filter);
    }

    /** What was found before for this plan. */
    public Optional<FileConflicts> find(Plan plan) throws IOException {
        return layers.recall(inputs(plan)).map(bytes -> FileConflicts.read(plan, bytes));
    }

    /** @param fetch asked only for wheels whose files no earlier run has listed */
    public FileConflicts of(Plan plan, Fetch fetch) throws IOException {
        List<PlannedWheel> byName = plan.groups().stream()
                .flatMap(group -> group.wheels().stream())
                .sorted(PlanLayers.BY_NAME)
                .toList();
        List<WheelFiles> files = InParallel.map(byName, AT_ONCE, wheel -> filesOf(wheel, fetch));
        FileOwners owners = new FileOwners();
        files.forEach(owners::add);
        Plan resolved = owners.covered().isEmpty() ? plan : resolved(plan, files, owners);
        FileConflicts found = new FileConflicts(resolved, conflicts(owners));
        layers.keep(inputs(plan), found.bytes(plan));
        return found;
    }

    private WheelFiles filesOf(PlannedWheel wheel, Fetch fetch) throws IOException {
        Optional<WheelFiles> known = read.find(wheel);
        return known.isPresent() ? known.get() : read.of(fetch.of(wheel));
    }

    private LayerInputs inputs(Plan plan) {
        LayerInputs inputs = LayerInputs.of("file-conflicts").with(scheme).with(filter);
        inputs.text().put("version", VERSION);
        ArrayNode groups = inputs.text().putArray("groups");
        for (WheelGroup group : plan.groups()) {
            ArrayNode wheels = groups.addArray();
            group.wheels()
                    .forEach(wheel -> wheels.addObject()
                            .put("file", wheel.fileName().fileName())
                            .put("sha256", wheel.sha256().hex()));
        }
        return inputs;
    }

    /**
     * Layers of one wheel are whole, and so stand such that the winner's lies above the loser's. Layers of several lie above
     * them, and leave out what another wheel wins.
     */
    private static Plan resolved(Plan plan, List<WheelFiles> files, FileOwners owners) {
        List<WheelGroup> groups = new ArrayList<>(new StackByName(files)
                .of(plan.groups().stream().filter(group -> !group.isOfSeveral()).toList()));
        plan.groups().stream()
                .filter(WheelGroup::isOfSeveral)
                .map(group -> group.leavingOut(lost(group, files, owners)))
                .forEach(groups::add);
        requireSame(layered(groups, files), owners);
        return new Plan(groups);
    }

    /** Whose file stands where in a layer of these wheels alone. */
    private static FileOwners within(WheelGroup group, List<WheelFiles> files) {
        FileOwners within = new FileOwners();
        files.stream().filter(wheel -> group.wheels().contains(wheel.wheel())).forEach(within::add);
        return within;
    }

    private static List<String> lost(WheelGroup group, List<WheelFiles> files, FileOwners owners) {
        return within(group, files).files().values().stream()
                .map(FileOwners.Owned::claim)
                .filter(claim -> !owners.has(claim))
                .map(FileClaim::path)
                .toList();
    }

    /** What is seen of the layers, one over the other. */
    private static FileOwners layered(List<WheelGroup> groups, List<WheelFiles> files) {
        FileOwners layered = new FileOwners();
        for (WheelGroup group : groups) {
            Set<String> covered = Set.copyOf(group.covered());
            within(group, files).files().values().stream()
                    .filter(owned -> !covered.contains(owned.claim().path()))
                    .forEach(owned -> layered.add(new WheelFiles(owned.first(), List.of(owned.claim()))));
        }
        return layered;
    }

    // A wheel of a shared layer whose file would have covered a directory, had not a third wheel's directory covered
    // that file in turn: layers cannot express it.
    private static void requireSame(FileOwners layered, FileOwners owners) {
        layered.files().forEach((path, owned) -> {
            if (!owners.has(owned.claim())) {
                throw BuildRefused.because("Three wheels disagree on what is a directory, around " + path + " of "
                                + owned.first().fileName() + ".")
                        .why("some of them share a layer, and then the later by name cannot cover the others")
                        .todo("raise layers.maximum, or remove one of the packages from the lock");
            }
        });
    }

    private static List<FileConflict> conflicts(FileOwners owners) {
        Map<Pair, FileConflict> conflicts = new LinkedHashMap<>();
        for (FileOwners.Covered covered : owners.covered()) {
            FileClaim lost = covered.lost().claim();
            FileOwners.Owned winner = owners.files().getOrDefault(lost.path(), covered.by());
            if (!owners.has(lost)) {
                covered.lost()
                        .wheels()
                        .forEach(
                                loser -> add(conflicts, loser, winner.last(), kind(lost, winner.claim()), lost.path()));
            }
        }
        Map<String, FileOwners.Owned> folded = new HashMap<>();
        owners.files().forEach((path, owned) -> {
            FileOwners.Owned other = folded.putIfAbsent(FoldedCase.of(path), owned);
            // Within one wheel it was refused.
            if (other != null) {
                add(conflicts, other.last(), owned.last(), FileConflict.Kind.CASE, path);
            }
        });
        return List.copyOf(conflicts.values());
    }

    private static void add(
            Map<Pair, FileConflict> conflicts,
            PlannedWheel loser,
            PlannedWheel winner,
            FileConflict.Kind kind,
            String path) {
        FileConflict next =
                new FileConflict(loser.fileName().fileName(), winner.fileName().fileName(), kind, path, 0);
        conflicts.merge(new Pair(next.loser(), next.winner(), kind), next, (first, another) -> first.andOneMore());
    }

    private static FileConflict.Kind kind(FileClaim lost, FileClaim winner) {
        if (!lost.path().equals(winner.path())) {
            return FileConflict.Kind.TYPE;
        }
        return lost.hasContentOf(winner) ? FileConflict.Kind.MODE : FileConflict.Kind.CONTENT;
    }
}
