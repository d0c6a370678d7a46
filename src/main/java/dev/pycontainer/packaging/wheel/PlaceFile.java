package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where one file of a wheel goes under a scheme: "Binary distribution format", "Installing a wheel". */
final class PlaceFile {

    private static final Pattern WRAPPER_SUFFIX = Pattern.compile("(?:\\.exe|-script\\.py|\\.pya)$");

    private final Wheel wheel;
    private final InstallScheme scheme;
    private final String site;
    private final String headers;
    private final Set<String> entryPoints;
    private final Map<String, byte[]> placeholders;

    /**
     * @param entryPoints the names of the scripts that the installation makes
     * @param placeholders the scripts whose first line was rewritten, by their paths in the wheel
     */
    PlaceFile(Wheel wheel, InstallScheme scheme, Set<String> entryPoints, Map<String, byte[]> placeholders) {
        this.wheel = wheel;
        this.scheme = scheme;
        this.site = scheme.sitePackages() + "/";
        this.headers = scheme.headers(wheel.fileName().name()) + "/";
        this.entryPoints = entryPoints;
        this.placeholders = placeholders;
    }

    /** The file in its place; empty for a script whose place an entry point takes. */
    Optional<InstalledFile> of(ZipMember member) {
        String[] parts = member.path().split("/", 3);
        if (!parts[0].endsWith(".data") || parts.length == 1) {
            return Optional.of(plain(site, member.path(), member));
        }
        if (!parts[0].equals(wheel.dataDirectory())) {
            throw BuildRefused.because("The wheel holds " + member.path() + ", outside of its own .data directory.")
                    .why("installers differ on what it means; the wheel's own is " + wheel.dataDirectory());
        }
        if (parts.length == 2) {
            throw unknownScheme(member);
        }
        // "Each subdirectory of distribution-1.0.data/ is a key into a dict of destination directories, such as
        // distribution-1.0.data/(purelib|platlib|headers|scripts|data)."
        return switch (parts[1]) {
            case "purelib", "platlib" -> Optional.of(plain(site, parts[2], member));
            case "headers" -> Optional.of(plain(headers, parts[2], member));
            case "data" -> Optional.of(plain("", throughLinks(parts[2]), member));
            case "scripts" -> script(parts[2], member);
            default -> throw unknownScheme(member);
        };
    }

    private InstalledFile plain(String directory, String name, ZipMember member) {
        String path = directory + name;
        requireFree(path);
        requireOwnMetadata(path);
        return InstalledFile.member(directory, name, member.isExecutable(), wheel, member);
    }

    /** In a virtual environment {@code lib64} is a link to {@code lib}; what goes there is found below the latter. */
    private static String throughLinks(String path) {
        return path.startsWith("lib64/") ? "lib/" + path.substring("lib64/".length()) : path;
    }

    /** The environment's own files stay its own. */
    private void requireFree(String path) {
        String inBin = path.startsWith(InstallScheme.SCRIPTS + "/") ? path.substring(4) : "";
        boolean isDirectory =
                path.equals(InstallScheme.SCRIPTS) || (scheme.sitePackages() + "/").startsWith(path + "/");
        if (isDirectory || ScriptName.isReserved(inBin) || path.equals("pyvenv.cfg") || path.equals("lib64")) {
            throw BuildRefused.because(
                    "The wheel would replace " + path + ", which belongs to the environment itself.");
        }
    }

    /** Below .data too, a wheel speaks for no package but its own; importlib.metadata finds such directories in any case. */
    private void requireOwnMetadata(String path) {
        String inSite = path.startsWith(scheme.sitePackages() + "/")
                ? path.substring(scheme.sitePackages().length() + 1)
                : "";
        int slash = inSite.indexOf('/');
        String top = slash < 0 ? "" : inSite.substring(0, slash);
        if (top.toLowerCase(Locale.ROOT).endsWith(DistInfo.SUFFIX) && !top.equals(wheel.distInfo())) {
            throw BuildRefused.because("The wheel would install " + path + ", the metadata of another package.")
                    .why("its own are in " + wheel.distInfo());
        }
    }

    private Optional<InstalledFile> script(String name, ZipMember member) {
        ScriptName script = new ScriptName(name);
        // As pip and uv: the entry point stands for the wrapper that the wheel's maker brought along.
        if (entryPoints.contains(WRAPPER_SUFFIX.matcher(name).replaceFirst(""))) {
            return Optional.empty();
        }
        String path = InstallScheme.SCRIPTS + "/" + script;
        byte[] rewritten = placeholders.get(member.path());
        return Optional.of(
                rewritten == null
                        ? InstalledFile.member("", path, true, wheel, member)
                        : InstalledFile.generated(path, true, rewritten));
    }

    private static BuildRefused unknownScheme(ZipMember member) {
        return BuildRefused.because("The wheel holds " + member.path() + ", whose place is not known.")
                .why("below .data there are purelib, platlib, headers, scripts and data");
    }
}
