package dev.pycontainer.debian;

import java.util.ArrayList;
import java.util.List;

/**
 * The mirrors of an archive.
 *
 * @param main has {@code dists/SUITE} and {@code dists/SUITE-updates}
 * @param security has {@code dists/SUITE-security}
 * @param fallbacks are asked for packages that neither has any more
 */
public record Mirrors(Mirror main, Mirror security, List<Mirror> fallbacks) {

    /** Where the archive of security updates keeps its packages. */
    private static final String SECURITY_POOL = "pool/updates/";

    public Mirrors {
        fallbacks = List.copyOf(fallbacks);
    }

    /** All of them, the likeliest for the file first. */
    List<Mirror> inOrderFor(PackageFile file) {
        boolean ofSecurity = file.path().startsWith(SECURITY_POOL);
        List<Mirror> mirrors = new ArrayList<>(ofSecurity ? List.of(security, main) : List.of(main, security));
        mirrors.addAll(fallbacks);
        return mirrors;
    }
}
