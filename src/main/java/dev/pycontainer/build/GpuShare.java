package dev.pycontainer.build;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The packages that only a GPU needs, where they are most of an image's wheels: often nobody knows that they come along.
 *
 * @param packages the largest first
 * @param wheelBytes of all wheels
 */
record GpuShare(List<PlannedPackage> packages, long wheelBytes) {

    private static final int MOST_SHOWN = 3;

    /** Nothing where they are no more than half of the bytes. */
    static Optional<GpuShare> of(ImagePlan plan) {
        GpuShare share = new GpuShare(
                plan.packages().stream()
                        .filter(one -> isForGpu(one.name().value()))
                        .sorted(Comparator.comparingLong(PlannedPackage::size)
                                .reversed()
                                .thenComparing(PlannedPackage::name))
                        .toList(),
                plan.wheelBytes());
        return Optional.of(share).filter(gpu -> gpu.bytes() > gpu.wheelBytes() - gpu.bytes());
    }

    private static boolean isForGpu(String name) {
        return name.startsWith("nvidia-") || name.equals("triton");
    }

    long bytes() {
        return packages.stream().mapToLong(PlannedPackage::size).sum();
    }

    /** Such as {@code GPU packages are 2.7 GiB of the wheels' 3.1 GiB (87 %): …}. */
    @Override
    public String toString() {
        String shown = packages.stream()
                .limit(MOST_SHOWN)
                .map(one -> one.name() + " " + ByteCount.of(one.size()))
                .collect(Collectors.joining(", "));
        int more = packages.size() - MOST_SHOWN;
        return String.format(
                Locale.ROOT,
                "GPU packages are %s of the wheels' %s (%d %%): %s%s. An image that needs no GPU is smaller with what"
                        + " requires them locked from an index of builds for the CPU.",
                ByteCount.of(bytes()),
                ByteCount.of(wheelBytes),
                Math.round(100.0 * bytes() / wheelBytes),
                shown,
                more > 0 ? " and " + more + " more" : "");
    }
}
