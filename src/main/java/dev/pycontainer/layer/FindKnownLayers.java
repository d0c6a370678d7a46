package dev.pycontainer.layer;

import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what is remembered of a plan's layers. No blob is asked for: a cache that was restored without any will do. */
public final class FindKnownLayers {

    private final LayerStore layers;
    private final FileFilter filter;

    /** @param filter what of the wheels is left out */
    public FindKnownLayers(LayerStore layers, FileFilter filter) {
        this.layers = layers;
        this.filter = filter;
    }

    /** By the wheels of a group, those that an earlier build has written. */
    public Map<List<PlannedWheel>, KnownLayer> of(Plan plan, InstallScheme scheme) throws IOException {
        Plan expected = new FindFileConflicts(layers, scheme, filter)
                .find(plan)
                .map(FileConflicts::plan)
                .orElse(plan);
        Map<List<PlannedWheel>, KnownLayer> known = new HashMap<>();
        for (WheelGroup group : expected.groups()) {
            layers.known(group.inputs(scheme, filter)).ifPresent(layer -> known.put(group.wheels(), layer));
        }
        return known;
    }
}
