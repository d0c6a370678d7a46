package dev.pycontainer.rootfs;

import dev.pycontainer.archive.ElfDynamic;
import dev.pycontainer.archive.TarEntry;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Flights;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Tells what layers hold; each is read once ever, and remembered by its diff_id. */
public final class ReadLayerIndex {

    private static final String KIND = "layer-index";

    /** Raised when more is remembered of a layer, in another form, or when its files are read otherwise. */
    private static final int VERSION = 2;

    /** Each may have a library in memory. */
    private static final int AT_ONCE = 4;

    /** What tells where loaders search, and what system it is. */
    private static final Pattern CONFIGURATION =
            Pattern.compile("etc/ld\\.so\\.conf(?:\\.d/[^/]*)?|etc/ld-musl-[^/]*\\.path|(?:etc|usr/lib)/os-release");

    /** Far greater than any of these files; a greater one is as good as none. */
    private static final int LONGEST_TEXT = 1 << 16;

    private final ReadElf readElf;
    private final Remembered remembered;

    /** @param store for temporary files */
    public ReadLayerIndex(BlobStore store, Remembered remembered) {
        this.readElf = new ReadElf(store);
        this.remembered = remembered;
    }

    /** In the order of the layers, several of which are read at once. */
    public List<LayerIndex> of(List<? extends Layer> layers) throws IOException {
        return InParallel.<Layer, LayerIndex, IOException>map(List.copyOf(layers), AT_ONCE, this::of);
    }

    private LayerIndex of(Layer layer) throws IOException {
        Digest inputs = Digest.of(KIND + VERSION + "\0" + layer.diffId());
        return remembered
                .flights()
                .once(
                        Flights.Kind.READING,
                        inputs,
                        () -> remembered.recall(KIND, inputs).map(LayerIndex::read),
                        () -> read(layer, inputs));
    }

    private LayerIndex read(Layer layer, Digest inputs) throws IOException {
        LayerIndex.Draft draft = new LayerIndex.Draft();
        ReadLayer.entries(layer, "the image", (number, entry, content) -> draft.add(entry(entry, content)));
        LayerIndex index = draft.index();
        remembered.keep(KIND, inputs, index.bytes());
        return index;
    }

    private LayerIndex.Entry entry(TarEntry entry, Supplier<InputStream> content) throws IOException {
        if (entry.isFile() && CONFIGURATION.matcher(entry.path()).matches() && entry.size() <= LONGEST_TEXT) {
            String text = new String(content.get().readAllBytes(), StandardCharsets.UTF_8);
            return new LayerIndex.Entry(entry, Optional.empty(), Optional.of(text));
        }
        Optional<ElfDynamic> elf = entry.isFile() ? readElf.of(content.get(), entry.size()) : Optional.empty();
        return new LayerIndex.Entry(entry, elf, Optional.empty());
    }
}
