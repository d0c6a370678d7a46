package dev.pycontainer.packaging;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What the writer of an unknown name may have meant: the known name that the fewest edits lead to. */
final class NearestName {

    private NearestName() {}

    /** The nearest of the known names; nothing where all are so far away that a guess would mislead. */
    static Optional<String> to(String unknown, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(unknown, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(unknown, name) <= Math.max(2, name.length() / 3));
    }

    /** The number of single characters to insert, delete or replace (Levenshtein). */
    private static int distance(String left, String right) {
        int[] above = new int[right.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[right.length()];
    }
}
