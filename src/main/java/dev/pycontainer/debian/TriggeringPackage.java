package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A package as others' triggers see it: what it activates by name or by its files, and what its script wants to be run for.
 *
 * @param triggers its file of this name, as in deb-triggers(5); empty without one
 * @param paths of its files and links that are in the image, not of its directories, without a slash at either end; of a package that is there already
 *     none, as what they triggered is done
 */
public record TriggeringPackage(String name, String triggers, Collection<String> paths) {

    private static final Set<String> ACTIVATIONS = Set.of("activate", "activate-await", "activate-noawait");
    private static final Set<String> INTERESTS = Set.of("interest", "interest-await", "interest-noawait");

    public static TriggeringPackage of(String name, MaintainerScripts scripts, Collection<String> paths) {
        return new TriggeringPackage(name, scripts.triggers(), paths);
    }

    /** Triggers that its script is to be run for, each with whether others wait until it has: "interest-noawait" says no. */
    Map<String, Boolean> awaited() {
        Map<String, Boolean> awaited = new LinkedHashMap<>();
        interests().forEach(trigger -> awaited.put(trigger, true));
        named(Set.of("interest-noawait")).forEach(trigger -> awaited.put(trigger, false));
        return awaited;
    }

    /** The names of triggers that it activates. */
    List<String> activated() {
        return named(ACTIVATIONS);
    }

    /** Triggers that its script is to be run for: a name, or a path with all below it. */
    List<String> interests() {
        return named(INTERESTS);
    }

    private List<String> named(Set<String> directives) {
        return triggers.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> List.of(line.split("\\s+")))
                .peek(this::requireKnown)
                .filter(words -> directives.contains(words.get(0)))
                .map(words -> words.get(1))
                .toList();
    }

    private void requireKnown(List<String> words) {
        if (words.size() != 2 || !(ACTIVATIONS.contains(words.get(0)) || INTERESTS.contains(words.get(0)))) {
            throw BuildRefused.because(
                            "The Debian package " + name + " has a trigger \"" + String.join(" ", words) + "\".")
                    .why("deb-triggers(5) knows interest and activate, each with one name");
        }
    }
}
