package dev.pycontainer.build;

import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.layer.EnvironmentLayer;
import dev.pycontainer.layer.FileConflicts;
import dev.pycontainer.layer.FindFileConflicts;
import dev.pycontainer.layer.FindPackage;
import dev.pycontainer.layer.KeptLayers;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerStore;
import dev.pycontainer.layer.Plan;
import dev.pycontainer.layer.PlannedWheel;
import dev.pycontainer.layer.ProjectLayer;
import dev.pycontainer.layer.WheelGroup;
import dev.pycontainer.layer.WheelInStore;
import dev.pycontainer.layer.WriteWheelLayer;
import dev.pycontainer.packaging.index.DownloadWheel;
import dev.pycontainer.packaging.index.DownloadedWheel;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has every layer of ours written to the store, or found there; wheels are fetched only for layers that are not. */
public final class WriteLayers {

    /** Downloads wait for the network and layers for the processor, so that a few more than processors keep both busy. */
    private static final int AT_ONCE = 4;

    private final LayerStore layers;
    private final DownloadWheel download;
    private final FileFilter filter;
    private final Check fileConflict;

    /**
     * @param filter what of the wheels is left out
     * @param fileConflict told where two wheels want one place
     */
    public WriteLayers(LayerStore layers, DownloadWheel download, FileFilter filter, Check fileConflict) {
        this.layers = layers;
        this.download = download;
        this.filter = filter;
        this.fileConflict = fileConflict;
    }

    LayerBlob environment(EnvironmentLayer environment) throws IOException {
        return environment.in(layers);
    }

    /** Tells whose a file of these layers is. */
    FindPackage findPackage(InstallScheme scheme) {
        return new FindPackage(layers, scheme, filter);
    }

    /** The layer of a local project: the project's own, or a member's. */
    LayerBlob local(ProjectLayer project) throws IOException {
        return project.in(layers);
    }

    /**
     * The layers of the selection's wheels, in the plan's order.
     *
     * @param free how many layers they may take
     * @param kept by which they stay in the layers that they had
     */
    List<LayerBlob> wheels(Selection selection, InstallScheme scheme, int free, KeptLayers kept) throws IOException {
        Map<Digest, SelectedWheel> byDigest = new LinkedHashMap<>();
        selection.wheels().forEach(wheel -> byDigest.put(wheel.sha256(), wheel));
        // Where neither lock nor index tells the size, the file must be had to plan with it.
        Plan plan = new PlanWheels(wheel -> download.of(wheel).blob().size()).of(selection, free, kept);
        FindFileConflicts find = new FindFileConflicts(layers, scheme, filter);
        WriteWheelLayer write = new WriteWheelLayer(layers, scheme, filter);
        Optional<FileConflicts> known = find.find(plan);
        Plan expected = known.map(FileConflicts::plan).orElse(plan);
        // The largest first, so that none of them is still at work when all the others are done.
        List<WheelGroup> groups = expected.groups().stream()
                .sorted(Comparator.comparingLong(WheelGroup::size).reversed())
                .toList();
        List<LayerBlob> blobs = InParallel.map(groups, AT_ONCE, group -> layer(write, group, byDigest));
        Map<WheelGroup, LayerBlob> written = new HashMap<>();
        for (int i = 0; i < blobs.size(); i++) {
            written.put(groups.get(i), blobs.get(i));
        }
        FileConflicts conflicts = known.isPresent() ? known.get() : find.of(plan, wheel -> fetched(wheel, byDigest));
        conflicts.tell(fileConflict);
        return corrected(written, conflicts.plan(), write, byDigest);
    }

    private LayerBlob layer(WriteWheelLayer write, WheelGroup group, Map<Digest, SelectedWheel> byDigest)
            throws IOException {
        Optional<LayerBlob> found = write.find(group);
        return found.isPresent() ? found.get() : write.of(group, fetched(group, byDigest));
    }

    /** A shared layer that has to leave out files is written again; seldom, and only for wheels that meet the first time. */
    private List<LayerBlob> corrected(
            Map<WheelGroup, LayerBlob> written, Plan plan, WriteWheelLayer write, Map<Digest, SelectedWheel> byDigest)
            throws IOException {
        List<LayerBlob> corrected = new ArrayList<>();
        for (WheelGroup group : plan.groups()) {
            LayerBlob known = written.get(group);
            corrected.add(known == null ? layer(write, group, byDigest) : known);
        }
        return corrected;
    }

    private List<WheelInStore> fetched(WheelGroup group, Map<Digest, SelectedWheel> byDigest) {
        return group.wheels().stream().map(wheel -> fetched(wheel, byDigest)).toList();
    }

    private WheelInStore fetched(PlannedWheel planned, Map<Digest, SelectedWheel> byDigest) {
        SelectedWheel selected = byDigest.get(planned.sha256());
        if (selected == null) {
            throw new IllegalStateException("the plan is made of the selection");
        }
        DownloadedWheel downloaded = download.of(selected);
        return new WheelInStore(planned, downloaded.blob(), downloaded.isFresh());
    }
}
