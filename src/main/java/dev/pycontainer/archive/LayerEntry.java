package dev.pycontainer.archive;

/**
 * All that a layer's tar says of one entry besides its content.
 *
 * @param type {@code '0'} for a file, {@code '5'} for a directory, {@code '1'} for a hard link, {@code '2'} for a symbolic one
 * @param size of the content, in bytes
 * @param target what a link leads to; empty for any other entry
 */
record LayerEntry(EntryHeader header, char type, long size, String target) {

    String path() {
        return header.path();
    }

    /** Its header in the tar: whole blocks. */
    byte[] blocks() {
        return TarHeader.of(header, type, size, target);
    }
}
