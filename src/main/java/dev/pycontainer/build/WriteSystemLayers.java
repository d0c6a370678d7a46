package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseSystem;
import dev.pycontainer.base.MachineName;
import dev.pycontainer.base.ReadLoaderCache;
import dev.pycontainer.base.ReadSystem;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.debian.FetchPackage;
import dev.pycontainer.debian.LoaderCache;
import dev.pycontainer.layer.CheckSystemPackages;
import dev.pycontainer.layer.GroupSystemPackages;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerStore;
import dev.pycontainer.layer.ReadPackageFacts;
import dev.pycontainer.layer.SystemBelow;
import dev.pycontainer.layer.SystemPackage;
import dev.pycontainer.layer.WriteSystemLayer;
import dev.pycontainer.layer.WriteSystemRecords;
import dev.pycontainer.layer.WriteSystemRecords.Records;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.store.BlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Has the layers of Debian packages written to the store, or found there; packages are fetched only for layers that are not. */
public final class WriteSystemLayers {

    /** Layers at a time; each may hold a dictionary of 64 MiB while it unpacks. */
    private static final int AT_ONCE = 2;

    /** Without counting what is about all of them. */
    private static final int MOST_LAYERS = 20;

    private static final String LOADER_CACHE = "etc/ld.so.cache";

    private final LayerStore layers;
    private final BlobStore blobs;
    private final FetchPackage fetch;
    private final ReadSystem readSystem;
    private final Set<String> accepted;

    /** @param accepted packages for whose scripts the user answers */
    public WriteSystemLayers(
            LayerStore layers, BlobStore blobs, FetchPackage fetch, ReadSystem readSystem, Set<String> accepted) {
        this.layers = layers;
        this.blobs = blobs;
        this.fetch = fetch;
        this.readSystem = readSystem;
        this.accepted = Set.copyOf(accepted);
    }

    /** The layers of a whole system. */
    List<LayerBlob> of(DebianPins pins, Platform platform) throws IOException {
        return of(pins, SystemBelow.NOTHING, List.of(), platform);
    }

    /** The layers that are added to a base; none where it has all packages already. */
    List<LayerBlob> of(DebianPins pins, Base base, BaseSystem system) throws IOException {
        return pins.packages().isEmpty()
                ? List.of()
                : of(
                        pins,
                        SystemBelow.of(system.form(), system.config(), () -> readSystem.files(base)),
                        base.layers(),
                        base.config().platform());
    }

    private List<LayerBlob> of(DebianPins pins, SystemBelow system, List<Layer> below, Platform platform)
            throws IOException {
        WriteSystemLayer write =
                new WriteSystemLayer(layers, blobs, fetch, pins.suite(), pins.architecture(), accepted, system);
        List<List<SystemPackage>> groups = new GroupSystemPackages(MOST_LAYERS).of(pins.packages());
        List<LayerBlob> written = new ArrayList<>(InParallel.map(groups, AT_ONCE, write::of));
        new CheckSystemPackages(
                        layers,
                        new ReadPackageFacts(layers, blobs, fetch),
                        pins.suite(),
                        pins.architecture(),
                        accepted,
                        system)
                .of(groups);
        List<Layer> all = new ArrayList<>(below);
        all.addAll(written);
        String machine = MachineName.of(platform).orElseThrow();
        written.add(new WriteSystemRecords(layers).of(all, () -> records(all, machine)));
        return written;
    }

    private Records records(List<Layer> all, String machine) throws IOException {
        LoaderCache cache = new ReadLoaderCache(blobs).of(all, machine);
        Map<String, String> links = new HashMap<>();
        cache.links().forEach((path, target) -> links.put(path.substring(1), target));
        return new Records(Map.of(LOADER_CACHE, cache.bytes()), links);
    }
}
