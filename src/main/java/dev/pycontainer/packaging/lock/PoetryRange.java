package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions between two bounds, as Poetry understands them.
 *
 * @param min absent where there is no lower bound
 * @param max absent where there is no upper bound; of "below 2" it is {@code 2.dev0}, so that no pre-release of 2 fits
 */
record PoetryRange(
        @Nullable Version min, boolean includeMin, @Nullable Version max, boolean includeMax) {

    static final PoetryRange ANY = new PoetryRange(null, false, null, false);

    static PoetryRange only(Version version) {
        return new PoetryRange(version, true, version, true);
    }

    boolean isOneVersion() {
        return min != null && min.equals(max);
    }

    boolean allows(Version version) {
        return isAboveMin(version) && isBelowMax(version);
    }

    // A local label counts only where the bound has one itself. PEP 440, "Exclusive ordered comparison": ">V MUST NOT
    // allow a post-release of the given version unless V itself is a post release".
    private boolean isAboveMin(Version version) {
        if (min == null) {
            return true;
        }
        Version compared = min.local().isPresent() ? version : version.publicVersion();
        if (!includeMin && !min.isPostrelease() && compared.isPostrelease()) {
            compared = withoutPost(compared);
        }
        int order = compared.compareTo(min);
        return includeMin ? order >= 0 : order > 0;
    }

    private boolean isBelowMax(Version version) {
        if (max == null) {
            return true;
        }
        int order = (max.local().isPresent() ? version : version.publicVersion()).compareTo(max);
        return includeMax ? order <= 0 : order < 0;
    }

    private static Version withoutPost(Version version) {
        return Version.parse(version.toString().replaceFirst("\\.post.*$", ""));
    }

    /** Of a range with two bounds: what is below the one, and what is above the other. */
    List<PoetryRange> complement() {
        return List.of(new PoetryRange(null, false, min, !includeMin), new PoetryRange(max, !includeMax, null, false));
    }
}
