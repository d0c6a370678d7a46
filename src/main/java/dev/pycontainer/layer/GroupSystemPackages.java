package dev.pycontainer.layer;

import dev.pycontainer.content.Utf8Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides which Debian packages share a layer: those of one source package, which are updated together; and all of the small
 * sources.
 *
 * <p>A package that comes, goes or is updated changes the layer of its own source, or the one of the small ones, and no other.
 */
public final class GroupSystemPackages {

    /** A layer costs a runtime a request and a mount; below this size the bytes cost less. */
    private static final long LARGE = 512 << 10;

    private final int most;

    /** @param most layers that there may be, one at least; where there are more large sources, the largest have their own */
    public GroupSystemPackages(int most) {
        this.most = most;
    }

    /** The groups in the order of their sources' names, that of the small ones last; none of no packages. */
    public List<List<SystemPackage>> of(List<SystemPackage> packages) {
        Map<String, List<SystemPackage>> bySource = new TreeMap<>(Utf8Order.INSTANCE);
        packages.forEach(each -> bySource.computeIfAbsent(source(each), source -> new ArrayList<>())
                .add(each));
        List<List<SystemPackage>> large = bySource.values().stream()
                .filter(group -> size(group) >= LARGE)
                .sorted(Comparator.comparingLong(GroupSystemPackages::size).reversed())
                .limit(most - 1L)
                .toList();
        List<List<SystemPackage>> groups = new ArrayList<>();
        List<SystemPackage> small = new ArrayList<>();
        bySource.values().forEach(group -> {
            if (large.contains(group)) {
                groups.add(List.copyOf(group));
            } else {
                small.addAll(group);
            }
        });
        if (!small.isEmpty()) {
            groups.add(List.copyOf(small));
        }
        return List.copyOf(groups);
    }

    /** An archive's pool has a directory for each source: {@code pool/main/g/glibc/libc6_2.41-12_amd64.deb}. */
    private static String source(SystemPackage each) {
        String[] parts = each.file().path().split("/", -1);
        return parts.length > 2 && parts[0].equals("pool") ? parts[parts.length - 2] : each.name();
    }

    private static long size(List<SystemPackage> group) {
        return group.stream().mapToLong(each -> each.file().size()).sum();
    }
}
