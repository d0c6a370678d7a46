package dev.pycontainer.rootfs;

import dev.pycontainer.archive.ElfDynamic;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Spool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Optional;

/** Reads ELF files as they stream by, with the same memory for a large one as for a small one. */
public final class ReadElf {

    /** Nearly all libraries; a larger one goes through a temporary file. */
    private static final int IN_MEMORY = 4 << 20;

    private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};

    private final BlobStore store;

    /** @param store for temporary files */
    public ReadElf(BlobStore store) {
        this.store = store;
    }

    /**
     * What the file asks of the loader; of what is no ELF file a few bytes alone are read.
     *
     * @param size of the content, in bytes
     */
    public Optional<ElfDynamic> of(InputStream content, long size) throws IOException {
        byte[] beginning = content.readNBytes(MAGIC.length);
        if (!Arrays.equals(beginning, MAGIC)) {
            return Optional.empty();
        }
        if (size <= IN_MEMORY) {
            byte[] file = Arrays.copyOf(beginning, (int) size);
            content.readNBytes(file, MAGIC.length, file.length - MAGIC.length);
            return ElfDynamic.read(file);
        }
        try (Spool spool = store.spool()) {
            spool.add(new SequenceInputStream(new ByteArrayInputStream(beginning), content));
            return ElfDynamic.read(spool.channel());
        }
    }
}
