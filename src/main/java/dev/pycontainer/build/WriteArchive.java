package dev.pycontainer.build;

import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.archive.TarWriter;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.ImageReference;
import dev.pycontainer.oci.LayoutFiles;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.store.AtomicFile;
import dev.pycontainer.store.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a built image, as it is, into one archive that {@code docker load} and readers of OCI archives take: an image
 * layout with Docker's {@code manifest.json} in it, whose layers are the layout's blobs, compressed as they are.
 *
 * <p>The bytes are a function of the image and its names. Every blob is verified as it passes.
 */
public final class WriteArchive {

    private final RemoveDamage damage;

    /** @param store the cache that the layout's files may be links to */
    public WriteArchive(BlobStore store) {
        this.damage = new RemoveDamage(store);
    }

    /** Writes the archive to {@code file}, whole or not at all. */
    public ImageArchive to(Path file, BuiltImage image, Destination destination) throws IOException {
        if (Files.isDirectory(file)) {
            throw BuildRefused.because("The archive \"" + file + "\" cannot be written.")
                    .why("a directory stands in its place")
                    .todo("name a file in tar.file, or remove the directory");
        }
        List<ImageReference> names = destination.references();
        Map<String, Entry> entries = entries(image, names);
        AtomicFile.write(file, out -> {
            TarWriter tar = new TarWriter(out);
            tar.directory(EntryHeader.directory("blobs"));
            tar.directory(EntryHeader.directory("blobs/sha256"));
            for (Map.Entry<String, Entry> entry : entries.entrySet()) {
                entry.getValue().writeTo(tar, EntryHeader.file(entry.getKey()));
            }
            tar.finish();
        });
        return new ImageArchive(file, Files.size(file), names);
    }

    /** What stands in the archive behind its directories, in the order of paths. A base may hold one layer twice. */
    private Map<String, Entry> entries(BuiltImage image, List<ImageReference> names) {
        Manifest manifest = image.manifest();
        Map<String, Entry> entries = new TreeMap<>(Utf8Order.INSTANCE);
        manifest.layers().forEach(layer -> entries.put(LayoutFiles.blob(layer.digest()), blob(image, layer)));
        entries.put(LayoutFiles.blob(manifest.config().digest()), blob(image, manifest.config()));
        entries.put(LayoutFiles.blob(manifest.digest()), bytes(manifest.bytes()));
        entries.put(LayoutFiles.INDEX, bytes(LayoutFiles.index(manifest, names)));
        entries.put(LayoutFiles.DOCKER_MANIFEST, bytes(LayoutFiles.dockerManifest(manifest, names)));
        entries.put(LayoutFiles.MARKER, bytes(LayoutFiles.marker()));
        return entries;
    }

    private Entry blob(BuiltImage image, Descriptor blob) {
        return (tar, header) -> {
            try (InputStream in = image.layout().blob(blob).open()) {
                tar.file(header, blob.size(), in);
            } catch (ContentMismatch mismatch) {
                throw damage.after(mismatch, image, blob);
            }
        };
    }

    private static Entry bytes(byte[] bytes) {
        return (tar, header) -> tar.file(header, bytes.length, new ByteArrayInputStream(bytes));
    }

    @FunctionalInterface
    private interface Entry {
        void writeTo(TarWriter tar, EntryHeader header) throws IOException;
    }
}
