package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Specifier;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Version;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Compares the Pythons that a project allows with those of its lock, by what they mean and not as they are written. */
final class UvPython {

    private static final int NEWEST_MINOR = 30;

    private UvPython() {}

    /**
     * A Python on which both differ, if there is one.
     *
     * @param alone whether the lock is of this project alone: that of a workspace allows what all its members do
     */
    static Optional<Version> difference(SpecifierSet project, SpecifierSet lock, boolean alone) {
        return probes(List.of(project, lock)).stream()
                .filter(python -> alone
                        ? project.contains(python) != lock.contains(python)
                        : lock.contains(python) && !project.contains(python))
                .findFirst();
    }

    /** Each minor version's first release, and for each version that is named itself, the one before and the one after. */
    private static NavigableSet<Version> probes(Collection<SpecifierSet> sets) {
        NavigableSet<Version> probes = new TreeSet<>();
        for (int minor = 0; minor <= NEWEST_MINOR; minor++) {
            probes.add(Version.parse("3." + minor));
            probes.add(Version.parse("3." + minor + ".1"));
            probes.add(Version.parse("3." + minor + ".99"));
        }
        sets.stream()
                .flatMap(set -> set.clauses().stream())
                .map(Specifier::version)
                .map(text -> text.replaceFirst("\\.\\*$", ""))
                .flatMap(text -> Version.tryParse(text).stream())
                .flatMap(UvPython::around)
                .forEach(probes::add);
        return probes;
    }

    private static Stream<Version> around(Version named) {
        List<BigInteger> release = named.release();
        if (release.size() < 3) {
            return Stream.empty();
        }
        String minor = release.get(0) + "." + release.get(1) + ".";
        BigInteger patch = release.get(2);
        return Stream.of(patch.subtract(BigInteger.ONE), patch, patch.add(BigInteger.ONE))
                .filter(number -> number.signum() >= 0)
                .map(number -> Version.parse(minor + number));
    }
}
