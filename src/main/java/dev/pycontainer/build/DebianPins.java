package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.layer.SystemPackage;
import dev.pycontainer.oci.Platform;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The very Debian packages of a base, or those that {@code from.packages} adds to one.
 *
 * @param suite the codename of the release, such as {@code trixie}
 * @param architecture as Debian names it
 * @param asked the names in {@code from.packages}, sorted; none for a base
 * @param packages these and all that they need, sorted by their names
 */
record DebianPins(String suite, String architecture, List<String> asked, List<SystemPackage> packages) {

    DebianPins {
        asked = sorted(asked);
        packages = packages.stream()
                .sorted(Comparator.comparing(SystemPackage::name, Utf8Order.INSTANCE))
                .toList();
    }

    static List<String> sorted(Collection<String> names) {
        return names.stream().distinct().sorted(Utf8Order.INSTANCE).toList();
    }

    /** Debian's name of a platform's machine; refused are those whose packages' scripts nobody here knows. */
    static String architecture(Platform platform) {
        return switch (platform.normalized().toString()) {
            case "linux/amd64" -> "amd64";
            case "linux/arm64" -> "arm64";
            default ->
                throw BuildRefused.because("There can be no Debian packages for " + platform + ".")
                        .why("what their scripts would do is known for linux/amd64 and linux/arm64")
                        .todo(
                                "set from.platforms to one of them, or from.image to an image that has all that is needed");
        };
    }

    boolean isOfBase() {
        return asked.isEmpty();
    }

    /** Of the packages' files, in bytes. */
    long size() {
        return packages.stream().mapToLong(each -> each.file().size()).sum();
    }

    boolean has(String name) {
        return packages.stream().anyMatch(each -> each.name().equals(name));
    }
}
