package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A C library in one version, such as {@code glibc-2.36}.
 *
 * @param version major and minor number
 */
public record LibcVersion(Libc libc, String version) {

    private static final Pattern TEXT = Pattern.compile("(glibc|musl)-([0-9]{1,3}\\.[0-9]{1,3})");

    public static LibcVersion parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw BuildRefused.because("\"" + text + "\" is not a C library in a version.")
                    .todo("write one such as glibc-2.36 or musl-1.2");
        }
        return new LibcVersion(Libc.valueOf(parts.group(1).toUpperCase(Locale.ROOT)), parts.group(2));
    }

    @Override
    public String toString() {
        return libc + "-" + version;
    }
}
