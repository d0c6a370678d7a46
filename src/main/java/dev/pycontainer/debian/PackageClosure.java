package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.NearestName;
import dev.pycontainer.content.Utf8Order;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The packages chosen so far, and what they still need. All that was asked for is chosen first, and then followed in
 * the order of the names; dependencies are followed in the order in which they are written.
 */
final class PackageClosure {

    private static final int SHOWN = 10;

    private final PackageIndex index;
    private final List<DebianPackage> installed;
    private final LeftOutPackages leftOut;
    private final PresentPackages present;
    private final NavigableMap<String, ChosenPackage> chosen = new TreeMap<>(Utf8Order.INSTANCE);
    private final Deque<Open> open = new ArrayDeque<>();
    private final Queue<Choice> choices = new ArrayDeque<>();

    /** A chosen package's dependencies that nobody has looked at. */
    private record Open(ChosenPackage by, Iterator<List<Relation>> requirements) {}

    /** A dependency that several packages could meet. */
    private record Choice(ChosenPackage by, List<Relation> alternatives) {}

    PackageClosure(PackageIndex index, List<DebianPackage> installed, LeftOutPackages leftOut) {
        this.index = index;
        this.installed = installed;
        this.leftOut = leftOut;
        this.present = new PresentPackages(index.architecture());
        installed.forEach(present::add);
    }

    /** Chooses the packages of these names; what the base has is chosen already. */
    void ask(NavigableSet<String> names) {
        List<ChosenPackage> first = new ArrayList<>();
        List<String> virtual = new ArrayList<>();
        for (String name : names) {
            if (!isInstalled(name)) {
                index.named(name)
                        .ifPresentOrElse(it -> first.add(choose(it, Optional.empty())), () -> virtual.add(name));
            }
        }
        for (String name : virtual) {
            if (present.called(name).isEmpty()) {
                first.add(choose(onlyProvider(name), Optional.empty()));
            }
        }
        // The last one opened is looked at first.
        for (int i = first.size() - 1; i >= 0; i--) {
            follow(first.get(i));
        }
    }

    private IndexedPackage onlyProvider(String name) {
        List<IndexedPackage> providers = index.providing(name);
        if (providers.isEmpty()) {
            throw BuildRefused.because("There is no package " + name + " in " + index.suites() + " for "
                            + index.architecture() + ".")
                    .todo(NearestName.of(name, index.names())
                            .map(nearest -> "did you mean " + nearest + "?")
                            .orElse("look up what the package is called in this suite"));
        }
        if (providers.size() > 1) {
            throw BuildRefused.because("The package " + name + " is a virtual one, which several packages provide.")
                    .why("there are "
                            + providers.stream()
                                    .map(IndexedPackage::name)
                                    .limit(SHOWN)
                                    .collect(Collectors.joining(", "))
                            + (providers.size() > SHOWN ? ", …" : ""))
                    .todo("ask for the one of them that is meant");
        }
        return providers.get(0);
    }

    private boolean isInstalled(String name) {
        return present.called(name).stream().anyMatch(it -> it.name().equals(name) && it.isFor(index.architecture()));
    }

    private ChosenPackage choose(IndexedPackage found, Optional<ChosenPackage> by) {
        ChosenPackage choice = new ChosenPackage(found, by);
        by.ifPresent(choice::noteRequiredBy);
        chosen.put(found.name(), choice);
        present.add(found.description());
        return choice;
    }

    private void follow(ChosenPackage choice) {
        open.push(new Open(
                choice, choice.description().requirements(index.architecture()).iterator()));
    }

    /**
     * Follows the dependencies until none is left, in a loop however deep they are. Where there is a choice it is put
     * off until nothing else is left to follow, so that what must be there anyway is found there.
     */
    void complete() {
        while (!open.isEmpty() || !choices.isEmpty()) {
            if (open.isEmpty()) {
                Choice choice = choices.remove();
                meet(choice.by(), choice.alternatives(), true);
            } else if (open.element().requirements().hasNext()) {
                meet(open.element().by(), open.element().requirements().next(), false);
            } else {
                open.remove();
            }
        }
    }

    private void meet(ChosenPackage by, List<Relation> alternatives, boolean mayChoose) {
        if (isPresent(by, alternatives) || leftOut.meet(by.name(), alternatives)) {
            return;
        }
        List<IndexedPackage> candidates = alternatives.stream()
                .flatMap(relation -> index.meeting(relation).stream())
                // What the base has in another version cannot be had in this one.
                .filter(it -> !isInstalled(it.name()))
                .distinct()
                .toList();
        if (candidates.isEmpty()) {
            throw new UnmetDependency(index, installed).refused(by, alternatives);
        }
        if (candidates.size() > 1 && !mayChoose) {
            choices.add(new Choice(by, alternatives));
            return;
        }
        follow(choose(candidates.get(0), Optional.of(by)));
    }

    private boolean isPresent(ChosenPackage by, List<Relation> alternatives) {
        Optional<DebianPackage> met = alternatives.stream()
                .flatMap(relation -> present.meeting(relation).stream())
                .findFirst();
        met.map(it -> chosen.get(it.name()))
                .filter(choice -> choice.description().equals(met.get()))
                .ifPresent(choice -> choice.noteRequiredBy(by));
        return met.isPresent();
    }

    /** Refuses what conflicts with, or breaks, another package that is there. */
    void mustBeFreeOfConflicts() {
        ConflictCheck check = new ConflictCheck(index.architecture(), present, chosen);
        chosen.values().forEach(choice -> check.mustHold(choice.description()));
        installed.forEach(check::mustHold);
    }

    ResolvedPackages result() {
        return new ResolvedPackages(
                chosen.values().stream().map(ChosenPackage::resolved).toList(), leftOut.needed());
    }
}
