package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.debian.InstalledFiles.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds where packages want one path, as dpkg does before it overwrites another package's file: Debian Policy, section 7.6.1.
 *
 * <p>Directories are shared. A file or link of two packages is the one's that replaces the other, which a layer above can
 * express, and nothing else can. What lies in the base belongs to nobody where no package has it, and is overwritten.
 */
public final class CheckFileConflicts {

    private static final String ADVICE = "leave out one of the packages that were asked for, or use another base image";

    /** A package in the layers. */
    private record Claim(PackageFacts facts, Kind kind, int layer) {

        DebianPackage description() {
            return facts.description();
        }

        boolean isDirectory() {
            return kind == Kind.DIRECTORY;
        }
    }

    private final String architecture;
    private final InstalledFiles base;

    /**
     * @param architecture of the image
     * @param base what lies below the packages
     */
    public CheckFileConflicts(String architecture, InstalledFiles base) {
        this.architecture = architecture;
        this.base = base;
    }

    /** @param layers the packages of each layer, the lowest first; the first conflict is refused */
    public void among(List<List<PackageFacts>> layers) {
        Map<String, Claim> claims = new HashMap<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            for (PackageFacts facts : layers.get(layer)) {
                for (Map.Entry<String, Kind> path : facts.paths().entrySet()) {
                    Claim claim = new Claim(facts, path.getValue(), layer);
                    mustFitTheBase(claim, path.getKey());
                    Claim lower = claims.put(path.getKey(), claim);
                    if (lower != null && !(lower.isDirectory() && claim.isDirectory())) {
                        mustReplace(lower, claim, path.getKey());
                    }
                }
                facts.conffiles().forEach(conffile -> mustBeFree(facts, conffile));
            }
        }
    }

    private void mustReplace(Claim lower, Claim upper, String path) {
        DebianPackage below = lower.description();
        DebianPackage above = upper.description();
        String both = above + " and " + below + " both have /" + path;
        if (lower.isDirectory() || upper.isDirectory()) {
            throw BuildRefused.because(
                            both + ", one as a " + word(upper.kind()) + ", one as a " + word(lower.kind()) + ".")
                    .todo(ADVICE);
        }
        if (above.replaces(below, architecture)) {
            if (upper.layer() == lower.layer()) {
                throw BuildRefused.because(both + ", and would be in one layer.")
                        .why(above.name() + " replaces files of " + below.name()
                                + ", which only a layer of its own above can")
                        .todo(ADVICE);
            }
        } else if (below.replaces(above, architecture)) {
            throw BuildRefused.because(both + ", and the wrong one would win.")
                    .why(below.name() + " replaces files of " + above.name() + ", but its layer is the lower one")
                    .todo(ADVICE);
        } else {
            throw BuildRefused.because(both + ".")
                    .why("neither says that it replaces files of the other: Debian Policy, section 7.6.1")
                    .todo(ADVICE);
        }
    }

    private void mustFitTheBase(Claim claim, String path) {
        DebianPackage added = claim.description();
        Optional<String> diverter = base.diverter(path);
        if (diverter.isPresent() && !claim.isDirectory()) {
            throw BuildRefused.because(added + " has /" + path + ", which is diverted in the base.")
                    .why((diverter.get().equals(":") ? "whoever made it" : diverter.get())
                            + " has moved files of that name elsewhere: dpkg-divert(1)")
                    .todo(ADVICE);
        }
        for (String owner : base.packages(path)) {
            // Several architectures of one package share what is the same in all.
            boolean isShared = owner.equals(added.name()) && added.multiArch() == MultiArch.SAME;
            if (!isShared && !claim.isDirectory()) {
                throw BuildRefused.because(added + " has /" + path + ", and so has " + owner + " of the base.")
                        .why("a file of the base's packages is never replaced")
                        .todo(ADVICE);
            }
        }
        Kind there = base.kind(path).orElse(Kind.ABSENT);
        if (there != Kind.ABSENT && (there == Kind.DIRECTORY) != claim.isDirectory()) {
            throw BuildRefused.because(added + " has /" + path + " as a " + word(claim.kind()) + ", and the base has a "
                            + word(there) + " there.")
                    .why(
                            there == Kind.LINK
                                    ? "runtimes differ in how they unpack a layer through a link"
                                    : "one would hide the other")
                    .todo(ADVICE);
        }
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case DIRECTORY -> "directory";
            case LINK -> "link";
            case FILE, ABSENT -> "file";
        };
    }

    /** dpkg keeps, or asks about, a configuration file that is there before its package comes. */
    private void mustBeFree(PackageFacts facts, PackageFacts.Conffile conffile) {
        String path = UsrMerge.path(conffile.path().substring(1));
        if (facts.paths().containsKey(path) && base.has(path)) {
            throw BuildRefused.because(facts.description() + " has the configuration file " + conffile.path()
                            + ", and the base has one already.")
                    .why("no package of the base has it, so that somebody wrote it, and it would be lost")
                    .todo("leave out " + facts.description().name() + ", or use a base without that file");
        }
    }
}
