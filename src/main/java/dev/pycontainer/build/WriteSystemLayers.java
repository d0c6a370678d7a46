package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseSystem;
import dev.pycontainer.base.MachineName;
import dev.pycontainer.base.ReadLoaderCache;
import dev.pycontainer.base.ReadSystem;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.debian.ExtendRecords;
import dev.pycontainer.debian.FetchPackage;
import dev.pycontainer.debian.LoaderCache;
import dev.pycontainer.debian.RecordForm;
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
        List<LayerBlob> written = packages(pins, SystemBelow.NOTHING);
        written.add(new WriteSystemRecords(layers).of(written, List.of(), () -> loaderCache(written, platform)));
        return written;
    }

    /** The layers that are added to a base; none where it has all packages already. */
    List<LayerBlob> of(DebianPins pins, Base base, BaseSystem system) throws IOException {
        if (pins.packages().isEmpty()) {
            return List.of();
        }
        List<LayerBlob> written =
                packages(pins, SystemBelow.of(system.form(), system.config(), () -> readSystem.files(base)));
        List<Layer> all = new ArrayList<>(base.layers());
        all.addAll(written);
        Platform platform = base.config().platform();
        // dpkg has one file for all packages, and no layer of one package can tell what is in it.
        written.add(
                system.form() == RecordForm.STATUS
                        ? new WriteSystemRecords(layers)
                                .of(all, pins.packages(), () -> dpkgs(pins, base, loaderCache(all, platform)))
                        : new WriteSystemRecords(layers).of(all, List.of(), () -> loaderCache(all, platform)));
        return written;
    }

    private List<LayerBlob> packages(DebianPins pins, SystemBelow below) throws IOException {
        WriteSystemLayer write =
                new WriteSystemLayer(layers, blobs, fetch, pins.suite(), pins.architecture(), accepted, below);
        List<List<SystemPackage>> groups = new GroupSystemPackages(MOST_LAYERS).of(pins.packages());
        List<LayerBlob> written = new ArrayList<>(InParallel.map(groups, AT_ONCE, write::of));
        new CheckSystemPackages(
                        layers,
                        new ReadPackageFacts(layers, blobs, fetch),
                        pins.suite(),
                        pins.architecture(),
                        accepted,
                        below)
                .of(groups);
        return written;
    }

    private Records loaderCache(List<? extends Layer> all, Platform platform) throws IOException {
        LoaderCache cache =
                new ReadLoaderCache(blobs).of(all, MachineName.of(platform).orElseThrow());
        Map<String, String> links = new HashMap<>();
        cache.links().forEach((path, target) -> links.put(path.substring(1), target));
        return new Records(Map.of(LOADER_CACHE, cache.bytes()), links);
    }

    private Records dpkgs(DebianPins pins, Base base, Records others) throws IOException {
        Map<String, byte[]> files = new HashMap<>(others.files());
        files.putAll(new ExtendRecords(readSystem.records(base), pins.architecture())
                .with(new ReadPackageFacts(layers, blobs, fetch).of(pins.packages())));
        return new Records(files, others.links());
    }
}
