package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The maintainer scripts of a package, and what they mean for an image in which none ever runs: Debian Policy, chapter 6.
 *
 * <p>Of the first installation alone: the package was not there before. What a package's triggers mean depends on all others:
 * {@link CheckTriggers}.
 */
public final class MaintainerScripts {

    /** Why a package may be unpacked without its scripts. */
    public enum Judgement {
        /** It has none that run at an installation. */
        NONE,
        /** They do nothing where the package was not there before. */
        WITHOUT_EFFECT,
        /** What they do is {@link ScriptData}, or known to be nothing in a fresh tree. */
        REPLACED,
        /** The user answers for it. */
        ACCEPTED
    }

    /** By the script's name, its first argument where the package was not there before: Debian Policy, 6.5. */
    private static final Map<String, String> ACTIONS =
            Map.of("config", "configure", "postinst", "configure", "preinst", "install");

    private static final Pattern SHELL = Pattern.compile("#! ?(?:/usr)?/bin/(?:sh|bash|dash)(?: -[eux]+)?\\s*");

    private static final int MOST_LINES = 3;
    private static final int LONGEST_LINE = 100;

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("update-alternatives", "registers an alternative, which is a link"),
            Map.entry("dpkg-divert", "diverts a file of another package"),
            Map.entry("dpkg-statoverride", "changes the owner or mode of a file"),
            Map.entry("adduser", "adds a user"),
            Map.entry("useradd", "adds a user"),
            Map.entry("addgroup", "adds a group"),
            Map.entry("groupadd", "adds a group"),
            Map.entry("systemd-sysusers", "adds users and groups"),
            Map.entry("dpkg-trigger", "activates a trigger"),
            Map.entry("update-rc.d", "enables a service"),
            Map.entry("invoke-rc.d", "starts a service"),
            Map.entry("deb-systemd-helper", "enables a service"),
            Map.entry("deb-systemd-invoke", "starts a service"),
            Map.entry("ucf", "installs a configuration file"));

    private final SortedMap<String, String> scripts;
    private final String triggers;

    private MaintainerScripts(SortedMap<String, String> scripts, String triggers) {
        this.scripts = scripts;
        this.triggers = triggers;
    }

    /** @param control the files of a package's control archive: {@link DebFile#control()} */
    public static MaintainerScripts of(Map<String, byte[]> control) {
        SortedMap<String, String> scripts = new TreeMap<>(Utf8Order.INSTANCE);
        for (String name : ACTIONS.keySet()) {
            byte[] script = control.get(name);
            if (script != null) {
                scripts.put(name, text(script));
            }
        }
        return new MaintainerScripts(
                Collections.unmodifiableSortedMap(scripts), text(control.getOrDefault("triggers", new byte[0])));
    }

    /**
     * Why the package may be unpacked without its scripts being run.
     *
     * @param suite the codename of the release, such as {@code trixie}
     * @param accepted whether the user answers for the package, by {@code from.debian.acceptScripts}
     * @throws BuildRefused where something would be missing in the image
     */
    public Judgement judge(String suite, String packageName, boolean accepted) {
        Judgement judgement = scripts.isEmpty() ? Judgement.NONE : Judgement.WITHOUT_EFFECT;
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            String name = script.getKey();
            Map<Integer, String> effects = effects(script.getValue(), ACTIONS.getOrDefault(name, ""));
            if (effects.isEmpty()) {
                continue;
            }
            Optional<String> harmless = KnownScripts.whyHarmless(suite, packageName, name);
            if (harmless.isPresent()) {
                judgement = Judgement.REPLACED;
            } else if (accepted) {
                return Judgement.ACCEPTED;
            } else {
                throw refused(suite, packageName, name, effects);
            }
        }
        return judgement;
    }

    /** What the package activates and is interested in: deb-triggers(5), as written. */
    String triggers() {
        return triggers;
    }

    private static Map<Integer, String> effects(String script, String action) {
        String interpreter = script.lines().findFirst().orElse("");
        if (!SHELL.matcher(interpreter).matches()) {
            return Map.of(1, "is no shell script: " + shortened(interpreter));
        }
        DebhelperSections sections = DebhelperSections.of(script);
        List<String> lines = List.of(script.split("\n", -1));
        SortedMap<Integer, String> effects = new TreeMap<>(sections.mattering());
        FirstInstallation.effects(sections.rest(), action).forEach((line, command) -> {
            String text = shortened(lines.get(Math.min(line, lines.size()) - 1).strip());
            String meaning = MEANINGS.get(command);
            effects.putIfAbsent(line, meaning == null ? text : meaning + ": " + text);
        });
        return effects;
    }

    private static BuildRefused refused(String suite, String packageName, String script, Map<Integer, String> effects) {
        List<String> reasons = new ArrayList<>();
        effects.forEach((line, effect) -> {
            if (reasons.size() < MOST_LINES) {
                reasons.add("line " + line + ": " + effect);
            }
        });
        if (effects.size() > MOST_LINES) {
            reasons.add("and " + (effects.size() - MOST_LINES) + " lines more");
        }
        return BuildRefused.because("The Debian package " + packageName + " needs its script " + script
                        + ", and no script of a package is run.")
                .why("on " + suite + " nothing is known that would replace it\n" + String.join("\n", reasons))
                .todo(advice(packageName));
    }

    /** What helps against a package that does not do without its scripts. */
    static String advice(String packageName) {
        return "name " + packageName
                + " in from.debian.acceptScripts if what the image runs does without that, take another"
                + " package, or a base from a registry in which it is installed";
    }

    private static String shortened(String line) {
        String printable = line.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > LONGEST_LINE ? printable.substring(0, LONGEST_LINE) + "..." : printable;
    }

    /** No encoding is promised; what is no UTF-8 is nothing that a shell would understand either. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
