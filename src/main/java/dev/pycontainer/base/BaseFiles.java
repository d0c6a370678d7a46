package dev.pycontainer.base;

import dev.pycontainer.oci.Layer;
import dev.pycontainer.rootfs.FileTree;
import dev.pycontainer.rootfs.ReadLayer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * The files of a base as its layers make them together, each layer read once.
 *
 * <p>Which files matter is known only when every layer's links are; so while a layer passes, every file with a likely
 * name is read, and the rare one whose name gave no hint costs a second reading of its layer.
 */
final class BaseFiles {

    private static final int MOST_FILES = 2_000_000;
    /** How much small text is kept on suspicion; beyond it files are read again when they are wanted. */
    private static final long MOST_TEXT = 8 << 20;

    private static final Pattern LIKELY =
            Pattern.compile("etc/passwd|etc/group|etc/ld\\.so\\.conf(?:\\.d/[^/]*)?|(?:.*/)?(?:"
                    + "python[0-9.]*[td]*|libpython3[0-9.]*[td]*\\.so[0-9.]*|ld-[^/]*\\.so[0-9.]*|libc[.-][^/]*so[0-9.]*"
                    + "|python3[^/]*/patchlevel\\.h)");

    private final List<? extends Layer> layers;
    private final Pattern likely;
    private final FileTree tree = new FileTree(MOST_FILES);
    private final IdentityHashMap<FileTree.Node, Reading> readings = new IdentityHashMap<>();
    private long text;

    private BaseFiles(List<? extends Layer> layers, Pattern likely) {
        this.layers = layers;
        this.likely = likely;
    }

    /** Reads all layers; each one's blob, and its diff_id, is proved at its end. */
    static BaseFiles read(List<? extends Layer> layers) {
        return read(layers, LIKELY);
    }

    /** @param likely the paths of files that are read while their layer passes */
    static BaseFiles read(List<? extends Layer> layers, Pattern likely) {
        BaseFiles files = new BaseFiles(layers, likely);
        for (int i = 0; i < layers.size(); i++) {
            files.readLayer(i);
        }
        return files;
    }

    /** What a path leads to when every link is followed. */
    Optional<FileTree.Found> find(String path) {
        return tree.find(path);
    }

    /** What has this very name, be it a link. */
    Optional<FileTree.Found> findName(String path) {
        return tree.findName(path);
    }

    /** Every name with its path, in no order; those below a directory after it. */
    void forEach(BiConsumer<String, FileTree.Node> visitor) {
        tree.forEach(visitor);
    }

    /** The layer whose tar holds a file's bytes. */
    Layer layerOf(FileTree.Node node) {
        return layers.get(node.layer());
    }

    /** What is known of a file's content. */
    Reading reading(FileTree.Node node) {
        Reading known = readings.get(node);
        return known != null ? known : readAgain(node);
    }

    /** Passes the contents of these files on, each layer read once more at most; a file is passed on where its bytes lie. */
    void read(Collection<FileTree.Node> wanted, ContentReader reader) throws IOException {
        Map<Integer, Map<Integer, FileTree.Node>> byLayer = new TreeMap<>();
        for (FileTree.Node node : wanted) {
            Reading known = readings.get(node);
            if (known != null && known.text().length() == node.size()) {
                reader.read(node, new ByteArrayInputStream(known.text().getBytes(StandardCharsets.ISO_8859_1)));
                continue;
            }
            byLayer.computeIfAbsent(node.layer(), layer -> new HashMap<>()).put(node.entry(), node);
        }
        byLayer.forEach((layer, nodes) -> visit(layer, (number, entry, content) -> {
            FileTree.Node node = nodes.get(number);
            if (node != null) {
                reader.read(node, content.get());
            }
        }));
    }

    /** Takes in the content of one file. */
    interface ContentReader {
        void read(FileTree.Node file, InputStream content) throws IOException;
    }

    private void readLayer(int index) {
        visit(index, (number, entry, content) -> {
            Optional<FileTree.Node> file = tree.add(index, number, entry);
            if (file.isPresent()
                    && text < MOST_TEXT
                    && likely.matcher(entry.path()).matches()) {
                keep(file.get(), content.get());
            }
        });
    }

    private Reading readAgain(FileTree.Node node) {
        visit(node.layer(), (number, entry, content) -> {
            if (number == node.entry()) {
                keep(node, content.get());
            }
        });
        return Objects.requireNonNull(readings.get(node), "an entry that was in its layer when this was read first");
    }

    private void keep(FileTree.Node node, InputStream content) throws IOException {
        Reading reading = Reading.of(content, node.size());
        text += reading.text().length();
        readings.put(node, reading);
    }

    private void visit(int index, ReadLayer.Visitor visitor) {
        ReadLayer.entries(layers.get(index), "the base", visitor);
    }
}
