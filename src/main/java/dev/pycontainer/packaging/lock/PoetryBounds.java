package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lowest and the highest version between which everything lies that a constraint allows. */
final class PoetryBounds {

    private final PoetryRange range;

    private PoetryBounds(PoetryRange range) {
        this.range = range;
    }

    static PoetryBounds around(List<List<PoetryClause>> alternatives) {
        List<PoetryRange> inner =
                alternatives.stream().map(PoetryBounds::common).toList();
        PoetryRange hull = inner.get(0);
        for (PoetryRange other : inner.subList(1, inner.size())) {
            hull = hullOf(hull, other);
        }
        return new PoetryBounds(hull);
    }

    /** What clauses have in common, exclusions left out. */
    static PoetryRange common(List<PoetryClause> clauses) {
        PoetryRange common = PoetryRange.ANY;
        for (PoetryClause clause : clauses) {
            PoetryRange range = clause.range();
            if (!clause.excluded()) {
                boolean min = isMinHigher(range, common);
                boolean max = isMaxLower(range, common);
                common = new PoetryRange(
                        min ? range.min() : common.min(),
                        min ? range.includeMin() : common.includeMin(),
                        max ? range.max() : common.max(),
                        max ? range.includeMax() : common.includeMax());
            }
        }
        return common;
    }

    private static PoetryRange hullOf(PoetryRange left, PoetryRange right) {
        PoetryRange min = isMinHigher(left, right) ? right : left;
        PoetryRange max = isMaxLower(left, right) ? right : left;
        return new PoetryRange(min.min(), min.includeMin(), max.max(), max.includeMax());
    }

    private static boolean isMinHigher(PoetryRange left, PoetryRange right) {
        if (left.min() == null || right.min() == null) {
            return left.min() != null;
        }
        int order = left.min().compareTo(right.min());
        return order > 0 || (order == 0 && !left.includeMin());
    }

    private static boolean isMaxLower(PoetryRange left, PoetryRange right) {
        if (left.max() == null || right.max() == null) {
            return left.max() != null;
        }
        int order = left.max().compareTo(right.max());
        return order < 0 || (order == 0 && !left.includeMax());
    }

    /** As clauses of PEP 440; empty where there is no bound. */
    String specifiers() {
        List<String> clauses = new ArrayList<>();
        if (range.min() != null) {
            clauses.add((range.includeMin() ? ">=" : ">") + shown(range.min()));
        }
        if (range.max() != null) {
            clauses.add((range.includeMax() ? "<=" : "<") + shown(range.max()));
        }
        return String.join(",", clauses);
    }

    /** A bound as its writer wrote it: {@code 2} for {@code 2.dev0}, which stands for "no pre-release of 2". */
    static String shown(@Nullable Version bound) {
        return String.valueOf(bound).replaceFirst("\\.dev0$", "");
    }
}
