package dev.pycontainer.layer;

import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.archive.LayerWriter;
import dev.pycontainer.content.Utf8Order;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of one local project: a change of its source changes this layer alone.
 *
 * <p>There are entries for the root and the directories below it, and for those strictly below the environment's
 * prefix; any other directory above a file stays as the base has it.
 *
 * @param kind project, member or extra
 * @param root absolute, such as {@code /app}: from here on directories are the image's own
 * @param prefix of the virtual environment, absolute, such as {@code /opt/venv}
 * @param links symbolic links
 * @param packages what is installed by it
 * @param runnables what a command can name of it, which follows from the files
 */
public record ProjectLayer(
        LayerKind kind,
        String root,
        String prefix,
        List<LayerFile> files,
        List<LayerLink> links,
        List<LayerPackage> packages,
        Runnables runnables,
        FilesModificationTime time) {

    public ProjectLayer {
        files = files.stream()
                .sorted(Comparator.comparing(LayerFile::path, Utf8Order.INSTANCE))
                .toList();
        links = links.stream()
                .sorted(Comparator.comparing(LayerLink::path, Utf8Order.INSTANCE))
                .toList();
        packages = List.copyOf(packages);
    }

    /** The layer, found or written; files are read only to be written. */
    public LayerBlob in(LayerStore layers) throws IOException {
        return layers.findOrWrite(kind, inputs(), packages, runnables, tree()::writeTo);
    }

    private LayerInputs inputs() {
        LayerInputs inputs = LayerInputs.of("project-layer");
        ObjectNode text = inputs.text();
        text.put("appRoot", root);
        text.put("prefix", prefix);
        text.put("time", time.toString());
        ArrayNode list = text.putArray("files");
        files.forEach(file -> list.addObject()
                .put("path", file.path())
                .put("executable", file.executable())
                .put("sha256", file.digest().hex()));
        ArrayNode linkList = text.putArray("links");
        links.forEach(link -> linkList.addObject().put("path", link.path()).put("target", link.target()));
        return inputs;
    }

    private LayerTree tree() {
        LayerTree tree = new LayerTree(
                LayerTree.from(root.substring(1)).or(LayerTree.below(prefix.substring(1))), time.ofOthers());
        files.forEach(file -> tree.add(file.path(), layer -> write(file, layer)));
        links.forEach(link -> tree.add(
                link.path(),
                layer -> layer.link(new EntryHeader(link.path(), 0777, 0, 0, time.ofOthers()), link.target())));
        return tree;
    }

    private void write(LayerFile file, LayerWriter layer) throws IOException {
        int mode = file.executable() ? 0755 : 0644;
        EntryHeader header = new EntryHeader(file.path(), mode, 0, 0, time.ofFile(file.digest()));
        try (InputStream content = file.verified()) {
            layer.file(header, file.size(), content);
        }
    }
}
