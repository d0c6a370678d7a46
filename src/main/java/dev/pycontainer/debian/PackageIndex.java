package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What several suites offer for one architecture: of each name the package of the greatest version, as apt's candidate
 * is without pins. Of equal versions the first given counts.
 */
public final class PackageIndex {

    // apt's order of those that provide one virtual package, as far as it does not hang on what the machine has. Last
    // of
    // all apt takes what its cache was told of last: in lists that are sorted, mostly the last name.
    private static final Comparator<IndexedPackage> PREFERRED = Comparator.<IndexedPackage, Boolean>comparing(
                    it -> !it.description().essential())
            .thenComparing(it -> it.description().priority())
            .thenComparing(IndexedPackage::name, Utf8Order.INSTANCE.reversed());

    private final String architecture;
    private final List<String> suites;
    private final Map<String, IndexedPackage> packages = new HashMap<>();
    private final Map<String, List<IndexedPackage>> providers = new HashMap<>();

    private PackageIndex(String architecture, List<String> suites) {
        this.architecture = architecture;
        this.suites = suites;
    }

    /**
     * Reads lists of packages for one architecture and for {@code all}; a package of another one is refused.
     *
     * @param lists the first given wins where versions are equal
     */
    public static PackageIndex read(String architecture, List<PackageList> lists) throws IOException {
        PackageIndex index = new PackageIndex(
                architecture, lists.stream().map(PackageList::suite).toList());
        for (PackageList list : lists) {
            try (InputStream in = list.content().open()) {
                index.add(list.suite(), new ReadControl(in, "Packages of " + list.suite() + " for " + architecture));
            }
        }
        index.packages.values().forEach(index::addProvided);
        return index;
    }

    private void add(String suite, ReadControl paragraphs) throws IOException {
        for (Optional<ControlParagraph> next = paragraphs.next(); next.isPresent(); next = paragraphs.next()) {
            ControlParagraph paragraph = next.get();
            DebianPackage description = DebianPackage.of(paragraph);
            if (!description.isFor(architecture)) {
                throw BuildRefused.because(description + " is for " + description.architecture()
                                + ", in a list of packages for " + architecture + ".")
                        .in(paragraph.place());
            }
            PackageFile file = PackageFile.of(paragraph);
            packages.merge(
                    description.name(),
                    new IndexedPackage(description, file, suite),
                    (first, second) -> first.version().compareTo(second.version()) < 0 ? second : first);
        }
    }

    private void addProvided(IndexedPackage provider) {
        provider.description().provided(architecture).stream()
                .map(DebianPackage.Provided::name)
                .distinct()
                .forEach(name -> providers
                        .computeIfAbsent(name, it -> new ArrayList<>(1))
                        .add(provider));
    }

    public String architecture() {
        return architecture;
    }

    /** The suites in the order given, for messages: {@code bookworm, bookworm-updates}. */
    String suites() {
        return suites.stream().distinct().collect(Collectors.joining(", "));
    }

    /** The names of all packages, virtual ones not among them; in no order. */
    Collection<String> names() {
        return Collections.unmodifiableSet(packages.keySet());
    }

    /** The package of this name, never one that only provides it. */
    public Optional<IndexedPackage> named(String name) {
        return Optional.ofNullable(packages.get(name));
    }

    /** The packages that meet a relation: that of its name, then those that provide it, the preferred first. */
    List<IndexedPackage> meeting(Relation relation) {
        List<IndexedPackage> found = new ArrayList<>();
        named(relation.name()).ifPresent(found::add);
        providing(relation.name()).stream()
                .filter(it -> !it.name().equals(relation.name()))
                .forEach(found::add);
        found.removeIf(it -> !it.description().meets(relation, architecture));
        return found;
    }

    /** The packages that provide a name, the preferred first. */
    List<IndexedPackage> providing(String name) {
        return providers.getOrDefault(name, List.of()).stream()
                .sorted(PREFERRED)
                .toList();
    }
}
