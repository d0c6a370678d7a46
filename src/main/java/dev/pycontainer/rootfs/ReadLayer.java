package dev.pycontainer.rootfs;

import dev.pycontainer.archive.LayerStream;
import dev.pycontainer.archive.TarEntry;
import dev.pycontainer.archive.TarLimits;
import dev.pycontainer.archive.TarReader;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.VerifiedInputStream;
import dev.pycontainer.oci.Layer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads a layer from end to end, entry by entry; its blob, and its diff_id, are proved at the end. */
public final class ReadLayer {

    /** Takes in one entry of a layer's tar. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * @param number of the entry, the first being 0
         * @param content of a file, to be read now or never
         */
        void visit(int number, TarEntry entry, Supplier<InputStream> content) throws IOException;
    }

    private ReadLayer() {}

    /** @param of what the layer is a part of, such as {@code the base}, for refusals */
    public static void entries(Layer layer, String of, Visitor visitor) {
        String name = "layer " + layer.descriptor().digest();
        try (InputStream blob = layer.open()) {
            try {
                entries(blob, layer.diffId(), name, visitor);
            } catch (IOException | BuildRefused fault) {
                // Bytes that are not the layer's own explain whatever was found in them.
                blob.transferTo(OutputStream.nullOutputStream());
                throw fault;
            }
        } catch (IOException e) {
            throw BuildRefused.because("A layer of " + of + " cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e)
                    .in(name);
        } catch (BuildRefused refused) {
            throw refused.in(name);
        }
    }

    private static void entries(InputStream blob, Digest diffId, String name, Visitor visitor) throws IOException {
        InputStream leftOpen = new FilterInputStream(blob) {
            @Override
            public void close() {
                // its owner closes it
            }
        };
        try (TarReader tar = new TarReader(
                new VerifiedInputStream(
                        LayerStream.open(leftOpen, "The " + name), diffId, -1, "The uncompressed " + name),
                TarLimits.LAYER)) {
            int number = 0;
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                visitor.visit(number++, entry.get(), tar::content);
            }
        }
    }
}
