package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what scripts would be run for that no script is run for, where a package has files that another one makes a cache or
 * an index of: a schema, a GIO module, an image loader, a certificate.
 */
public final class CheckTriggers {

    private final String suite;
    private final Set<String> accepted;

    /**
     * @param suite the codename of the release, such as {@code trixie}
     * @param accepted the packages that the user answers for, by {@code from.debian.acceptScripts}
     */
    public CheckTriggers(String suite, Set<String> accepted) {
        this.suite = suite;
        this.accepted = Set.copyOf(accepted);
    }

    /**
     * Refuses the first package that activates what another one is interested in.
     *
     * <p>A package's own files count as well: where its script is known to do nothing without files to do it for, it has none
     * itself.
     *
     * @param all that the image has, in an order of their own
     */
    public void among(List<TriggeringPackage> all) {
        for (TriggeringPackage interested : all) {
            for (String trigger : interested.interests()) {
                if (!accepted.contains(interested.name())
                        && !KnownScripts.isTriggerHarmless(suite, interested.name(), trigger)) {
                    requireUntouched(interested.name(), trigger, all);
                }
            }
        }
    }

    private void requireUntouched(String interested, String trigger, List<TriggeringPackage> all) {
        for (TriggeringPackage other : all) {
            Optional<String> touched =
                    trigger.startsWith("/") ? fileBelow(trigger.substring(1), other) : Optional.empty();
            if (touched.isEmpty() && other.activated().contains(trigger)) {
                touched = Optional.of("activates \"" + trigger + "\"");
            }
            if (touched.isPresent() && !accepted.contains(other.name())) {
                throw BuildRefused.because("The Debian package " + interested + " needs its script for the package "
                                + other.name() + ", and no script of a package is run.")
                        .why(other.name() + " " + touched.get() + ", and " + interested + " is interested in \""
                                + trigger + "\": deb-triggers(5)")
                        .todo(MaintainerScripts.advice(other.name()));
            }
        }
    }

    private static Optional<String> fileBelow(String directory, TriggeringPackage other) {
        String merged = "usr/" + directory;
        return other.paths().stream()
                .filter(path -> isWithin(path, directory) || isWithin(path, merged))
                .findFirst()
                .map(path -> "has \"/" + path + "\"");
    }

    private static boolean isWithin(String path, String directory) {
        return path.startsWith(directory)
                && (path.length() == directory.length() || path.charAt(directory.length()) == '/');
    }
}
