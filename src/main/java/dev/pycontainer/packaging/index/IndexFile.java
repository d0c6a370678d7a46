package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of a project's page, as the simple repository API tells it.
 *
 * @param url absolute, without a fragment
 * @param yanked the reason, empty text where none was given, if the file was yanked (PEP 592)
 */
record IndexFile(String fileName, String url, Optional<Digest> sha256, OptionalLong size, Optional<String> yanked) {

    /** "Source distribution file name": {name}-{version}.tar.gz; before PEP 625 also zip, and names with hyphens. */
    private static final Pattern SOURCE = Pattern.compile("(.+)-([^-]+)\\.(?:tar\\.gz|zip|tar\\.bz2|tgz)");

    /** A digest in hex as an index writes it; whatever is not SHA-256 is as good as none. */
    static Optional<Digest> sha256(String hex) {
        String lower = hex.toLowerCase(Locale.ROOT);
        return lower.matches("[a-f0-9]{64}") ? Optional.of(new Digest(lower)) : Optional.empty();
    }

    /**
     * Whether the file's name says that it is a wheel or source distribution of this version; PEP 440: a pin without a
     * local version label matches any local version. A name that no standard allows is of none.
     */
    boolean isOf(PackageName name, Version version) {
        return versionOf(name)
                .filter(own -> own.equals(version)
                        || (version.local().isEmpty() && own.publicVersion().equals(version)))
                .isPresent();
    }

    private Optional<Version> versionOf(PackageName name) {
        if (!fileName.endsWith(".whl")) {
            Matcher source = SOURCE.matcher(fileName);
            return source.matches() && isName(source.group(1), name)
                    ? Version.tryParse(source.group(2))
                    : Optional.empty();
        }
        try {
            WheelFileName wheel = WheelFileName.parse(fileName);
            return wheel.name().equals(name) ? Optional.of(wheel.version()) : Optional.empty();
        } catch (BuildRefused notOne) {
            return Optional.empty();
        }
    }

    private static boolean isName(String text, PackageName name) {
        return text.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT).equals(name.value());
    }
}
