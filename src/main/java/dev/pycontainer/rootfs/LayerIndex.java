package dev.pycontainer.rootfs;

import dev.pycontainer.archive.ElfDynamic;
import dev.pycontainer.archive.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What one layer holds, without the contents: each entry of its tar in its order, and of ELF files what they ask of the loader.
 *
 * <p>Held as the bytes in which it is remembered, some forty for an entry, and taken apart anew by each reader.
 */
public final class LayerIndex {

    /**
     * One entry.
     *
     * @param elf what it asks of the loader, if it is an ELF file
     * @param text the whole content of a file that {@link ReadLayerIndex} takes for the system's configuration
     */
    record Entry(TarEntry tar, Optional<ElfDynamic> elf, Optional<String> text) {}

    /** Takes in one entry. */
    interface Visitor {
        /** @param number of the entry, the first being 0 */
        void visit(int number, Entry entry);
    }

    private final byte[] bytes;

    private LayerIndex(byte[] bytes) {
        this.bytes = bytes;
    }

    /** One that {@link #bytes} gave. */
    static LayerIndex read(byte[] bytes) {
        return new LayerIndex(bytes.clone());
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Passes on every entry, in the order of the tar. */
    void visit(Visitor visitor) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            LayerIndexForm.Reader form = new LayerIndexForm.Reader(in);
            for (int number = 0; in.available() > 0; number++) {
                visitor.visit(number, form.next());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what is remembered was written here and has its hash", e);
        }
    }

    /** Collects the entries of a layer that is read. */
    static final class Draft {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final LayerIndexForm.Writer form = new LayerIndexForm.Writer(new DataOutputStream(bytes));

        void add(Entry entry) throws IOException {
            form.add(entry);
        }

        LayerIndex index() {
            return new LayerIndex(bytes.toByteArray());
        }
    }
}
