package dev.pycontainer.base;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.ImageConfig;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.store.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The image built upon, for one platform, with every part of it in the store.
 *
 * <p>Can be had only from the verb that fetched it or put it together. Packages that are added to it are part of it: what
 * the target is, is read from both.
 */
public final class Base {

    private final String reference;
    private final Digest digest;
    private final Optional<Digest> pinned;
    private final ImageConfig config;
    private final List<Layer> layers;

    private Base(
            String reference,
            Digest digest,
            Optional<Digest> pinned,
            ImageConfig config,
            List<? extends Layer> layers) {
        this.reference = reference;
        this.digest = digest;
        this.pinned = pinned;
        this.config = config;
        this.layers = List.copyOf(layers);
    }

    /**
     * @param digest what the reference led to: an index, or the manifest itself
     * @param blobs of the manifest's layers, in their order
     */
    static Base of(String reference, Digest digest, Manifest manifest, ImageConfig config, List<Blob> blobs) {
        List<Descriptor> descriptors = manifest.layers();
        List<Digest> diffIds = config.diffIds();
        checkCounts(manifest, config);
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < descriptors.size(); i++) {
            layers.add(new StoredLayer(descriptors.get(i), diffIds.get(i), blobs.get(i)));
        }
        return new Base(reference, digest, Optional.of(manifest.digest()), config, layers);
    }

    /** A base that is in no registry. */
    static <L extends Layer> Base of(
            String reference, ImageConfig empty, List<L> layers, Function<? super L, String> comment) {
        ImageConfig config = above(empty, layers, comment);
        return new Base(reference, Digest.of(config.bytes()), Optional.empty(), config, layers);
    }

    /** Refuses a configuration that describes other layers than the manifest, before those are fetched. */
    static void checkCounts(Manifest manifest, ImageConfig config) {
        int layers = manifest.layers().size();
        int diffIds = config.diffIds().size();
        if (layers != diffIds) {
            throw BuildRefused.because("The base's manifest and configuration do not agree.")
                    .why("the manifest has " + layers + " layers, the configuration has " + diffIds + " diff_ids")
                    .todo("use another base; no runtime can unpack this one");
        }
    }

    /**
     * The same with packages on top: still the base of this reference and digest, as far as a registry has it.
     *
     * @param added the lowest first
     * @param comment what the history says of each
     */
    public <L extends Layer> Base with(List<L> added, Function<? super L, String> comment) {
        return new Base(
                reference,
                digest,
                pinned,
                above(config, added, comment),
                Stream.concat(layers.stream(), added.stream()).toList());
    }

    private static <L extends Layer> ImageConfig above(
            ImageConfig config, List<L> added, Function<? super L, String> comment) {
        return config.withLayers(
                added.stream()
                        .map(layer -> new ImageConfig.AddedLayer(layer.diffId(), comment.apply(layer)))
                        .toList(),
                Optional.empty());
    }

    /** The reference as it was configured, in canonical form. */
    public String reference() {
        return reference;
    }

    /**
     * The digest that the reference led to: the index's, where it names one, else the manifest's. That of the configuration
     * where no registry has the base.
     */
    public Digest digest() {
        return digest;
    }

    /** The digest of the platform's manifest in the registry, by which the very same base can be had again; none without a registry. */
    public Optional<Digest> pinned() {
        return pinned;
    }

    /** The configuration, which names every layer: its digest stands for the whole base. */
    public ImageConfig config() {
        return config;
    }

    /** The layers, the lowest first; their blobs keep the bytes that the registry gave. */
    public List<Layer> layers() {
        return layers;
    }

    private record StoredLayer(Descriptor descriptor, Digest diffId, Blob blob) implements Layer {
        @Override
        public InputStream open() throws IOException {
            return blob.open();
        }
    }
}
