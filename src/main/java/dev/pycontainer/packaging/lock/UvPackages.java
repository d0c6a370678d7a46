package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packages of a {@code uv.lock}, several of one name where its resolution forked. */
final class UvPackages {

    private final Map<PackageName, List<UvPackage>> byName;

    private UvPackages(Map<PackageName, List<UvPackage>> byName) {
        this.byName = byName;
    }

    static UvPackages of(TomlTable top) {
        UvMarkers markers = new UvMarkers();
        Map<PackageName, List<UvPackage>> byName = new LinkedHashMap<>();
        for (String key : List.of("package", "distribution")) { // the name until uv 0.4
            int number = 0;
            for (TomlTable table : top.tables(key)) {
                number++;
                UvPackage read = UvPackage.of(table.at(key + " " + number), markers);
                add(byName.computeIfAbsent(read.name(), name -> new ArrayList<>(1)), read);
            }
        }
        return new UvPackages(byName);
    }

    // In the wild: tools that join locks repeat a package, once with each part of its wheels.
    private static void add(List<UvPackage> sameName, UvPackage read) {
        for (int i = 0; i < sameName.size(); i++) {
            if (sameName.get(i).isSameAs(read)) {
                sameName.set(i, sameName.get(i).with(read));
                return;
            }
        }
        sameName.add(read);
    }

    Stream<UvPackage> all() {
        return byName.values().stream().flatMap(List::stream);
    }

    List<UvPackage> named(PackageName name) {
        return byName.getOrDefault(name, List.of());
    }

    /** The projects on disk that the lock knows, the one that it lies beside among them. */
    Stream<UvPackage> projects() {
        return all().filter(candidate -> candidate.source().isProject());
    }

    /**
     * The package that an edge means: uv names version and source only as far as the name is ambiguous.
     *
     * @param requiredBy whose edge it is, for a refusal
     */
    UvPackage meantBy(UvDependency edge, String requiredBy, MarkerEnvironment environment) {
        List<UvPackage> sameName = named(edge.name());
        if (sameName.size() == 1 && edge.means(sameName.get(0))) {
            return sameName.get(0);
        }
        List<UvPackage> candidates = sameName.stream().filter(edge::means).toList();
        if (candidates.size() > 1) {
            candidates = candidates.stream()
                    .filter(candidate -> isInForkOf(candidate, environment))
                    .toList();
        }
        if (candidates.size() != 1) {
            throw unclear(edge, requiredBy, candidates);
        }
        return candidates.get(0);
    }

    private static boolean isInForkOf(UvPackage candidate, MarkerEnvironment environment) {
        return candidate.forks().isEmpty()
                || candidate.forks().stream().anyMatch(marker -> marker.evaluate(environment));
    }

    private static BuildRefused unclear(UvDependency edge, String requiredBy, List<UvPackage> candidates) {
        String wanted =
                edge.name() + edge.version().map(version -> " " + version).orElse("");
        String several = candidates.stream().map(UvPackage::place).collect(Collectors.joining(", "));
        return BuildRefused.because(
                        "The lock does not say which package " + requiredBy + " means by \"" + wanted + "\".")
                .why(candidates.isEmpty() ? "it holds no such package" : "it holds several: " + several)
                .todo(UvLock.AGAIN);
    }
}
