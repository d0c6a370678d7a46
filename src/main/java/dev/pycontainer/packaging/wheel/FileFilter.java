package dev.pycontainer.packaging.wheel;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.PathPattern;
import dev.pycontainer.content.Utf8Order;
import java.util.Collection;
import java.util.List;

/**
 * Which of a wheel's files are left out of an environment on request, as are static libraries or tests.
 *
 * <p>A pattern is compared with the path below site-packages; for a file that lies beside it, with the path below the
 * prefix. Whatever the patterns say, the {@code .dist-info} directory and the scripts are installed.
 */
public final class FileFilter {

    /** Leaves nothing out. */
    public static final FileFilter NONE = new FileFilter(List.of());

    private final List<PathPattern> excludes;

    private FileFilter(List<PathPattern> excludes) {
        this.excludes = excludes;
    }

    /**
     * The filter of Ant patterns such as {@code **}{@code /tests/**}.
     *
     * @param parameter where they are written, for the refusal of what is no pattern
     */
    public static FileFilter of(Collection<String> excludes, String parameter) {
        try {
            return new FileFilter(excludes.stream()
                    .distinct()
                    .sorted(Utf8Order.INSTANCE)
                    .map(PathPattern::parse)
                    .toList());
        } catch (BuildRefused refused) {
            throw refused.in(parameter);
        }
    }

    /** The patterns, in the order of their UTF-8 bytes and each once: what a layer's bytes depend on. */
    public List<String> patterns() {
        return excludes.stream().map(PathPattern::toString).toList();
    }

    /**
     * Whether a file is installed.
     *
     * @param path below the scheme's prefix
     * @param distInfo the name of the wheel's {@code .dist-info} directory
     */
    boolean keeps(String path, String distInfo, InstallScheme scheme) {
        String sitePackages = scheme.sitePackages() + "/";
        if (excludes.isEmpty()
                || path.startsWith(sitePackages + distInfo + "/")
                || path.startsWith(InstallScheme.SCRIPTS + "/")) {
            return true;
        }
        String compared = path.startsWith(sitePackages) ? path.substring(sitePackages.length()) : path;
        return excludes.stream().noneMatch(pattern -> pattern.covers(compared));
    }
}
