package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.oci.ImageLayout;
import dev.pycontainer.oci.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image that lies in a layout on disk, whole.
 *
 * <p>Holding the value proves it: it comes from {@link BuildImage}, which wrote the layout, or from {@link #in}, which
 * verified it.
 */
public final class BuiltImage {

    private final ImageLayout layout;
    private final Digest digest;
    private final Supplier<Manifest> manifest;
    private final Optional<String> sourceTree;

    private BuiltImage(ImageLayout layout, Digest digest, Supplier<Manifest> manifest, Optional<String> sourceTree) {
        this.layout = layout;
        this.digest = digest;
        this.manifest = manifest;
        this.sourceTree = sourceTree;
    }

    BuiltImage(ImageLayout layout, Manifest manifest, Optional<String> sourceTree) {
        this(layout, manifest.digest(), () -> manifest, sourceTree);
    }

    /** One that nobody has touched since it was verified: its manifest is read when it is asked for. */
    static BuiltImage untouched(ImageLayout layout, Digest digest, Optional<String> sourceTree) {
        return new BuiltImage(
                layout,
                digest,
                () -> {
                    try {
                        return manifestIn(layout);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                sourceTree);
    }

    /**
     * The image that an earlier build left in {@code target/pycontainer}.
     *
     * <p>Refused where there is none, and where the layout's manifest is not the one that {@code image.digest} and
     * {@code image.json} name: something has changed it since.
     */
    public static BuiltImage in(Path outputDirectory) throws IOException {
        ImageLayout layout = ImageRecords.layoutIn(outputDirectory);
        Manifest manifest = manifestIn(layout);
        ObjectNode record = Json.readObject(
                recordIn(outputDirectory, ImageRecords.IMAGE),
                outputDirectory.resolve(ImageRecords.IMAGE).toString());
        String digest = manifest.digest().toString();
        requireSame(
                outputDirectory,
                digest,
                ImageRecords.IMAGE,
                record.path("imageDigest").asString(""));
        requireSame(
                outputDirectory,
                digest,
                ImageRecords.DIGEST,
                new String(recordIn(outputDirectory, ImageRecords.DIGEST), StandardCharsets.UTF_8));
        return new BuiltImage(
                layout,
                manifest,
                Optional.of(record.path("sourceTree").asString("")).filter(tree -> !tree.isEmpty()));
    }

    private static Manifest manifestIn(ImageLayout layout) throws IOException {
        try {
            return layout.manifest();
        } catch (ContentMismatch tampered) {
            throw tampered.todo("build the image anew: mvn package");
        }
    }

    private static void requireSame(Path outputDirectory, String held, String record, String recorded) {
        if (!recorded.equals(held)) {
            throw BuildRefused.because("The image in " + outputDirectory + " is not the one that was built.")
                    .why("the layout holds " + held + ", " + record + " says "
                            + (recorded.isEmpty() ? "nothing" : recorded))
                    .todo("build it anew: mvn package");
        }
    }

    private static byte[] recordIn(Path outputDirectory, String record) throws IOException {
        try {
            return Files.readAllBytes(outputDirectory.resolve(record));
        } catch (NoSuchFileException absent) {
            throw BuildRefused.because("There is no " + record + " in " + outputDirectory + ".")
                    .todo("build the image first: mvn package")
                    .causedBy(absent);
        }
    }

    public ImageLayout layout() {
        return layout;
    }

    public Manifest manifest() {
        return manifest.get();
    }

    /** The manifest's digest, by which the image is deployed. */
    public Digest digest() {
        return digest;
    }

    /** The configuration's digest, which Docker shows as the image's id. */
    public Digest imageId() {
        return manifest().config().digest();
    }

    /** The git tree of the project's directory, where there was one. */
    public Optional<String> sourceTree() {
        return sourceTree;
    }
}
