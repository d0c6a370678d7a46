package dev.pycontainer.base;

import dev.pycontainer.archive.ElfFile;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is kept of one file of the base after its bytes have passed once.
 *
 * @param text the whole content, a character for each byte, of a file that is small and no ELF file; else empty
 */
record Reading(Optional<ElfFile> elf, VersionStrings versions, String text) {

    /** Greater than any passwd or group file, far greater than any {@code patchlevel.h}. */
    private static final int LONGEST_TEXT = 1 << 20;

    /** Reads the file to its end, a 30 MB executable with the same few buffers as a small one. */
    static Reading of(InputStream content, long size) throws IOException {
        VersionStrings versions = new VersionStrings();
        if (size <= LONGEST_TEXT) {
            byte[] bytes = content.readAllBytes();
            versions.update(bytes, 0, bytes.length);
            Optional<ElfFile> elf = ElfFile.read(new ByteArrayInputStream(bytes));
            return new Reading(elf, versions, elf.isPresent() ? "" : new String(bytes, StandardCharsets.ISO_8859_1));
        }
        InputStream passing = new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                versions.update(bytes, offset, Math.max(count, 0));
                return count;
            }
        };
        Optional<ElfFile> elf = ElfFile.read(passing);
        passing.transferTo(OutputStream.nullOutputStream());
        return new Reading(elf, versions, "");
    }
}
