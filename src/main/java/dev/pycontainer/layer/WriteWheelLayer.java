package dev.pycontainer.layer;

import dev.pycontainer.archive.ContentCheck;
import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.archive.LayerWriter;
import dev.pycontainer.archive.ZipArchive;
import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.packaging.wheel.InstalledFile;
import dev.pycontainer.packaging.wheel.Wheel;
import dev.pycontainer.packaging.wheel.WheelDestination;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the wheels of a group, installed under a scheme, as one layer; a layer that was written before is found, and its
 * wheels stay closed. Where two of the wheels want one place, the later by name has it, as if each had a layer of its own.
 */
public final class WriteWheelLayer {

    private final LayerStore layers;
    private final InstallScheme scheme;
    private final FileFilter filter;
    private final ReadWheelFiles read;

    /** @param filter what of the wheels is left out */
    public WriteWheelLayer(LayerStore layers, InstallScheme scheme, FileFilter filter) {
        this.layers = layers;
        this.scheme = scheme;
        this.filter = filter;
        this.read = new ReadWheelFiles(layers, scheme, filter);
    }

    /** The group's layer, if it was written before; nothing is read, and the wheels need not be there. */
    public Optional<LayerBlob> find(WheelGroup group) throws IOException {
        return layers.find(LayerKind.DEPENDENCIES, group.inputs(scheme, filter), group.packages());
    }

    /**
     * The layer of a group whose wheels are in the store.
     *
     * @param wheels those of the group, in its order
     */
    public LayerBlob of(WheelGroup group, List<WheelInStore> wheels) throws IOException {
        return layers.findOrWrite(
                LayerKind.DEPENDENCIES, group.inputs(scheme, filter), group.packages(), () -> written(group, wheels));
    }

    private LayerBlob written(WheelGroup group, List<WheelInStore> wheels) throws IOException {
        try (OpenWheels open = new OpenWheels(wheels.size() > 1)) {
            for (WheelInStore wheel : wheels) {
                open.install(wheel);
            }
            NavigableMap<String, InstalledFile> files = open.files();
            group.covered().forEach(files::remove);
            LayerTree tree = treeOf(files);
            Runnables runnables = Runnables.of(scheme, files.keySet());
            LayerBlob layer = layers.write(
                    LayerKind.DEPENDENCIES, group.inputs(scheme, filter), group.packages(), runnables, tree::writeTo);
            // Now that their bytes are proved, so are the hashes.
            for (WheelFiles wheel : open.listed) {
                read.keep(wheel);
            }
            return layer;
        }
    }

    private final class OpenWheels implements Closeable {
        private final List<Wheel> wheels = new ArrayList<>();
        private final List<WheelFiles> listed = new ArrayList<>();
        private final FileOwners owners = new FileOwners();
        private final Map<PlannedWheel, Map<String, InstalledFile>> installed = new HashMap<>();
        private final boolean isShared;
        private List<InstalledFile> alone = List.of();

        /** @param isShared whether there are several wheels, which may want one place; of one alone each file stays */
        OpenWheels(boolean isShared) {
            this.isShared = isShared;
        }

        void install(WheelInStore stored) throws IOException {
            PlannedWheel planned = stored.wheel();
            Wheel wheel = read.open(stored);
            wheels.add(wheel);
            List<InstalledFile> files = read.installed(planned, wheel);
            listed.add(WheelFiles.of(planned, wheel.distInfo(), scheme, files));
            alone = files;
            if (!isShared) {
                return;
            }
            owners.add(new WheelFiles(planned, files.stream().map(FileClaim::of).toList()));
            Map<String, InstalledFile> byPath = new HashMap<>(files.size() * 2);
            files.forEach(file -> byPath.put(file.path(), file));
            installed.put(planned, byPath);
        }

        NavigableMap<String, InstalledFile> files() {
            NavigableMap<String, InstalledFile> files = new TreeMap<>(Utf8Order.INSTANCE);
            if (!isShared) {
                alone.forEach(file -> files.put(file.path(), file));
                return files;
            }
            owners.files().forEach((path, owned) -> {
                InstalledFile file =
                        installed.getOrDefault(owned.first(), Map.of()).get(path);
                if (file == null) {
                    throw new IllegalStateException("an owner has the file");
                }
                files.put(path, file);
            });
            return files;
        }

        @Override
        public void close() throws IOException {
            for (Wheel wheel : wheels) {
                wheel.close();
            }
        }
    }

    private LayerTree treeOf(NavigableMap<String, InstalledFile> files) {
        String root = scheme.prefix().substring(1);
        LayerTree tree = new LayerTree(LayerTree.below(root));
        files.forEach(
                (path, file) -> tree.add(root + "/" + path, layer -> file.writeTo(new LayerDestination(layer, root))));
        return tree;
    }

    /** A layer's tar, as a place to install to. */
    private record LayerDestination(LayerWriter layer, String root) implements WheelDestination {

        @Override
        public void generated(String path, boolean executable, byte[] content) throws IOException {
            layer.file(header(path, executable), content);
        }

        @Override
        public void member(String path, boolean executable, ZipArchive archive, ZipMember member, ContentCheck check)
                throws IOException {
            layer.member(header(path, executable), archive, member, check);
        }

        private EntryHeader header(String path, boolean executable) {
            String whole = root + "/" + path;
            return executable ? EntryHeader.executable(whole) : EntryHeader.file(whole);
        }
    }
}
