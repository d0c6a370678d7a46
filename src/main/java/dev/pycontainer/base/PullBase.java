package dev.pycontainer.base;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.ImageConfig;
import dev.pycontainer.oci.ImageReference;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.registry.Registries;
import dev.pycontainer.registry.RegistryClient;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobDraft;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a base from its registry into the store, and asks for nothing that the store has.
 *
 * <p>Where the reference has a digest and all is in the store, no request is sent; a tag costs one for its manifest. What
 * a tag led to is remembered for builds that are offline.
 */
public final class PullBase {

    private static final String KIND = "base-reference";
    private static final int CONFIG_LIMIT = 8 << 20;
    private static final int MANIFEST_LIMIT = 4 << 20;

    private static final Set<String> CONFIGS = Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);
    private static final Set<String> LAYERS = Set.of(
            MediaTypes.OCI_LAYER,
            MediaTypes.OCI_LAYER_GZIP,
            MediaTypes.OCI_LAYER_ZSTD,
            MediaTypes.DOCKER_LAYER,
            MediaTypes.DOCKER_LAYER_GZIP);

    private final Registries registries;
    private final BlobStore store;
    private final Remembered remembered;
    private final boolean offline;

    /** @param offline whether a tag is taken for what it led to last, since no registry can be asked */
    public PullBase(Registries registries, BlobStore store, Remembered remembered, boolean offline) {
        this.registries = registries;
        this.store = store;
        this.remembered = remembered;
        this.offline = offline;
    }

    /**
     * The base for the platform, every blob of which the store now has.
     *
     * @param manifest the platform's own where it is known what the reference means, so that a tag is not asked for
     */
    public Base of(BaseSource.Registry source, Platform platform, Optional<Digest> manifest) throws IOException {
        ImageReference image = source.image();
        try {
            RegistryClient client = registries.toPull(image);
            Manifest top = manifest.isPresent() ? ofDigest(client, manifest.get()) : top(client, image);
            Manifest picked = new PickPlatform(platform, entry -> manifest(client, entry)).from(top);
            picked.layers().forEach(PullBase::refuseForeign);
            ImageConfig config = config(client, picked, image, platform);
            Base.checkCounts(picked, config);
            List<Blob> blobs = new ArrayList<>();
            for (Descriptor layer : picked.layers()) {
                blobs.add(blob(client, layer));
            }
            return Base.of(image.toString(), top.digest(), picked, config, blobs);
        } catch (BuildRefused refused) {
            throw refused.in("base " + image);
        }
    }

    /** What the reference itself leads to, an index or a manifest. */
    private Manifest top(RegistryClient client, ImageReference image) throws IOException {
        Digest digest = image.digest();
        if (digest != null) {
            return ofDigest(client, digest);
        }
        Digest reference = Digest.of(KIND + "\0" + image);
        if (offline) {
            Optional<byte[]> last = remembered.recall(KIND, reference);
            Optional<Manifest> known = last.isEmpty()
                    ? Optional.empty()
                    : stored(Digest.parse(new String(last.get(), StandardCharsets.UTF_8)));
            return known.orElseThrow(
                    () -> BuildRefused.because("The base " + image + " is not in the cache, and the build is offline.")
                            .why("no earlier build on this machine has pulled it, or the cache has been emptied")
                            .todo("build once without -o"));
        }
        Manifest manifest = keep(client.manifest(image.identifier().orElseThrow()));
        remembered.keep(KIND, reference, manifest.digest().toString().getBytes(StandardCharsets.UTF_8));
        return manifest;
    }

    private Manifest ofDigest(RegistryClient client, Digest digest) throws IOException {
        Optional<Manifest> stored = stored(digest);
        return stored.isPresent() ? stored.get() : keep(client.manifest(digest.toString()));
    }

    private Manifest manifest(RegistryClient client, Descriptor entry) throws IOException {
        Optional<Manifest> stored = stored(entry.digest());
        Manifest manifest = stored.isPresent()
                ? stored.get()
                : keep(client.manifest(entry.digest().toString()));
        if (manifest.bytes().length != entry.size() || !manifest.digest().equals(entry.digest())) {
            throw ContentMismatch.of(
                    "The manifest " + entry.digest(),
                    "it has " + manifest.bytes().length + " bytes, its index says " + entry.size());
        }
        if (!manifest.mediaType().equals(entry.mediaType())) {
            // CVE-2021-41190: two readers must not take one document for two things.
            throw ContentMismatch.of(
                    "The manifest " + entry.digest(),
                    "it is of type " + manifest.mediaType() + ", its index says " + entry.mediaType());
        }
        return manifest;
    }

    private Optional<Manifest> stored(Digest digest) throws IOException {
        Optional<Blob> blob = store.find(digest).filter(found -> found.size() <= MANIFEST_LIMIT);
        return blob.isEmpty() ? Optional.empty() : Optional.of(Manifest.parse(bytes(blob.get()), digest.toString()));
    }

    private Manifest keep(Manifest manifest) throws IOException {
        store.keep(manifest.bytes());
        return manifest;
    }

    private ImageConfig config(RegistryClient client, Manifest manifest, ImageReference image, Platform wanted)
            throws IOException {
        Descriptor descriptor = manifest.config();
        if (!CONFIGS.contains(descriptor.mediaType())) {
            throw BuildRefused.because("The base is not a container image.")
                    .why("its configuration is of type " + descriptor.mediaType())
                    .todo("set from.image to an image with a Python of its own, such as python:3.13-slim");
        }
        if (descriptor.size() > CONFIG_LIMIT) {
            throw BuildRefused.because(
                    "The base's configuration has " + descriptor.size() + " bytes; the limit is " + CONFIG_LIMIT + ".");
        }
        ImageConfig config = ImageConfig.parse(bytes(blob(client, descriptor)), image.toString());
        Platform platform = config.platform();
        if (!platform.os().equals(wanted.os()) || !platform.architecture().equals(wanted.architecture())) {
            throw BuildRefused.because("The base has no image for " + wanted + ".")
                    .why("its configuration says that it is for " + platform)
                    .todo("use a base that has " + wanted);
        }
        return config;
    }

    private Blob blob(RegistryClient client, Descriptor descriptor) throws IOException {
        return store.findOrFetch(descriptor.digest(), descriptor.size(), () -> fetched(client, descriptor));
    }

    private Blob fetched(RegistryClient client, Descriptor descriptor) throws IOException {
        // The client's stream proves size and digest before its end, so that a wrong blob is never committed.
        try (InputStream in = client.blob(descriptor);
                BlobDraft draft = store.draft()) {
            in.transferTo(draft.out());
            return draft.commit();
        }
    }

    private static byte[] bytes(Blob blob) throws IOException {
        try (InputStream in = blob.open()) {
            return in.readAllBytes();
        }
    }

    /** Layers that registries do not hold, and kinds that are no tar, cannot be kept as they are. */
    private static void refuseForeign(Descriptor layer) {
        String type = layer.mediaType();
        if (type.contains("nondistributable")
                || type.contains("foreign")
                || layer.others().containsKey("urls")) {
            throw BuildRefused.because("The base has a layer that must not be distributed.")
                    .why("layer " + layer.digest() + " is of type " + type + " and lies elsewhere than in its registry")
                    .todo("use a base whose layers are all in its registry");
        }
        if (!LAYERS.contains(type)) {
            throw BuildRefused.because("The base has a layer of a kind that is not known.")
                    .why("layer " + layer.digest() + " is of type " + type)
                    .todo("use a base whose layers are tar, tar+gzip or tar+zstd");
        }
    }
}
