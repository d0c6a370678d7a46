package dev.pycontainer.store;

import dev.pycontainer.content.BuildRefused;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many bytes a cache may have. */
public record CacheSize(long bytes) {

    /** No bound at all. */
    public static final CacheSize UNLIMITED = new CacheSize(Long.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})(?:\\.([0-9]))? ?([kmgt]?i?b?)");

    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "k", 1000L,
            "m", 1000_000L,
            "g", 1000_000_000L,
            "t", 1000_000_000_000L,
            "ki", 1L << 10,
            "mi", 1L << 20,
            "gi", 1L << 30,
            "ti", 1L << 40);

    /** Reads a number with a unit, such as {@code 20GB}, {@code 1.5 GiB} or {@code 800M}, or {@code unlimited}. */
    public static CacheSize parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("unlimited")) {
            return UNLIMITED;
        }
        Matcher form = FORM.matcher(lower);
        Long unit = form.matches() ? UNITS.get(form.group(3).replace("b", "")) : null;
        if (unit == null || Long.parseLong(form.group(1)) >= Long.MAX_VALUE / unit) {
            throw BuildRefused.because("\"" + text + "\" is not a size.")
                    .todo("write a number with a unit, such as 20GB or 500MiB, or the word unlimited");
        }
        long tenths = form.group(2) == null ? 0 : Long.parseLong(form.group(2));
        return new CacheSize(Long.parseLong(form.group(1)) * unit + tenths * unit / 10);
    }

    /** Such as {@code 20.0 GB}. */
    @Override
    public String toString() {
        if (equals(UNLIMITED)) {
            return "unlimited";
        }
        for (String unit : new String[] {"T", "G", "M", "k"}) {
            long size = UNITS.getOrDefault(unit.toLowerCase(Locale.ROOT), 1L);
            if (bytes >= size) {
                return String.format(Locale.ROOT, "%.1f %sB", bytes / (double) size, unit);
            }
        }
        return bytes + " B";
    }
}
