package dev.pycontainer.debian;

import dev.pycontainer.content.Utf8Order;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The packages that are deliberately not there, and who needs them nevertheless. */
final class LeftOutPackages {

    private final PackageIndex index;
    private final NavigableMap<String, String> reasons = new TreeMap<>(Utf8Order.INSTANCE);
    private final Map<String, DebianPackage> byProvidedName = new HashMap<>();
    private final NavigableMap<String, NavigableSet<String>> needed = new TreeMap<>(Utf8Order.INSTANCE);

    /** @param reasons why each is left out, by its name */
    LeftOutPackages(PackageIndex index, Map<String, String> reasons) {
        this.index = index;
        this.reasons.putAll(reasons);
        for (String name : this.reasons.keySet()) {
            index.named(name).map(IndexedPackage::description).ifPresent(this::addProvided);
        }
    }

    private void addProvided(DebianPackage leftOut) {
        leftOut.provided(index.architecture())
                .forEach(provided -> byProvidedName.putIfAbsent(provided.name(), leftOut));
    }

    /** Whether one of them meets a dependency, in whatever version; it is noted who has it. */
    boolean meet(String dependent, List<Relation> alternatives) {
        Optional<String> name = alternatives.stream()
                .flatMap(relation -> meeting(relation).stream())
                .findFirst();
        name.ifPresent(it -> needed.computeIfAbsent(it, absent -> new TreeSet<>(Utf8Order.INSTANCE))
                .add(dependent));
        return name.isPresent();
    }

    private Optional<String> meeting(Relation relation) {
        return reasons.containsKey(relation.name())
                ? Optional.of(relation.name())
                : Optional.ofNullable(byProvidedName.get(relation.name()))
                        .filter(it -> it.meets(relation, index.architecture()))
                        .map(DebianPackage::name);
    }

    List<ResolvedPackages.LeftOut> needed() {
        return needed.entrySet().stream()
                .map(it -> new ResolvedPackages.LeftOut(
                        it.getKey(), reasons.getOrDefault(it.getKey(), ""), List.copyOf(it.getValue())))
                .toList();
    }
}
