package dev.pycontainer.build;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.layer.LayerPackage;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.ImageLayout;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.LockFile;
import dev.pycontainer.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The files in {@code target/pycontainer} that scripts rely on. Fields are added, never renamed. */
final class ImageRecords {

    static final String DIGEST = "image.digest";
    static final String IMAGE = "image.json";
    private static final String IMAGE_ID = "image.id";
    static final String PLAN = "plan.json";
    private static final String PUBLISHED = "published.json";
    private static final String SOURCE_TREE = "sourceTree";
    private static final String PLATFORMS = "platforms";
    private static final int FORMAT_VERSION = 1;

    private ImageRecords() {}

    /** What {@code image.json} tells beyond the image itself: a function of the inputs alone. */
    record Facts(
            Destination destination,
            String baseReference,
            Digest baseDigest,
            List<HeldLayer> layers,
            LockFile lock,
            Path project,
            Platform platform,
            Target target) {}

    /** A layer of the image, the lowest first, and what is known to be in it. */
    record HeldLayer(LayerKind kind, Digest diffId, List<LayerPackage> packages) {

        /** One of Debian packages that were put together here is told as what it is. */
        static HeldLayer ofBase(Layer layer) {
            return layer instanceof LayerBlob ours
                    ? of(ours)
                    : new HeldLayer(LayerKind.BASE, layer.diffId(), List.of());
        }

        static HeldLayer of(LayerBlob layer) {
            return new HeldLayer(layer.kind(), layer.diffId(), layer.packages());
        }
    }

    static ImageLayout layoutIn(Path outputDirectory) {
        return new ImageLayout(outputDirectory.resolve("layout"), AtomicFile::write);
    }

    /** Every file and directory in which a built image lies, and the records of it. */
    static List<Path> filesOf(Path outputDirectory, Manifest manifest) {
        List<Path> files = new ArrayList<>(layoutIn(outputDirectory).filesOf(manifest));
        List.of(IMAGE, IMAGE_ID, DIGEST).forEach(name -> files.add(outputDirectory.resolve(name)));
        return files;
    }

    /** Writes the records of a built image; what was published and archived goes away where the image is another. */
    static void writeBuilt(Path outputDirectory, BuiltImage image, Facts facts) throws IOException {
        writeBuilt(outputDirectory, image, imageJson(image, facts));
    }

    /** What {@code image.json} says besides the git tree: as long as the image is the same, that alone may be another. */
    static ObjectNode builtIn(Path outputDirectory) throws IOException {
        ObjectNode record = Json.readObject(Files.readAllBytes(outputDirectory.resolve(IMAGE)), IMAGE);
        record.remove(SOURCE_TREE);
        return record;
    }

    /** @param record what {@code image.json} says, without the git tree */
    static void writeBuilt(Path outputDirectory, BuiltImage image, ObjectNode record) throws IOException {
        String digest = image.digest().toString();
        Path digestFile = outputDirectory.resolve(DIGEST);
        if (!Files.exists(digestFile) || !Files.readString(digestFile).equals(digest)) {
            Files.deleteIfExists(outputDirectory.resolve(PUBLISHED));
            Files.deleteIfExists(outputDirectory.resolve(ImageArchive.FILE));
        }
        ObjectNode whole = Json.object();
        record.properties().forEach(field -> {
            if (field.getKey().equals(PLATFORMS)) {
                image.sourceTree().ifPresent(tree -> whole.put(SOURCE_TREE, tree));
            }
            whole.set(field.getKey(), field.getValue());
        });
        writeIfOther(outputDirectory.resolve(IMAGE), Json.pretty(whole));
        writeIfOther(outputDirectory.resolve(IMAGE_ID), utf8(image.imageId().toString()));
        writeIfOther(digestFile, utf8(digest));
    }

    static void writePublished(Path outputDirectory, PublishedImage image, Optional<String> sourceTree)
            throws IOException {
        ObjectNode json = Json.object();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("repository", image.reference().name());
        json.put("digest", image.digest().toString());
        image.tags().forEach(json.putArray("tags")::add);
        sourceTree.ifPresent(tree -> json.put(SOURCE_TREE, tree));
        writeIfOther(outputDirectory.resolve(PUBLISHED), Json.pretty(json));
    }

    static void writePlan(Path outputDirectory, ImagePlan plan) throws IOException {
        writeIfOther(outputDirectory.resolve(PLAN), Json.pretty(PlanJson.of(plan)));
    }

    private static ObjectNode imageJson(BuiltImage image, Facts facts) {
        ObjectNode json = Json.object();
        json.put("formatVersion", FORMAT_VERSION);
        json.put("image", facts.destination().image());
        json.put("imageId", image.imageId().toString());
        json.put("imageDigest", image.digest().toString());
        json.put("mediaType", image.manifest().mediaType());
        facts.destination().tags().forEach(json.putArray("tags")::add);
        json.putObject("base")
                .put("reference", facts.baseReference())
                .put("digest", facts.baseDigest().toString());
        json.set("lock", lock(facts.project(), facts.lock()));
        ObjectNode platform = json.putArray(PLATFORMS).addObject();
        platform.put("platform", facts.platform().toString());
        platform.put("digest", image.digest().toString());
        platform.put("imageId", image.imageId().toString());
        platform.set("target", target(facts.target()));
        layers(platform.putArray("layers"), image.manifest(), facts);
        return json;
    }

    static ObjectNode lock(Path project, LockFile lock) {
        return Json.object()
                .put("file", relative(project, lock.path()))
                .put("kind", lock.kind())
                .put("sha256", lock.sha256().hex());
    }

    static ObjectNode target(Target target) {
        return Json.object()
                .put("implementation", target.implementation())
                .put("python", target.python().toString())
                .put("abi", target.abi())
                .put("libc", target.libc().toString())
                .put("libcVersion", target.libcVersion())
                .put("machine", target.machine())
                .put("interpreter", target.interpreter())
                .put("sitePackages", target.sitePackages());
    }

    private static void layers(ArrayNode json, Manifest manifest, Facts facts) {
        List<Descriptor> descriptors = new ArrayList<>(manifest.layers());
        for (HeldLayer layer : facts.layers()) {
            ObjectNode node = layer(json, layer.kind().word(), descriptors.remove(0), layer.diffId());
            if (!layer.packages().isEmpty()) {
                packages(node.putArray("packages"), layer.packages());
            }
        }
    }

    private static void packages(ArrayNode json, List<LayerPackage> packages) {
        for (LayerPackage held : packages) {
            ObjectNode node = json.addObject().put("name", held.name()).put("version", held.version());
            held.file()
                    .ifPresent(file -> node.put("file", file.name())
                            .put("sha256", file.sha256().hex()));
        }
    }

    private static ObjectNode layer(ArrayNode json, String kind, Descriptor descriptor, Digest diffId) {
        return json.addObject()
                .put("kind", kind)
                .put("digest", descriptor.digest().toString())
                .put("diffId", diffId.toString())
                .put("size", descriptor.size())
                .put("mediaType", descriptor.mediaType());
    }

    /** Independent of where the project lies; a lock elsewhere is named by its file name. */
    private static String relative(Path project, Path file) {
        Path root = project.toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(root) ? root.relativize(absolute) : absolute.getFileName();
        return String.valueOf(shown).replace('\\', '/');
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void writeIfOther(Path file, byte[] bytes) throws IOException {
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            AtomicFile.write(file, bytes);
        }
    }
}
