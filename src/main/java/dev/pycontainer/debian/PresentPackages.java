package dev.pycontainer.debian;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The packages that are there, of the base and chosen so far, found by every name that they have or provide. */
final class PresentPackages {

    private final String architecture;
    private final Map<String, List<DebianPackage>> byName = new HashMap<>();

    /** @param architecture of the image */
    PresentPackages(String architecture) {
        this.architecture = architecture;
    }

    void add(DebianPackage present) {
        Stream.concat(
                        Stream.of(present.name()),
                        present.provided(architecture).stream().map(DebianPackage.Provided::name))
                .distinct()
                .forEach(name ->
                        byName.computeIfAbsent(name, it -> new ArrayList<>(1)).add(present));
    }

    /** All that have or provide the name. */
    List<DebianPackage> called(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** A package that meets the relation, one of its own name before others. */
    Optional<DebianPackage> meeting(Relation relation) {
        List<DebianPackage> fitting = called(relation.name()).stream()
                .filter(it -> it.meets(relation, architecture))
                .toList();
        return fitting.stream()
                .filter(it -> it.name().equals(relation.name()))
                .findFirst()
                .or(() -> fitting.stream().findFirst());
    }
}
