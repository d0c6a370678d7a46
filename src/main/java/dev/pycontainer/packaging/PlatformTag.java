package dev.pycontainer.packaging;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The platform tag of a Linux wheel, taken apart: PEP 600 and PEP 656.
 *
 * @param libc absent for the bare {@code linux} tags, which promise nothing about the C library
 */
record PlatformTag(Optional<Libc> libc, int major, int minor, String machine) {

    private static final Pattern NUMBERED =
            Pattern.compile("(manylinux|musllinux)_([0-9]{1,4})_([0-9]{1,4})_([a-z0-9_]+)");
    private static final Pattern LEGACY =
            Pattern.compile("(manylinux1|manylinux2010|manylinux2014|linux)_([a-z0-9_]+)");

    /** PEP 600, "Legacy manylinux tags": each is another name of a glibc 2.x. */
    private static final Map<String, Integer> GLIBC_OF =
            Map.of("manylinux2014", 17, "manylinux2010", 12, "manylinux1", 5);

    /** Nothing where the tag is not for Linux. */
    static Optional<PlatformTag> parse(String platform) {
        Matcher numbered = NUMBERED.matcher(platform);
        if (numbered.matches()) {
            Libc libc = numbered.group(1).equals(Libc.MUSL.platform()) ? Libc.MUSL : Libc.GLIBC;
            return Optional.of(new PlatformTag(
                    Optional.of(libc),
                    Integer.parseInt(numbered.group(2)),
                    Integer.parseInt(numbered.group(3)),
                    numbered.group(4)));
        }
        Matcher legacy = LEGACY.matcher(platform);
        if (!legacy.matches()) {
            return Optional.empty();
        }
        return Optional.of(Optional.ofNullable(GLIBC_OF.get(legacy.group(1)))
                .map(minor -> new PlatformTag(Optional.of(Libc.GLIBC), 2, minor, legacy.group(2)))
                .orElseGet(() -> new PlatformTag(Optional.empty(), 0, 0, legacy.group(2))));
    }

    /** The operating system of a tag that is not for Linux, as its users call it. */
    static String systemOf(String platform) {
        if (platform.startsWith("win")) {
            return "Windows";
        }
        return platform.startsWith("macosx") ? "macOS" : platform;
    }
}
