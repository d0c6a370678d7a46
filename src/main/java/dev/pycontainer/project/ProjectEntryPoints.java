package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.wheel.EntryPoint;
import dev.pycontainer.packaging.wheel.ScriptName;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The entry points that a project declares: "Entry points specification". */
record ProjectEntryPoints(Pyproject pyproject, Map<String, Map<String, String>> groups) {

    // "The name may contain any characters except =, but it cannot start or end with any whitespace character, or start
    // with [." What stands in one line of an INI file holds no line end, and begins no comment.
    private static final Pattern NAME = Pattern.compile("(?![\\s\\[#;])[^=\\r\\n]*[^=\\s]");
    private static final Pattern VALUE = Pattern.compile("\\S([^\\r\\n]*\\S)?");
    // "Group names … must be one or more groups of letters, numbers and underscores, separated by dots"
    private static final Pattern GROUP = Pattern.compile("\\w+(\\.\\w+)*");

    static ProjectEntryPoints of(Pyproject pyproject) {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        groups.put("console_scripts", pyproject.scripts());
        groups.put("gui_scripts", pyproject.guiScripts());
        groups.putAll(pyproject.entryPoints());
        groups.values().removeIf(Map::isEmpty);
        ProjectEntryPoints entryPoints = new ProjectEntryPoints(pyproject, groups);
        groups.forEach((group, entries) -> {
            entryPoints.require(GROUP, group, "a group", group);
            entries.forEach((name, value) -> {
                entryPoints.require(NAME, name, "a name", group);
                entryPoints.require(VALUE, value, "an object reference", group);
            });
        });
        return entryPoints;
    }

    private void require(Pattern form, String text, String what, String group) {
        if (!form.matcher(text).matches()) {
            throw BuildRefused.because("\"" + text + "\" is not " + what + " of entry points.")
                    .in(keyOf(group))
                    .in(Pyproject.FILE);
        }
    }

    /** Where pyproject.toml declares a group. */
    private String keyOf(String group) {
        return switch (group) {
            case "console_scripts" -> pyproject.pathOf("scripts");
            case "gui_scripts" -> pyproject.pathOf("gui-scripts");
            default -> pyproject.pathOf("entry-points") + "." + group;
        };
    }

    /** The scripts by name, of the console and of a graphical system, which do not differ on Linux. */
    Map<String, EntryPoint> scripts() {
        Map<String, EntryPoint> scripts = new TreeMap<>();
        for (String group : new String[] {"console_scripts", "gui_scripts"}) {
            groups.getOrDefault(group, Map.of()).forEach((name, value) -> {
                try {
                    EntryPoint entryPoint = EntryPoint.parse(value);
                    EntryPoint other = scripts.put(new ScriptName(name).value(), entryPoint);
                    if (other != null && !other.equals(entryPoint)) {
                        throw BuildRefused.because("The script \"" + name + "\" has two entry points.")
                                .why("they are " + other + " and " + entryPoint);
                    }
                } catch (BuildRefused refused) {
                    throw refused.in(keyOf(group) + "." + name).in(Pyproject.FILE);
                }
            });
        }
        return scripts;
    }

    /** {@code entry_points.txt}: "File format". */
    byte[] file() {
        StringBuilder text = new StringBuilder();
        groups.forEach((group, entries) -> {
            text.append(text.isEmpty() ? "" : "\n").append('[').append(group).append("]\n");
            entries.forEach((name, value) ->
                    text.append(name).append(" = ").append(value).append('\n'));
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
