package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A dependency that nothing meets, and why: what the base has, and what the index offers. */
final class UnmetDependency {

    // A reader looks at no more.
    private static final int SHOWN = 5;

    private final PackageIndex index;
    private final List<DebianPackage> installed;

    UnmetDependency(PackageIndex index, List<DebianPackage> installed) {
        this.index = index;
        this.installed = installed;
    }

    BuildRefused refused(ChosenPackage by, List<Relation> alternatives) {
        List<Relation> shown = alternatives.stream().limit(SHOWN).toList();
        String needs = by.description() + " needs " + Relations.text(shown)
                + (alternatives.size() > shown.size() ? " | …" : "");
        return alternatives.stream()
                .flatMap(relation -> ofTheBase(relation).stream())
                .findFirst()
                .map(other -> BuildRefused.because("The base has " + other + ", and " + needs + ".")
                        .why("a package of the base is never replaced: its files would be in the image twice")
                        .todo(advice(other)))
                .orElseGet(() -> BuildRefused.because(needs + ", which nothing in " + index.suites() + " meets.")
                        .why(shown.stream().map(this::offer).collect(Collectors.joining("; ")))
                        .todo("check that the mirror has all suites of the distribution, and in the same state"))
                .in(by.chain());
    }

    private Optional<DebianPackage> ofTheBase(Relation relation) {
        return installed.stream()
                .filter(it -> it.name().equals(relation.name()) && it.isFor(index.architecture()))
                .findFirst();
    }

    /** What helps where the base and the index are not of one time. */
    private String advice(DebianPackage ofTheBase) {
        String name = ofTheBase.name();
        Optional<IndexedPackage> offered = index.named(name);
        int age = offered.map(it -> it.version().compareTo(ofTheBase.version())).orElse(0);
        if (age > 0) {
            return "use a newer base, with " + offered.get()
                    + ": a tag is rebuilt when its packages are updated, and leads to"
                    + " the new image once no digest and no pycontainer.lock names the old one";
        }
        return age < 0
                ? "use a mirror that is as new as the base: this one has " + offered.get()
                : "use another base image, in which " + name + " has a version that fits";
    }

    private String offer(Relation relation) {
        return index.named(relation.name())
                .map(it -> it.suite() + " has " + it)
                .or(() -> index.providing(relation.name()).stream()
                        .findFirst()
                        .map(it -> it + " provides `" + it.description().provides() + "`"))
                .orElse("there is no package " + relation.name());
    }
}
