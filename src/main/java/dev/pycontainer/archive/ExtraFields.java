package dev.pycontainer.archive;

import java.util.Arrays;
import java.util.Optional;

/**
 * The extra fields of one header (APPNOTE 6.3.10, section 4.5), of which none may give an entry a second size or name.
 *
 * @param zip64 the content of the zip64 field (4.5.3), where there is one
 */
record ExtraFields(Optional<LittleEndian> zip64) {

    private static final int ZIP64 = 0x0001;
    private static final int UNICODE_PATH = 0x7075;

    /**
     * Reads the fields.
     *
     * @param name the entry's name as the header holds it
     * @param whose what the header is to the entry, for refusals: {@code its}, or {@code its local header's}
     */
    static ExtraFields of(LittleEndian bytes, byte[] name, String path, String whose) {
        Optional<LittleEndian> zip64 = Optional.empty();
        for (int at = 0; at < bytes.length(); ) {
            int length = bytes.length() - at < 4 ? -1 : bytes.u2(at + 2);
            if (length < 0 || at + 4 + length > bytes.length()) {
                throw CentralDirectory.entry(path, whose + " extra fields are damaged");
            }
            LittleEndian field = bytes.slice(at + 4, length);
            int id = bytes.u2(at);
            if (id == ZIP64 && zip64.isPresent()) {
                throw CentralDirectory.entry(path, whose + " extra fields hold two of zip64");
            } else if (id == ZIP64) {
                zip64 = Optional.of(field);
            } else if (id == UNICODE_PATH && !isName(field, name)) {
                throw CentralDirectory.entry(path, whose + " extra fields give it another name");
            }
            at += 4 + length;
        }
        return new ExtraFields(zip64);
    }

    /** Section 4.6.9: behind a version and a CRC-32, the name for those who understand the field. */
    private static boolean isName(LittleEndian field, byte[] name) {
        return field.length() >= 5 && Arrays.equals(field.copy(5, field.length() - 5), name);
    }
}
