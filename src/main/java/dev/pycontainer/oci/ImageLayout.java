package dev.pycontainer.oci;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ByteSource;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.VerifiedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An OCI image layout directory that holds one image, as in the image specification, "Image Layout".
 *
 * <p>{@code index.json} is written last and at once, so that a reader sees the former image or the new one, and blobs
 * that no image refers to any more go away after it.
 */
public final class ImageLayout {

    private static final int MANIFEST_LIMIT = 4 << 20;

    private final Path directory;
    private final FileWriter files;

    /** Writes a small file whole or not at all. */
    @FunctionalInterface
    public interface FileWriter {
        void write(Path file, byte[] bytes) throws IOException;
    }

    /** Puts a blob's bytes at a file's place, whole or not at all. */
    @FunctionalInterface
    public interface BlobPlacer {
        void placeAt(Path file) throws IOException;
    }

    public ImageLayout(Path directory, FileWriter files) {
        this.directory = directory;
        this.files = files;
    }

    /**
     * Makes the layout hold this image and nothing else; what is there already is left as it is.
     *
     * @param refName the image's tag, for {@code org.opencontainers.image.ref.name}
     * @param blobs how to place the config and every layer of the manifest
     * @return whether anything had to be changed
     */
    public boolean write(Manifest manifest, String refName, Map<Digest, BlobPlacer> blobs) throws IOException {
        boolean changed = writeIfOther(fileOf(manifest.digest()), manifest.bytes());
        List<Descriptor> referred = new ArrayList<>(manifest.layers());
        referred.add(manifest.config());
        Set<String> names = new HashSet<>(Set.of(manifest.digest().hex()));
        for (Descriptor descriptor : referred) {
            BlobPlacer blob = blobs.get(descriptor.digest());
            if (blob == null) {
                throw new IllegalStateException("no bytes were given for " + descriptor.digest());
            }
            names.add(descriptor.digest().hex());
            changed |= placeIfAbsent(descriptor, blob);
        }
        changed |= writeIfOther(directory.resolve(LayoutFiles.MARKER), LayoutFiles.marker());
        changed |= writeIfOther(directory.resolve(LayoutFiles.INDEX), LayoutFiles.index(manifest, refName));
        removeAllBut(names);
        return changed;
    }

    /** The manifest of the layout's one image, verified; a layout that is not there or holds none is refused. */
    public Manifest manifest() throws IOException {
        byte[] index;
        try {
            index = Files.readAllBytes(directory.resolve(LayoutFiles.INDEX));
        } catch (NoSuchFileException absent) {
            throw BuildRefused.because("There is no image at " + directory + ".")
                    .why("index.json is missing")
                    .todo("build it first: mvn package")
                    .causedBy(absent);
        }
        Manifest root = Manifest.parse(index, directory + "/index.json");
        if (root.manifests().size() != 1) {
            throw BuildRefused.because(
                    "The layout at " + directory + " holds " + root.manifests().size() + " images instead of one.");
        }
        Descriptor only = root.manifests().get(0);
        try (InputStream in = blob(only).open()) {
            return Manifest.parse(in.readNBytes(MANIFEST_LIMIT), directory.toString());
        }
    }

    /** The bytes of a blob, verified while they are read. */
    public ByteSource blob(Descriptor descriptor) {
        Path file = fileOf(descriptor.digest());
        return () -> {
            try {
                return new VerifiedInputStream(
                        Files.newInputStream(file), descriptor.digest(), descriptor.size(), file.toString());
            } catch (NoSuchFileException absent) {
                throw BuildRefused.because(
                                "The layout at " + directory + " lacks the blob " + descriptor.digest() + ".")
                        .todo("build the image anew: mvn package")
                        .causedBy(absent);
            }
        };
    }

    /**
     * Removes every blob whose bytes are not what its name says, so that a build places it anew.
     *
     * @return whether there was one
     */
    public boolean removeDamaged() throws IOException {
        boolean removed = false;
        Path blobs = directory.resolve("blobs").resolve("sha256");
        if (Files.isDirectory(blobs)) {
            try (Stream<Path> files = Files.list(blobs)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    // Beside blobs there may be what a killed process left, which nobody reads.
                    removed |= String.valueOf(file.getFileName()).matches("[0-9a-f]{64}") && removeIfDamaged(file);
                }
            }
        }
        return removed;
    }

    private static boolean removeIfDamaged(Path file) throws IOException {
        Digest named = Digest.parse("sha256:" + file.getFileName());
        try (InputStream in = new VerifiedInputStream(Files.newInputStream(file), named, -1, file.toString())) {
            in.transferTo(OutputStream.nullOutputStream());
            return false;
        } catch (ContentMismatch damaged) {
            Files.deleteIfExists(file);
            return true;
        }
    }

    /** Every file of an image that is there whole, and the directory of its blobs. */
    public List<Path> filesOf(Manifest manifest) {
        List<Path> paths = new ArrayList<>(List.of(
                directory.resolve(LayoutFiles.MARKER),
                directory.resolve(LayoutFiles.INDEX),
                directory.resolve("blobs").resolve("sha256"),
                fileOf(manifest.digest()),
                fileOf(manifest.config().digest())));
        manifest.layers().forEach(layer -> paths.add(fileOf(layer.digest())));
        return paths;
    }

    /** Whether the blob's file is there, in its size. */
    public boolean has(Descriptor descriptor) throws IOException {
        try {
            BasicFileAttributes file = Files.readAttributes(fileOf(descriptor.digest()), BasicFileAttributes.class);
            return file.isRegularFile() && file.size() == descriptor.size();
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    private boolean placeIfAbsent(Descriptor descriptor, BlobPlacer blob) throws IOException {
        if (has(descriptor)) {
            return false;
        }
        Path file = fileOf(descriptor.digest());
        Files.createDirectories(directory.resolve("blobs").resolve("sha256"));
        Files.deleteIfExists(file);
        blob.placeAt(file);
        return true;
    }

    private boolean writeIfOther(Path file, byte[] bytes) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
            return false;
        }
        files.write(file, bytes);
        return true;
    }

    private void removeAllBut(Set<String> names) throws IOException {
        try (Stream<Path> blobs = Files.list(directory.resolve("blobs").resolve("sha256"))) {
            for (Path blob : (Iterable<Path>) blobs::iterator) {
                if (!names.contains(String.valueOf(blob.getFileName()))) {
                    Files.delete(blob);
                }
            }
        }
    }

    private Path fileOf(Digest digest) {
        return directory.resolve(LayoutFiles.blob(digest));
    }
}
