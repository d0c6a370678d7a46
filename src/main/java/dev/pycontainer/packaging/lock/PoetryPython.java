package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A constraint on the version of Python, in the words of the standards: as a marker, and as {@code Requires-Python}. */
final class PoetryPython {

    private static final int MINORS_OF_3 = 15;
    private static final int NEWEST_MINOR = 30;
    private static final int NEWEST_PATCH = 40;

    private PoetryPython() {}

    /** The marker (PEP 508) that says the same; empty where every Python is allowed. */
    static String marker(PoetryConstraint constraint) {
        List<String> alternatives = new ArrayList<>();
        for (List<PoetryClause> clauses : constraint.alternatives()) {
            List<String> parts = clauses.stream()
                    .map(PoetryPython::marker)
                    .filter(part -> !part.isEmpty())
                    .toList();
            if (parts.isEmpty()) {
                return "";
            }
            alternatives.add(String.join(" and ", parts));
        }
        return alternatives.size() == 1
                ? alternatives.get(0)
                : alternatives.stream().map(part -> "(" + part + ")").collect(Collectors.joining(" or "));
    }

    private static String marker(PoetryClause clause) {
        if (clause.range().isOneVersion() && !clause.excluded()) {
            return variable(clause.range().min()) + " == \"" + clause.range().min() + "\"";
        }
        String either = clause.ranges().stream().map(PoetryPython::marker).collect(Collectors.joining(" or "));
        return clause.excluded() ? "(" + either + ")" : either;
    }

    // python_version has two numbers alone: what stands right behind or at 3.8 is told by python_full_version.
    private static String marker(PoetryRange range) {
        List<String> parts = new ArrayList<>();
        if (range.min() != null) {
            parts.add(
                    range.includeMin()
                            ? bound(variable(range.min()), ">=", PoetryBounds.shown(range.min()))
                            : bound("python_full_version", ">", full(range.min())));
        }
        if (range.max() != null) {
            parts.add(
                    range.includeMax()
                            ? bound("python_full_version", "<=", full(range.max()))
                            : bound(variable(range.max()), "<", PoetryBounds.shown(range.max())));
        }
        return String.join(" and ", parts);
    }

    private static String bound(String variable, String operator, String version) {
        return variable + " " + operator + " \"" + version + "\"";
    }

    private static boolean isFull(@Nullable Version version) {
        return version != null && version.release().size() >= 3;
    }

    private static String variable(@Nullable Version version) {
        return isFull(version) ? "python_full_version" : "python_version";
    }

    private static String full(Version version) {
        return version + ".0".repeat(Math.max(0, 3 - version.release().size()));
    }

    /** Whether two constraints allow the same releases of Python 3, however they are written. */
    static boolean isSame(PoetryConstraint one, PoetryConstraint other) {
        for (int minor = 0; minor <= NEWEST_MINOR; minor++) {
            for (int patch = 0; patch <= NEWEST_PATCH; patch++) {
                Version python = Version.parse("3." + minor + "." + patch);
                if (one.allows(python) != other.allows(python)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The clauses for {@code Requires-Python}; empty where every Python is allowed. */
    static String requires(PoetryConstraint constraint) {
        List<List<PoetryClause>> alternatives = constraint.alternatives();
        if (alternatives.size() > 1) {
            return requiresOneOf(constraint);
        }
        List<PoetryClause> clauses = alternatives.get(0);
        if (clauses.size() == 1 && clauses.get(0).range().isOneVersion()) {
            PoetryClause clause = clauses.get(0);
            String version = String.valueOf(clause.range().min());
            if (!clause.excluded() && !isFull(clause.range().min())) {
                // As in Poetry: "3.11" is any 3.11, though ==3.11 would mean 3.11.0 alone.
                return PoetryConstraint.parse(version.contains(".") ? "~" + version : "^" + version + ".0")
                        .specifiers();
            }
        }
        return constraint.specifiers();
    }

    /** PEP 440 knows no "or": the lowest minor version that is allowed, and those above it that are not. */
    private static String requiresOneOf(PoetryConstraint constraint) {
        if (constraint.isAny()) {
            return "";
        }
        List<String> clauses = new ArrayList<>();
        for (String minor : minors()) {
            if (allowsSomeOf(constraint, minor)) {
                if (clauses.stream().noneMatch(clause -> clause.startsWith(">="))) {
                    clauses.add(0, ">=" + minor);
                }
            } else {
                clauses.add("!=" + minor + ".*");
            }
        }
        return String.join(",", clauses);
    }

    private static List<String> minors() {
        List<String> minors = new ArrayList<>();
        minors.add("2.7");
        for (int minor = 0; minor <= MINORS_OF_3; minor++) {
            minors.add("3." + minor);
        }
        return minors;
    }

    private static boolean allowsSomeOf(PoetryConstraint constraint, String minor) {
        PoetryRange wanted = PoetryClause.parse(minor + ".*").range();
        return constraint.alternatives().stream().anyMatch(clauses -> {
            PoetryRange common = PoetryBounds.common(clauses);
            return isNotAbove(wanted.min(), common.max()) && isNotAbove(common.min(), wanted.max());
        });
    }

    private static boolean isNotAbove(@Nullable Version min, @Nullable Version max) {
        return min == null || max == null || min.compareTo(max) < 0;
    }
}
