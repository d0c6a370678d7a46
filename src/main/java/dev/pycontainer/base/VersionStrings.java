package dev.pycontainer.base;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version strings that a C compiler leaves in a binary, found while its bytes pass.
 *
 * <p>Looks at runs of printable characters that end with a NUL, as {@code strings} does. CPython holds its version as
 * {@code "3.11.2"}; where another string ends with it the linker keeps only that one, such as
 * {@code "/opt/python/3.11.2"} (tail merging, {@code SHF_MERGE|SHF_STRINGS}). glibc holds its banner,
 * {@code "GNU C Library (…) stable release version 2.36."}; musl holds {@code "1.2.4"}, with a suffix in git builds.
 */
final class VersionStrings {

    private static final int LONGEST = 1024;
    private static final int MOST = 64;
    private static final String VERSION = "3\\.\\d{1,2}\\.\\d{1,3}(?:(?:a|b|rc)\\d{1,2})?\\+?";
    private static final Pattern PYTHON = Pattern.compile("(?:.*[/ -])?(" + VERSION + ")");
    private static final Pattern GLIBC =
            Pattern.compile("GNU C Library .*release version (\\d+\\.\\d+)\\b.*", Pattern.DOTALL);
    private static final Pattern MUSL = Pattern.compile("(1\\.\\d{1,2}\\.\\d{1,2})(?:[_-][0-9A-Za-z._-]+)?");

    private final byte[] run = new byte[LONGEST];
    private int length;
    private final Set<String> pythons = new TreeSet<>();
    private final Set<String> mergedPythons = new TreeSet<>();
    private final Set<String> musls = new TreeSet<>();
    private @Nullable String glibc;

    void update(byte[] bytes, int offset, int count) {
        for (int at = offset; at < offset + count; at++) {
            byte value = bytes[at];
            if ((value >= ' ' && value < 0x7f) || value == '\n') {
                // A longer run is none of the strings sought, and stays marked as such by its length.
                if (length < LONGEST) {
                    run[length] = value;
                }
                length = Math.min(length + 1, LONGEST + 1);
            } else {
                if (value == 0 && length >= 5 && length <= LONGEST) {
                    look();
                }
                length = 0;
            }
        }
    }

    /** Versions of the form {@code 3.minor.…} that stand alone: the best evidence. */
    Set<String> pythons(String minor) {
        return of(minor, pythons);
    }

    /** Versions of the form {@code 3.minor.…} that end another string. */
    Set<String> mergedPythons(String minor) {
        return of(minor, mergedPythons);
    }

    Optional<String> glibc() {
        return Optional.ofNullable(glibc);
    }

    /** Musl's version where there is but one candidate. */
    Optional<String> musl() {
        return musls.size() == 1 ? Optional.of(musls.iterator().next()) : Optional.empty();
    }

    private static Set<String> of(String minor, Set<String> versions) {
        Set<String> fitting = new TreeSet<>(versions);
        fitting.removeIf(version -> !version.startsWith(minor + "."));
        return fitting;
    }

    private void look() {
        byte last = run[length - 1];
        boolean mayEndAVersion = (last >= '0' && last <= '9') || last == '+';
        if (!mayEndAVersion && run[0] != 'G' && run[0] != '1') {
            return;
        }
        String text = new String(run, 0, length, StandardCharsets.US_ASCII);
        Matcher python = PYTHON.matcher(text);
        if (mayEndAVersion && python.matches()) {
            add(python.start(1) == 0 ? pythons : mergedPythons, python.group(1));
        }
        Matcher library = GLIBC.matcher(text);
        if (glibc == null && library.matches()) {
            glibc = library.group(1);
        }
        Matcher musl = MUSL.matcher(text);
        if (musl.matches()) {
            add(musls, musl.group(1));
        }
    }

    private static void add(Set<String> versions, String version) {
        if (versions.size() < MOST) {
            versions.add(version);
        }
    }
}
