package dev.pycontainer.layer;

import dev.pycontainer.archive.ContentCheck;
import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.archive.LayerWriter;
import dev.pycontainer.archive.ZipArchive;
import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.packaging.wheel.InstalledFile;
import dev.pycontainer.packaging.wheel.Wheel;
import dev.pycontainer.packaging.wheel.WheelDestination;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
            List<InstalledFile> files = open.files(Set.copyOf(group.covered()));
            LayerTree tree = treeOf(files);
            LayerBlob layer = layers.write(
                    LayerKind.DEPENDENCIES,
                    group.inputs(scheme, filter),
                    group.packages(),
                    Runnables.of(scheme, files.stream().map(InstalledFile::path)),
                    tree::writeTo);
            // Now that their bytes are proved, so are the hashes.
            for (OpenWheel each : open.wheels) {
                read.keep(each.planned, each.wheel.distInfo(), each.files);
            }
            return layer;
        }
    }

    private record OpenWheel(PlannedWheel planned, Wheel wheel, List<InstalledFile> files) {}

    private final class OpenWheels implements Closeable {
        private final List<OpenWheel> wheels = new ArrayList<>();
        private final FileOwners owners = new FileOwners();
        private final boolean isShared;

        /** @param isShared whether there are several wheels, which may want one place; of one alone each file stays */
        OpenWheels(boolean isShared) {
            this.isShared = isShared;
        }

        void install(WheelInStore stored) throws IOException {
            PlannedWheel planned = stored.wheel();
            Wheel wheel = read.open(stored);
            try {
                List<InstalledFile> files = read.installed(planned, wheel);
                wheels.add(new OpenWheel(planned, wheel, files));
                if (isShared) {
                    owners.add(new WheelFiles(
                            planned, files.stream().map(FileClaim::of).toList()));
                }
            } catch (IOException | RuntimeException e) {
                wheel.close();
                throw e;
            }
        }

        /** @param covered what is left out */
        List<InstalledFile> files(Set<String> covered) {
            return wheels.stream()
                    .flatMap(wheel -> wheel.files.stream()
                            .filter(file -> !isShared || owners.isFirst(wheel.planned, file.path())))
                    .filter(file -> !covered.contains(file.path()))
                    .toList();
        }

        @Override
        public void close() throws IOException {
            for (OpenWheel each : wheels) {
                each.wheel.close();
            }
        }
    }

    private LayerTree treeOf(List<InstalledFile> files) {
        String root = scheme.prefix().substring(1);
        LayerTree tree = new LayerTree(LayerTree.below(root));
        files.forEach(file -> tree.add(new WheelEntry(root, file)));
        return tree;
    }

    private record WheelEntry(String root, InstalledFile file) implements LayerTree.Entry {

        @Override
        public String path() {
            return root + "/" + file.path();
        }

        @Override
        public void writeTo(LayerWriter layer) throws IOException {
            file.writeTo(new LayerDestination(layer, root));
        }
    }

    /** A layer's tar, as a place to install to. */
    private record LayerDestination(LayerWriter layer, String root) implements WheelDestination {

        @Override
        public void generated(String path, boolean executable, long size, InputStream content) throws IOException {
            layer.file(header(path, executable), size, content);
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
