package dev.pycontainer.layer;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.archive.LayerWriter;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a layer's bytes depend on, as one canonical text; its digest is the name by which the layer is remembered.
 *
 * @param kind the word under which layers of this kind are remembered
 * @param text JSON, complete
 */
record LayerInputs(String kind, ObjectNode text) {

    private static final String COMPRESSION = "compression";

    /** The beginning of every kind's text: how the writer writes. What is only read is so whatever the layers' form is. */
    static LayerInputs of(String kind) {
        ObjectNode text = Json.object();
        text.put("rules", LayerWriter.RULES_VERSION);
        text.put(COMPRESSION, LayerForm.GZIP.rules());
        return new LayerInputs(kind, text);
    }

    /** The same for a layer that is written in this form. */
    LayerInputs in(LayerForm form) {
        ObjectNode copy = text.deepCopy();
        // In its place: the text, and so the key of a gzip layer, is what it always was.
        copy.put(COMPRESSION, form.rules());
        return new LayerInputs(kind, copy);
    }

    LayerInputs with(InstallScheme scheme) {
        ObjectNode node = text.putObject("scheme");
        node.put("prefix", scheme.prefix());
        node.put("sitePackages", scheme.sitePackages());
        node.put("python", scheme.python());
        node.put("pythonMinor", scheme.pythonMinor());
        return this;
    }

    /** What is left out; without it the text is what it always was. */
    LayerInputs with(FileFilter filter) {
        if (!filter.patterns().isEmpty()) {
            filter.patterns().forEach(text.putArray("excludes")::add);
        }
        return this;
    }

    Digest digest() {
        return Digest.of(Json.compact(text));
    }
}
