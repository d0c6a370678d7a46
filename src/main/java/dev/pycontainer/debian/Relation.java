package dev.pycontainer.debian;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One package that a relationship field names, and which versions of it: Debian Policy Manual, section 7.1.
 *
 * @param name of a real or of a virtual package
 * @param qualifier the architecture behind the name's colon, {@code any}, {@code native}, or nothing
 * @param architectures the restriction in square brackets, each with its {@code !} where it has one
 * @param profiles the restriction lists in angle brackets, each with its terms
 */
record Relation(
        String name,
        Optional<String> qualifier,
        Optional<Constraint> constraint,
        List<String> architectures,
        List<List<String>> profiles) {

    /** The condition on the version, in round brackets. */
    record Constraint(Operator operator, DebianVersion version) {

        boolean holdsFor(DebianVersion candidate) {
            int order = candidate.compareTo(version);
            return switch (operator) {
                case EARLIER -> order < 0;
                case EARLIER_OR_EQUAL -> order <= 0;
                case EQUAL -> order == 0;
                case LATER_OR_EQUAL -> order >= 0;
                case LATER -> order > 0;
            };
        }

        @Override
        public String toString() {
            return operator.sign + " " + version;
        }
    }

    /** "The relations allowed are <<, <=, =, >= and >>". */
    enum Operator {
        EARLIER("<<"),
        EARLIER_OR_EQUAL("<="),
        EQUAL("="),
        LATER_OR_EQUAL(">="),
        LATER(">>");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        static @Nullable Operator written(String sign) {
            return switch (sign) {
                case "<<" -> EARLIER;
                // "The < and > operators were previously allowed, but they were confusingly defined to mean
                // earlier/later or equal rather than strictly earlier/later."
                case "<=", "<" -> EARLIER_OR_EQUAL;
                case "=" -> EQUAL;
                case ">=", ">" -> LATER_OR_EQUAL;
                case ">>" -> LATER;
                default -> null;
            };
        }
    }

    Relation {
        architectures = List.copyOf(architectures);
        profiles = profiles.stream().map(List::copyOf).toList();
    }

    /** Whether the relation counts on an architecture when no build profile is active. */
    boolean appliesOn(String architecture) {
        return allows(architecture) && appliesWithoutProfile();
    }

    // "If the current Debian host architecture is not in this list and there are no exclamation marks in the list, or
    // it
    // is in the list with a prepended exclamation mark, the package name and the associated version specification are
    // ignored completely".
    private boolean allows(String architecture) {
        if (architectures.isEmpty()) {
            return true;
        }
        boolean excluding = architectures.get(0).startsWith("!");
        return excluding
                != architectures.stream()
                        .map(term -> excluding ? term.substring(1) : term)
                        .anyMatch(term -> includes(term, architecture));
    }

    // Section 11.1.1, "Architecture wildcards", as far as they can mean an architecture of Linux.
    private static boolean includes(String term, String architecture) {
        return term.equals(architecture)
                || term.equals("any")
                || term.equals("linux-any")
                || term.equals("any-" + architecture);
    }

    // A list holds where all its terms do, the restriction where one list does.
    private boolean appliesWithoutProfile() {
        return profiles.isEmpty()
                || profiles.stream().anyMatch(terms -> terms.stream().allMatch(term -> term.startsWith("!")));
    }

    /**
     * Whether a package of this architecture may stand for the relation: deb-control(5), "Depends". Without a
     * qualifier that is one of the own architecture or of all, or a foreign one that says so.
     *
     * @param own the architecture of the image
     */
    boolean admits(DebianPackage candidate, String own) {
        boolean isOwn = candidate.isFor(own);
        if (qualifier.isEmpty()) {
            return isOwn || candidate.multiArch() == MultiArch.FOREIGN;
        }
        return switch (qualifier.get()) {
            case "any" -> candidate.multiArch() == MultiArch.ALLOWED;
            case "native" -> isOwn;
            default ->
                qualifier.get().equals(candidate.architecture())
                        || (qualifier.get().equals(own) && isOwn);
        };
    }

    /**
     * Whether a relation other than a dependency means a package of this architecture: "the default is any instead of
     * the binary package architecture", deb-control(5), "Breaks".
     */
    boolean means(DebianPackage candidate, String own) {
        return qualifier.isEmpty() || qualifier.get().equals("any") || admits(candidate, own);
    }

    boolean fits(DebianVersion version) {
        return constraint.isEmpty() || constraint.get().holdsFor(version);
    }

    /** The relation as section 7.1 writes it, such as {@code libc6 (>= 2.36)}. */
    @Override
    public String toString() {
        return name
                + qualifier.map(it -> ":" + it).orElse("")
                + constraint.map(it -> " (" + it + ")").orElse("")
                + (architectures.isEmpty() ? "" : " [" + String.join(" ", architectures) + "]")
                + profiles.stream()
                        .map(terms -> " <" + String.join(" ", terms) + ">")
                        .collect(Collectors.joining());
    }
}
