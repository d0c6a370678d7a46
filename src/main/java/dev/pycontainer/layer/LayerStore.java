package dev.pycontainer.layer;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.archive.LayerWriter;
import dev.pycontainer.archive.WrittenLayer;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.store.AtomicFile;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobDraft;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Flights;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The layers that were written before, by their inputs, and the place where new ones are written. */
public final class LayerStore {

    /** Writes a layer's entries, in order. */
    interface Entries {
        void writeTo(LayerWriter layer) throws IOException;
    }

    private static final String ANNOTATIONS = "annotations";

    private final BlobStore blobs;
    private final Remembered remembered;
    private final Tally tally;
    private final LayerForm form;

    /** @param form of all layers that are found and written here */
    public LayerStore(BlobStore blobs, Remembered remembered, Tally tally, LayerForm form) {
        this.blobs = blobs;
        this.remembered = remembered;
        this.tally = tally;
        this.form = form;
    }

    Tally tally() {
        return tally;
    }

    /** What was kept for these inputs by {@link #keep}. */
    Optional<byte[]> recall(LayerInputs inputs) throws IOException {
        return remembered.recall(inputs.kind(), inputs.digest());
    }

    void keep(LayerInputs inputs, byte[] result) throws IOException {
        remembered.keep(inputs.kind(), inputs.digest(), result);
    }

    void keep(LayerInputs inputs, AtomicFile.Content result) throws IOException {
        remembered.keep(inputs.kind(), inputs.digest(), result);
    }

    /** What is remembered of the layer of these inputs, whether or not the store still has its bytes. */
    Optional<KnownLayer> known(LayerInputs inputs) throws IOException {
        return entry(inputs).map(this::known);
    }

    private Optional<JsonNode> entry(LayerInputs inputs) throws IOException {
        return recall(inputs.in(form)).map(entry -> Json.read(entry, "What is remembered of a layer"));
    }

    private KnownLayer known(JsonNode entry) {
        Descriptor descriptor = LayerDescriptor.of(
                form,
                Digest.parse(entry.path("digest").stringValue()),
                entry.path("size").longValue(),
                entry.path(ANNOTATIONS));
        return new KnownLayer(descriptor, Digest.parse(entry.path("diffId").stringValue()));
    }

    /** The layer that was written from these inputs, if the store still has it; its bytes are not read. */
    Optional<LayerBlob> find(LayerKind kind, LayerInputs inputs, List<LayerPackage> packages) throws IOException {
        Optional<JsonNode> entry = entry(inputs);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        KnownLayer known = known(entry.get());
        return blobs.find(known.descriptor().digest(), known.descriptor().size())
                .map(blob -> new LayerBlob(
                        kind,
                        known.diffId(),
                        known.descriptor(),
                        blob,
                        packages,
                        Runnables.read(entry.get().path("runnables")),
                        true));
    }

    /** Writes the layer and remembers it by its inputs. */
    LayerBlob write(
            LayerKind kind, LayerInputs inputs, List<LayerPackage> packages, Runnables runnables, Entries entries)
            throws IOException {
        tally.count(Work.LAYERS_WRITTEN);
        try (BlobDraft draft = blobs.draft()) {
            WrittenLayer written = stream(draft, entries);
            Blob blob = draft.commit();
            ObjectNode entry = Json.object();
            entry.put("digest", blob.digest().toString());
            entry.put("diffId", written.diffId().toString());
            entry.put("size", blob.size());
            entry.set("runnables", runnables.json());
            ObjectNode annotations = LayerDescriptor.annotations(written);
            if (!annotations.isEmpty()) {
                entry.set(ANNOTATIONS, annotations);
            }
            keep(inputs.in(form), Json.compact(entry));
            Descriptor descriptor = LayerDescriptor.of(form, blob.digest(), blob.size(), annotations);
            return new LayerBlob(kind, written.diffId(), descriptor, blob, packages, runnables, false);
        }
    }

    LayerBlob findOrWrite(
            LayerKind kind, LayerInputs inputs, List<LayerPackage> packages, Runnables runnables, Entries entries)
            throws IOException {
        return findOrWrite(kind, inputs, packages, () -> write(kind, inputs, packages, runnables, entries));
    }

    /** The layer of these inputs, found, or made by one of all who ask for it at this time. */
    LayerBlob findOrWrite(LayerKind kind, LayerInputs inputs, List<LayerPackage> packages, Flights.Way<LayerBlob> write)
            throws IOException {
        Digest key = inputs.in(form).digest();
        return blobs.flights().once(Flights.Kind.LAYER, key, () -> find(kind, inputs, packages), write);
    }

    /** What was kept for these inputs, or else is read and kept by one of all who ask for it at this time. */
    <T> T recallOrRead(LayerInputs inputs, Flights.Way<Optional<T>> recall, Flights.Way<T> read) throws IOException {
        return blobs.flights().once(Flights.Kind.READING, inputs.digest(), recall, read);
    }

    private WrittenLayer stream(BlobDraft draft, Entries entries) throws IOException {
        try (LayerWriter layer = new LayerWriter(draft.out(), form)) {
            entries.writeTo(layer);
            return layer.finish();
        }
    }
}
