package dev.pycontainer.build;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who needs a package.
 *
 * @param name of a package, or of the project, normalised
 * @param extra of the package whose dependency it is
 * @param group of the project, PEP 735
 */
public record Requirer(String name, Optional<String> extra, Optional<String> group) {

    private static final Pattern LABEL =
            Pattern.compile("(?<name>[^\\[\\s]+)(?:\\[(?<extra>.+)])?(?:\\s\\(group (?<group>.+)\\))?");

    /** Reads what locks say: {@code name}, {@code name[extra]} or {@code name (group dev)}. */
    static Requirer parse(String label) {
        Matcher parts = LABEL.matcher(label);
        return parts.matches()
                ? new Requirer(
                        parts.group("name"),
                        Optional.ofNullable(parts.group("extra")),
                        Optional.ofNullable(parts.group("group")))
                : new Requirer(label, Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return name
                + extra.map(of -> "[" + of + "]").orElse("")
                + group.map(of -> " (group " + of + ")").orElse("");
    }
}
