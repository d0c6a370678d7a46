package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ZipArchive;
import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one {@code {distribution}-{version}.dist-info} directory of a wheel, and what its files must say.
 *
 * <p>"Binary distribution format", "The .dist-info directory" and "Installing a wheel".
 */
record DistInfo(String directory) {

    static final String SUFFIX = ".dist-info";

    /** The largest {@code WHEEL} or {@code METADATA} that is read; a long description stands in the latter. */
    static final int LIMIT = 16 << 20;

    private static final Pattern WHEEL_VERSION = Pattern.compile("(?<major>[0-9]+)\\.[0-9]+");

    static DistInfo find(Collection<String> paths) {
        List<String> directories = paths.stream()
                .filter(path -> path.indexOf('/') > 0)
                .map(path -> path.substring(0, path.indexOf('/')))
                // importlib.metadata finds them in any case.
                .filter(directory -> directory.toLowerCase(Locale.ROOT).endsWith(SUFFIX))
                .distinct()
                .toList();
        if (directories.size() != 1 || !directories.get(0).endsWith(SUFFIX)) {
            throw BuildRefused.because("The wheel has " + (directories.size() > 1 ? "more than one" : "no")
                            + " .dist-info directory.")
                    .why(
                            directories.size() < 2
                                    ? "a wheel has exactly one"
                                    : "they are " + String.join(", ", directories));
        }
        return new DistInfo(directories.get(0));
    }

    String file(String name) {
        return directory + "/" + name;
    }

    /** One of its files. */
    byte[] read(ZipArchive archive, String name) throws IOException {
        for (ZipMember member : archive.members()) {
            if (member.path().equals(file(name))) {
                return archive.read(member, LIMIT);
            }
        }
        throw BuildRefused.because("The wheel has no file " + file(name) + ".");
    }

    /** The directory's name says the same as the file's; both are compared as normalised. */
    void requireNames(WheelFileName fileName) {
        String stem = directory.substring(0, directory.length() - SUFFIX.length());
        int dash = stem.lastIndexOf('-');
        boolean same = dash > 0
                && isName(stem.substring(0, dash), fileName.name())
                && isVersion(stem.substring(dash + 1), fileName.version());
        if (!same) {
            throw BuildRefused.because("The wheel's directory " + directory + " is not that of " + fileName.name() + " "
                            + fileName.version() + ".")
                    .why("the file name and the .dist-info directory must name one release");
        }
    }

    /** "Check that installer is compatible with Wheel-Version. Warn if minor version is greater, abort if major version is greater." */
    void requireWheelVersion(byte[] wheel) {
        // In the wild: mkl_fft 1.3.6 has two Wheel-Version fields; pip and uv read the first.
        String version = HeaderFields.parse(wheel).first("Wheel-Version").orElse("");
        Matcher parts = WHEEL_VERSION.matcher(version);
        if (!parts.matches() || !parts.group("major").equals("1")) {
            throw BuildRefused.because("The wheel's format has version \"" + version + "\", and only 1 is known.")
                    .why(file("WHEEL") + " says so in Wheel-Version");
        }
    }

    /** METADATA names the release that the file name promises. */
    void requireMetadata(byte[] metadata, WheelFileName fileName) {
        HeaderFields fields = HeaderFields.parse(metadata);
        String name = fields.first("Name").orElse("");
        String version = fields.first("Version").orElse("");
        if (!isName(name, fileName.name()) || !isVersion(version, fileName.version())) {
            throw BuildRefused.because("The wheel's METADATA is that of \"" + name + "\" \"" + version + "\", not of "
                            + fileName.name() + " " + fileName.version() + ".")
                    .why("the file name and METADATA must name one release");
        }
    }

    private static boolean isName(String text, PackageName name) {
        try {
            return PackageName.of(text).equals(name);
        } catch (BuildRefused notAName) {
            return false;
        }
    }

    private static boolean isVersion(String text, Version version) {
        // In the wild: flash-attn 2.5.8 names the CUDA build as a local version in its file name alone (uv issue 3594).
        // In the wild: older build tools wrote 1.0_1 for 1.0-1 in directory names, as in file names.
        return Version.tryParse(text)
                .or(() -> Version.tryParse(text.replace('_', '-')))
                .filter(found -> found.equals(version) || found.equals(version.publicVersion()))
                .isPresent();
    }
}
