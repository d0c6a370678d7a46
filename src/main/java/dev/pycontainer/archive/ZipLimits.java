package dev.pycontainer.archive;

/**
 * How much an archive may promise before it is taken for an attack.
 *
 * @param entries the greatest number of entries
 * @param totalSize the greatest sum of the entries' uncompressed sizes, in bytes
 * @param ratio how many times larger than the archive that sum may be; sums below 64 MiB are not judged
 */
public record ZipLimits(int entries, long totalSize, int ratio) {

    /**
     * Generous to every wheel that is known, hostile to what fills a disk: 500,000 entries, 64 GiB, 200 times. The size costs
     * no memory, the entries do.
     */
    public static final ZipLimits WHEEL = new ZipLimits(500_000, 64L << 30, 200);

    static final long RATIO_JUDGED_FROM = 64L << 20;
}
