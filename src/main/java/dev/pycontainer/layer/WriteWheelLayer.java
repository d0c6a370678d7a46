package dev.pycontainer.layer;

import dev.pycontainer.archive.ContentCheck;
import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.archive.LayerWriter;
import dev.pycontainer.archive.ZipArchive;
import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.packaging.wheel.InstallWheel;
import dev.pycontainer.packaging.wheel.InstalledFile;
import dev.pycontainer.packaging.wheel.Wheel;
import dev.pycontainer.packaging.wheel.WheelDestination;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes the wheels of a group, installed under a scheme, as one layer; a layer that was written before is found, and its
 * wheels stay closed.
 */
public final class WriteWheelLayer {

    private record FromWheel(PlannedWheel wheel, InstalledFile file) {}

    private final LayerStore layers;
    private final InstallScheme scheme;

    public WriteWheelLayer(LayerStore layers, InstallScheme scheme) {
        this.layers = layers;
        this.scheme = scheme;
    }

    /** The group's layer, if it was written before; nothing is read, and the wheels need not be there. */
    public Optional<LayerBlob> find(WheelGroup group) throws IOException {
        return layers.find(LayerKind.DEPENDENCIES, group.inputs(scheme), group.packages());
    }

    /**
     * The layer of wheels that are in the store.
     *
     * @param wheels those of one group, in its order
     */
    public LayerBlob of(List<WheelInStore> wheels) throws IOException {
        WheelGroup group =
                new WheelGroup(wheels.stream().map(WheelInStore::wheel).toList());
        Optional<LayerBlob> found = find(group);
        if (found.isPresent()) {
            return found.get();
        }
        try (OpenWheels open = new OpenWheels()) {
            SortedMap<String, FromWheel> files = new TreeMap<>(Utf8Order.INSTANCE);
            for (WheelInStore wheel : wheels) {
                for (InstalledFile file : open.install(wheel)) {
                    merge(files, new FromWheel(wheel.wheel(), file));
                }
            }
            if (wheels.size() > 1) {
                requireNoFileIsADirectory(files);
            }
            LayerTree tree = treeOf(files.values());
            Runnables runnables = Runnables.of(scheme, files.keySet());
            return layers.write(
                    LayerKind.DEPENDENCIES, group.inputs(scheme), group.packages(), runnables, tree::writeTo);
        }
    }

    private final class OpenWheels implements Closeable {
        private final List<Wheel> wheels = new ArrayList<>();

        List<InstalledFile> install(WheelInStore stored) throws IOException {
            Wheel wheel = Wheel.open(stored.file(), stored.wheel().fileName(), layers.tally());
            wheels.add(wheel);
            return new InstallWheel(wheel, scheme, stored.wheel().directUrl()).files();
        }

        @Override
        public void close() throws IOException {
            for (Wheel wheel : wheels) {
                wheel.close();
            }
        }
    }

    private static void merge(SortedMap<String, FromWheel> files, FromWheel next) {
        FromWheel other = files.putIfAbsent(next.file().path(), next);
        if (other != null && !other.file().isSameAs(next.file())) {
            throw BuildRefused.because("Two wheels install different files at "
                            + next.file().path() + ".")
                    .why("they are " + other.wheel().fileName() + " and "
                            + next.wheel().fileName())
                    .todo("remove one of the two packages from the lock");
        }
    }

    private static void requireNoFileIsADirectory(SortedMap<String, FromWheel> files) {
        files.forEach((path, next) -> {
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                FromWheel other = files.get(path.substring(0, slash));
                if (other != null) {
                    throw BuildRefused.because("Two wheels install "
                                    + other.file().path() + ", one as a file and one as a directory.")
                            .why("they are " + other.wheel().fileName() + " and "
                                    + next.wheel().fileName());
                }
            }
        });
    }

    private LayerTree treeOf(Collection<FromWheel> files) {
        String root = scheme.prefix().substring(1);
        LayerTree tree = new LayerTree(LayerTree.below(root));
        for (FromWheel next : files) {
            tree.add(root + "/" + next.file().path(), layer -> next.file().writeTo(new LayerDestination(layer, root)));
        }
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
