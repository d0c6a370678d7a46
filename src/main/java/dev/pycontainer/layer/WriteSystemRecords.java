package dev.pycontainer.layer;

import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.oci.Layer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;

/** Writes the layer of those files that are about all of a system's packages together: a function of the layers below it. */
public final class WriteSystemRecords {

    /** Raised whenever the same layers would have other records. */
    private static final int RULES_VERSION = 1;

    private final LayerStore layers;

    public WriteSystemRecords(LayerStore layers) {
        this.layers = layers;
    }

    /**
     * What is about all packages together.
     *
     * @param files the content of each by its path, without a slash at either end
     * @param links the targets of links by their paths
     */
    public record Records(Map<String, byte[]> files, Map<String, String> links) {}

    /** Makes the records, where they are not there yet. */
    public interface Source {
        Records read() throws IOException;
    }

    /**
     * @param below all layers of the system, the lowest first
     * @param recorded packages that the records tell of and no layer does; none where each has a record of its own
     */
    public LayerBlob of(List<? extends Layer> below, List<SystemPackage> recorded, Source source) throws IOException {
        LayerInputs inputs = LayerInputs.of("system-records");
        inputs.text().put("recordRules", RULES_VERSION);
        ArrayNode list = inputs.text().putArray("layers");
        below.forEach(layer -> list.add(layer.diffId().toString()));
        if (!recorded.isEmpty()) {
            ArrayNode packages = inputs.text().putArray("packages");
            recorded.forEach(each -> packages.add(each.file().sha256().hex()));
        }
        return layers.findOrWrite(LayerKind.SYSTEM, inputs, List.of(), Runnables.NONE, layer -> {
            Records records = source.read();
            LayerTree tree = new LayerTree(path -> false);
            records.files()
                    .forEach((path, content) -> tree.add(path, out -> out.file(EntryHeader.file(path), content)));
            records.links().forEach((path, target) -> tree.add(path, out -> out.link(EntryHeader.link(path), target)));
            tree.writeTo(layer);
        });
    }
}
