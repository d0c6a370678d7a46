package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.IndexNotes;
import dev.pycontainer.packaging.lock.LockedFile;
import dev.pycontainer.packaging.lock.ServedMetadata;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * One file of a project's page, as the simple repository API tells it.
 *
 * @param url absolute, without a fragment
 */
record IndexFile(String fileName, String url, Optional<Digest> sha256, OptionalLong size, IndexNotes notes) {

    /** "Source distribution file name": {name}-{version}.tar.gz; before PEP 625 also zip, and names with hyphens. */
    private static final Pattern SOURCE = Pattern.compile("(.+)-([^-]+)\\.(?:tar\\.gz|zip|tar\\.bz2|tgz)");

    /**
     * What the page says of a file in words.
     *
     * @param requiresPython text that is no specifier says nothing, as for pip
     */
    static IndexNotes notes(
            Optional<String> yanked, Optional<String> requiresPython, Optional<ServedMetadata> metadata) {
        return new IndexNotes(yanked.map(IndexWords::shown), requiresPython.flatMap(IndexFile::pythons), metadata);
    }

    private static Optional<SpecifierSet> pythons(String text) {
        try {
            return Optional.of(SpecifierSet.parse(text)).filter(pythons -> !pythons.isEmpty());
        } catch (BuildRefused noSpecifier) {
            return Optional.empty();
        }
    }

    /** A digest in hex as an index writes it; whatever is not SHA-256 is as good as none. */
    static Optional<Digest> sha256(String hex) {
        String lower = hex.toLowerCase(Locale.ROOT);
        return lower.matches("[a-f0-9]{64}") ? Optional.of(new Digest(lower)) : Optional.empty();
    }

    /** The file as one that may be downloaded; it has a SHA-256. */
    LockedFile locked() {
        if (!fileName.equals(IndexWords.shown(fileName))) {
            throw BuildRefused.because("The index's page gives a file a name that no file can have.")
                    .why("the name is too long, or holds white space or control characters")
                    .in("file " + IndexWords.shown(fileName));
        }
        HttpUrl parsed = HttpUrl.get(url);
        if (!parsed.encodedUsername().isEmpty() || !parsed.encodedPassword().isEmpty()) {
            throw BuildRefused.because("The URL of a file on " + parsed.host() + " holds credentials.")
                    .why("the index's page tells them to all its readers")
                    .todo(
                            "let the index serve its files without them, or with the login that the index itself asks for")
                    .in("file " + fileName);
        }
        return new LockedFile(fileName, sha256.orElseThrow(), size, new FileLocation.Url(url), notes);
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
