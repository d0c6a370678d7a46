package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Specifier;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All that a requirements file says of one package, for one target: as in pip, every word of it must be met. */
final class RequirementGroup {

    /** What writes a file in which everything is pinned and has its hashes. */
    static final String ADVICE =
            "write the file with `pip-compile --generate-hashes` or `uv pip compile --universal --generate-hashes`";

    private final PackageName name;
    private final List<RequirementEntry> entries = new ArrayList<>();
    private final List<LocateRequirement.Located> located = new ArrayList<>();
    private final Set<String> extras = new TreeSet<>(Utf8Order.INSTANCE);

    RequirementGroup(PackageName name) {
        this.name = name;
    }

    void require(RequirementEntry entry) {
        entries.add(entry);
        extras.addAll(entry.extras());
    }

    /** Takes in a requirement that means one file, directory or URL. */
    void require(RequirementEntry entry, LocateRequirement.Located where) {
        require(entry);
        located.add(where);
    }

    void constrain(RequirementEntry entry) {
        entries.add(entry);
    }

    /** Where the package is first required. */
    RequirementEntry.Place place() {
        return entries.get(0).place();
    }

    /** The package in its one version; refused where none is pinned, or two requirements cannot both be met. */
    LockedPackage locked(boolean hashChecking, List<String> indexes) {
        if (located.isEmpty()) {
            Version version = version().orElseThrow(this::unpinned);
            checkAll(version);
            return locked(Optional.of(version), files(version, hashChecking), indexes);
        }
        LocateRequirement.Located first = located.get(0);
        for (LocateRequirement.Located other : located) {
            if (!other.equals(first)) {
                throw BuildRefused.because("Package \"" + name + "\" is required from two places.")
                        .why(places() + " name different ones")
                        .todo("leave one of them");
            }
        }
        first.version().ifPresent(this::checkAll);
        return locked(first.version(), first.files(), List.of());
    }

    private LockedPackage locked(Optional<Version> version, LockedFiles files, List<String> indexes) {
        return new LockedPackage(name, version, files, indexes, List.copyOf(extras), List.of());
    }

    /** The version that is pinned, or that the one file has; none where nothing tells it. */
    Optional<Version> version() {
        return located.stream()
                .flatMap(where -> where.version().stream())
                .findFirst()
                .or(() -> entries.stream()
                        .flatMap(entry -> specifiers(entry).flatMap(RequirementGroup::pinOf).stream())
                        .findFirst());
    }

    private static Optional<SpecifierSet> specifiers(RequirementEntry entry) {
        return entry.subject() instanceof RequirementEntry.Release release
                ? Optional.of(release.specifiers())
                : Optional.empty();
    }

    /** The one version that the specifiers allow, where one of them names it; {@code ==1.*} names many. */
    static Optional<Version> pinOf(SpecifierSet specifiers) {
        for (Specifier clause : specifiers.clauses()) {
            boolean exact = clause.operator() == Specifier.Operator.ARBITRARY
                    || (clause.operator() == Specifier.Operator.EQUAL
                            && !clause.version().endsWith(".*"));
            if (exact) {
                return Version.tryParse(clause.version());
            }
        }
        return Optional.empty();
    }

    private void checkAll(Version version) {
        for (RequirementEntry entry : entries) {
            Optional<SpecifierSet> specifiers = specifiers(entry);
            if (specifiers.isPresent() && !specifiers.get().contains(version, true)) {
                throw BuildRefused.because("The requirements for package \"" + name + "\" cannot all be met.")
                        .why(entry.place() + " asks for " + specifiers.get() + ", and " + version + " is pinned")
                        .todo(ADVICE);
            }
        }
    }

    /** As in pip, a file must have a hash of every line that gives any. */
    private LockedFiles files(Version version, boolean hashChecking) {
        Set<Digest> common = null;
        for (RequirementEntry entry : entries) {
            if (entry.isHashed()) {
                if (common == null) {
                    common = new TreeSet<>(entry.hashes());
                } else {
                    common.retainAll(entry.hashes());
                }
            }
        }
        if (common == null && hashChecking) {
            throw BuildRefused.because("Requirement \"" + name + "\" " + version + " is unhashed, and others are not.")
                    .why("in pip's hash-checking mode, which any hash begins, every requirement needs one")
                    .todo(ADVICE);
        }
        if (common == null) {
            return new LockedFiles.Unhashed();
        }
        if (common.isEmpty()) {
            throw BuildRefused.because("The hashes for package \"" + name + "\" contradict each other.")
                    .why(places() + " have none in common, and a file must have a hash of each")
                    .todo(ADVICE);
        }
        return new LockedFiles.Hashed(List.copyOf(common));
    }

    private String places() {
        return String.join(
                " and ", entries.stream().map(entry -> entry.place().toString()).toList());
    }

    /** Whether no line names one version, as a resolver would have to choose it. */
    boolean isUnpinned() {
        return located.isEmpty() && version().isEmpty();
    }

    /** The requirement in words, all its lines together. */
    String allowed() {
        return name + specifiers();
    }

    private String specifiers() {
        return entries.stream()
                .flatMap(entry -> specifiers(entry).stream())
                .filter(specifiers -> !specifiers.isEmpty())
                .map(SpecifierSet::toString)
                .distinct()
                .collect(Collectors.joining(","));
    }

    private BuildRefused unpinned() {
        String allowed = specifiers();
        return BuildRefused.because("Requirement \"" + name + "\" is not pinned to one version.")
                .why(allowed.isEmpty() ? "it allows every version" : "it allows " + allowed)
                .todo(ADVICE);
    }
}
