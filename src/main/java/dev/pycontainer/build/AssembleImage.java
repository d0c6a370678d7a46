package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.layer.ImageUser;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.layer.LayerPackage;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.ImageConfig;
import dev.pycontainer.oci.ImageLayout;
import dev.pycontainer.oci.ImageLayout.BlobPlacer;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.project.Project;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Joins the base and the layers above it into an image, and writes its layout and records. */
public final class AssembleImage {

    private final BlobStore store;

    public AssembleImage(BlobStore store) {
        this.store = store;
    }

    /** All that the earlier stages decided and made. */
    record Parts(
            Project project,
            Base base,
            Target target,
            InstallScheme scheme,
            Selection selection,
            Launch launch,
            ImageUser user,
            List<LayerBlob> layers,
            Optional<String> sourceTree) {}

    BuiltImage of(BuildRequest request, Parts parts) throws IOException {
        ImageConfig config =
                new ConfigureImage().from(parts.base().config(), request.container(), facts(request, parts));
        Blob configBlob = store.keep(config.bytes());
        Manifest manifest = manifest(request.container(), parts, configBlob);
        ImageLayout layout = ImageRecords.layoutIn(request.outputDirectory());
        layout.write(manifest, request.destination().mainTag(), blobs(manifest, configBlob));
        BuiltImage image = new BuiltImage(layout, manifest, parts.sourceTree());
        ImageRecords.writeBuilt(request.outputDirectory(), image, record(request, parts));
        return image;
    }

    private static ConfigureImage.Facts facts(BuildRequest request, Parts parts) {
        return new ConfigureImage.Facts(
                labels(parts.base()),
                parts.scheme().prefix(),
                projectLabels(parts.project()),
                parts.launch(),
                parts.user(),
                request.created(),
                parts.layers().stream()
                        .map(layer -> new ImageConfig.AddedLayer(layer.diffId(), comment(layer)))
                        .toList());
    }

    /** What a base of a registry is called there, for whoever asks whether it is still the newest. */
    private static Map<String, String> labels(Base base) {
        return base.pinned().isEmpty()
                ? Map.of()
                : Map.of(
                        ConfigureImage.BASE_NAME,
                        base.reference(),
                        ConfigureImage.BASE_DIGEST,
                        base.digest().toString());
    }

    private static Map<String, String> projectLabels(Project project) {
        Map<String, String> labels = new TreeMap<>(Utf8Order.INSTANCE);
        labels.put("org.opencontainers.image.title", project.name());
        project.version().ifPresent(version -> labels.put("org.opencontainers.image.version", version.toString()));
        return labels;
    }

    private static String comment(LayerBlob layer) {
        return layer.kind() == LayerKind.DEPENDENCIES || layer.kind() == LayerKind.MEMBER
                ? layer.packages().stream().map(LayerPackage::toString).collect(Collectors.joining(", "))
                : "the " + layer.kind().word();
    }

    private static Manifest manifest(ContainerSettings container, Parts parts, Blob config) {
        ImageFormat format = container.format();
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2);
        json.put("mediaType", format.manifest());
        json.set(
                "config",
                Descriptor.of(format.config(), config.digest(), config.size()).toJson());
        ArrayNode layers = json.putArray("layers");
        for (Layer held : parts.base().layers()) {
            Descriptor layer = held.descriptor();
            layers.add(layer.as(format.layerLike(layer.mediaType())).toJson());
        }
        for (LayerBlob layer : parts.layers()) {
            Descriptor descriptor = layer.descriptor();
            layers.add(descriptor.as(format.layerLike(descriptor.mediaType())).toJson());
        }
        annotate(json, container, parts.base());
        return Manifest.of(json);
    }

    private static void annotate(ObjectNode json, ContainerSettings container, Base base) {
        if (container.format() == ImageFormat.DOCKER) {
            if (!container.annotations().isEmpty()) {
                throw BuildRefused.because("Docker's manifest has no annotations.")
                        .todo("set container.format to OCI, or use container.labels")
                        .in("container.annotations");
            }
            return;
        }
        Map<String, String> annotations = new TreeMap<>(Utf8Order.INSTANCE);
        annotations.putAll(labels(base));
        annotations.putAll(container.annotations());
        ObjectNode node = json.putObject("annotations");
        annotations.forEach(node::put);
    }

    /** Every blob is in the store by now; the layout gets links to them. */
    private Map<Digest, BlobPlacer> blobs(Manifest manifest, Blob config) throws IOException {
        Map<Digest, BlobPlacer> blobs = new HashMap<>();
        blobs.put(config.digest(), config::linkTo);
        for (Descriptor layer : manifest.layers()) {
            Blob blob = store.find(layer.digest(), layer.size())
                    .orElseThrow(() -> BuildRefused.because("The blob " + layer.digest() + " has gone from the cache.")
                            .why("something else removed it while the image was built")
                            .todo("run the build again"));
            blobs.put(layer.digest(), blob::linkTo);
        }
        return blobs;
    }

    private static ImageRecords.Facts record(BuildRequest request, Parts parts) {
        Base base = parts.base();
        return new ImageRecords.Facts(
                request.destination(),
                base.reference(),
                base.digest(),
                layers(parts),
                parts.selection().lock(),
                parts.project().directory(),
                base.config().platform(),
                parts.target());
    }

    private static List<ImageRecords.HeldLayer> layers(Parts parts) {
        return Stream.concat(
                        parts.base().layers().stream().map(ImageRecords.HeldLayer::ofBase),
                        parts.layers().stream().map(ImageRecords.HeldLayer::of))
                .toList();
    }
}
