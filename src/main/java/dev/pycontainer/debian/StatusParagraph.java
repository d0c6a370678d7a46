package dev.pycontainer.debian;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The paragraph of dpkg's {@code status} for a package that is installed: the fields of its control file in the order, and the
 * relations in the form, in which dpkg writes them.
 */
final class StatusParagraph {

    private static final String STATUS = "Status";
    private static final String CONFFILES = "Conffiles";

    /** dpkg's order; others follow in the package's own. */
    private static final List<String> ORDER = List.of(
            "Package",
            "Essential",
            "Protected",
            STATUS,
            "Priority",
            "Section",
            "Installed-Size",
            "Origin",
            "Maintainer",
            "Bugs",
            "Architecture",
            "Multi-Arch",
            "Source",
            "Version",
            "Replaces",
            "Provides",
            "Depends",
            "Pre-Depends",
            "Recommends",
            "Suggests",
            "Breaks",
            "Conflicts",
            "Enhances",
            CONFFILES,
            "Description");

    private static final Set<String> RELATIONS = Set.of(
            "Replaces",
            "Provides",
            "Depends",
            "Pre-Depends",
            "Recommends",
            "Suggests",
            "Breaks",
            "Conflicts",
            "Enhances");

    /** What dpkg does not write where it is what it is without the field. */
    private static final Map<String, String> DEFAULTS =
            Map.of("Essential", "no", "Protected", "no", "Multi-Arch", "no");

    /** Of an archive, not of what is installed. */
    private static final Set<String> OF_ARCHIVES =
            Set.of("filename", "size", "md5sum", "config-version", "triggers-pending", "triggers-awaited");

    private StatusParagraph() {}

    /** Without the blank line behind it. */
    static String of(PackageFacts facts) {
        Map<String, String> known = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        facts.control().written().forEach((name, value) -> {
            String usual =
                    ORDER.stream().filter(name::equalsIgnoreCase).findFirst().orElse("");
            if (!usual.isEmpty()) {
                known.put(usual, RELATIONS.contains(usual) ? relations(value) : value);
            } else if (!OF_ARCHIVES.contains(name.toLowerCase(Locale.ROOT))) {
                others.put(name, value);
            }
        });
        known.put(STATUS, "install ok installed");
        known.put(CONFFILES, conffiles(facts.conffiles()));
        StringBuilder text = new StringBuilder();
        for (String name : ORDER) {
            String value = known.getOrDefault(name, "");
            if (!value.isEmpty() && !value.equals(DEFAULTS.get(name))) {
                text.append(name)
                        .append(name.equals(CONFFILES) ? ":" : ": ")
                        .append(value)
                        .append('\n');
            }
        }
        others.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static String relations(String value) {
        return Relations.parse(value).toString();
    }

    private static String conffiles(List<PackageFacts.Conffile> conffiles) {
        StringBuilder lines = new StringBuilder();
        for (PackageFacts.Conffile each : conffiles) {
            lines.append("\n ").append(each.path()).append(' ').append(each.hash());
            lines.append(each.removedOnUpgrade() ? " remove-on-upgrade" : "");
        }
        return lines.toString();
    }
}
