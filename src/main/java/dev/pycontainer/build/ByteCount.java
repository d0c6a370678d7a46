package dev.pycontainer.build;

import java.util.Locale;

/** A number of bytes for people, with one digit after the point. */
final class ByteCount {

    private ByteCount() {}

    /** Such as {@code 812 B}, {@code 12.3 KiB} or {@code 2.7 GiB}. */
    static String of(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " B";
        }
        double count = bytes / 1024.0;
        for (String unit : new String[] {"KiB", "MiB"}) {
            if (count < 1023.95) {
                return String.format(Locale.ROOT, "%.1f %s", count, unit);
            }
            count /= 1024;
        }
        return String.format(Locale.ROOT, "%.1f GiB", count);
    }
}
