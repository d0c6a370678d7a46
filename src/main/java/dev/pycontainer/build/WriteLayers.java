package dev.pycontainer.build;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.content.Json;
import dev.pycontainer.layer.EnvironmentLayer;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerStore;
import dev.pycontainer.layer.PlanLayers;
import dev.pycontainer.layer.PlannedWheel;
import dev.pycontainer.layer.ProjectLayer;
import dev.pycontainer.layer.WheelGroup;
import dev.pycontainer.layer.WheelInStore;
import dev.pycontainer.layer.WriteWheelLayer;
import dev.pycontainer.packaging.index.DownloadWheel;
import dev.pycontainer.packaging.index.DownloadedWheel;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.packaging.wheel.InstallScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Has every layer of ours written to the store, or found there; wheels are fetched only for layers that are not. */
public final class WriteLayers {

    /** Downloads wait for the network and layers for the processor, so that a few more than processors keep both busy. */
    private static final int AT_ONCE = 4;

    private final LayerStore layers;
    private final DownloadWheel download;

    public WriteLayers(LayerStore layers, DownloadWheel download) {
        this.layers = layers;
        this.download = download;
    }

    LayerBlob environment(EnvironmentLayer environment) throws IOException {
        return environment.in(layers);
    }

    LayerBlob project(ProjectLayer project) throws IOException {
        return project.in(layers);
    }

    /**
     * The layers of the selection's wheels, in the plan's order.
     *
     * @param free how many layers they may take
     */
    List<LayerBlob> wheels(Selection selection, InstallScheme scheme, int free) throws IOException {
        Map<Digest, SelectedWheel> byDigest = new LinkedHashMap<>();
        List<PlannedWheel> planned = new ArrayList<>();
        for (SelectedWheel wheel : selection.wheels()) {
            byDigest.put(wheel.sha256(), wheel);
            planned.add(new PlannedWheel(wheel.file(), wheel.sha256(), sizeOf(wheel), directUrl(wheel)));
        }
        WriteWheelLayer write = new WriteWheelLayer(layers, scheme);
        List<WheelGroup> groups = new PlanLayers(free).of(planned).groups();
        return InParallel.map(groups, AT_ONCE, group -> {
            Optional<LayerBlob> found = write.find(group);
            return found.isPresent() ? found.get() : write.of(fetched(group, byDigest));
        });
    }

    /** PEP 610, "The direct_url.json Data Structure", for an archive. */
    private static Optional<String> directUrl(SelectedWheel wheel) {
        return wheel.directUrl().map(url -> {
            ObjectNode json = Json.object();
            json.put("url", url);
            json.putObject("archive_info")
                    .putObject("hashes")
                    .put("sha256", wheel.sha256().hex());
            return new String(Json.compact(json), StandardCharsets.UTF_8);
        });
    }

    /** Where neither lock nor index tells the size, the file must be had to plan with it. */
    private long sizeOf(SelectedWheel wheel) {
        return wheel.size().isPresent()
                ? wheel.size().getAsLong()
                : download.of(wheel).blob().size();
    }

    private List<WheelInStore> fetched(WheelGroup group, Map<Digest, SelectedWheel> byDigest) {
        List<WheelInStore> wheels = new ArrayList<>();
        for (PlannedWheel planned : group.wheels()) {
            SelectedWheel selected = byDigest.get(planned.sha256());
            if (selected == null) {
                throw new IllegalStateException("the plan is made of the selection");
            }
            DownloadedWheel downloaded = download.of(selected);
            wheels.add(new WheelInStore(planned, downloaded.blob(), downloaded.isFresh()));
        }
        return wheels;
    }
}
