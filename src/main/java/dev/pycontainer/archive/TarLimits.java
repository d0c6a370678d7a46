package dev.pycontainer.archive;

/**
 * How much a tar may ask of its reader.
 *
 * @param entries the greatest number of entries
 * @param nameBytes the greatest length of a path or link target; Linux itself allows 4096
 * @param extensionBytes the greatest size of one PAX header or GNU long name, as in Go's reader, which every runtime uses
 */
public record TarLimits(int entries, int nameBytes, int extensionBytes) {

    public static final TarLimits LAYER = new TarLimits(1_000_000, 4096, 1 << 20);
}
