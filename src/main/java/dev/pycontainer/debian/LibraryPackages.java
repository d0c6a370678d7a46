package dev.pycontainer.debian;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which package of Debian has a library, by the names under which wheels need them: advice alone, never a decision.
 *
 * <p>A small table, {@code library-packages}, which says itself where it comes from.
 */
public final class LibraryPackages {

    private static final String TABLE = "library-packages";

    private static final String NONE = "-";

    private final Map<String, String> packages;

    private LibraryPackages(Map<String, String> packages) {
        this.packages = packages;
    }

    /**
     * @param suite the release's codename, such as {@code trixie}; of another than those of {@link DebianSuite} nothing is known
     */
    public static LibraryPackages of(String suite) {
        int column = 1
                + List.of(DebianSuite.values()).stream()
                        .map(DebianSuite::codename)
                        .toList()
                        .indexOf(suite);
        Map<String, String> packages = new HashMap<>();
        if (column > 0) {
            for (String line : lines()) {
                String[] words = line.split(" ", -1);
                if (!line.startsWith("#") && !words[column].equals(NONE)) {
                    packages.put(words[0], words[column]);
                }
            }
        }
        return new LibraryPackages(packages);
    }

    /** The package with the library of this SONAME, if it is in the table. */
    public Optional<String> packageOf(String library) {
        return Optional.ofNullable(packages.get(library));
    }

    /** Every library of the table, whichever release has it. */
    public static Set<String> libraries() {
        return lines().stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> lines() {
        try (InputStream table =
                        Objects.requireNonNull(LibraryPackages.class.getResourceAsStream(TABLE), "a resource of ours");
                BufferedReader reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of ours", e);
        }
    }
}
