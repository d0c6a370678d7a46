package dev.pycontainer.packaging.wheel;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Utf8Text;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code entry_points.txt}: "Entry points specification", "File format".
 *
 * <p>"The file contents are in INI format, as read by Python's configparser module. However, configparser treats names
 * as case-insensitive by default, whereas entry point names are case sensitive. … The entry points file always uses
 * {@code =} to delimit names from values."
 */
final class EntryPointsFile {

    private static final Pattern GROUP = Pattern.compile("\\[(?<name>[^]]+)]");
    private static final Pattern VERSIONED_PIP = Pattern.compile("pip3\\.[0-9]{1,3}");

    private EntryPointsFile() {}

    /** The scripts by name that the groups {@code console_scripts} and {@code gui_scripts} ask for. */
    static SortedMap<String, EntryPoint> scripts(byte[] content, String pythonMinor) {
        // "The file uses the UTF-8 character encoding."
        Map<String, Map<String, String>> groups = groups(text(content));
        SortedMap<String, EntryPoint> scripts = new TreeMap<>();
        for (String group : new String[] {"console_scripts", "gui_scripts"}) {
            groups.getOrDefault(group, Map.of()).forEach((name, value) -> {
                try {
                    add(scripts, new ScriptName(name), EntryPoint.parse(value));
                } catch (BuildRefused refused) {
                    throw refused.in("[" + group + "] " + name);
                }
            });
        }
        // In the wild: wheels of pip name the script of the Python that built them, or none; pip and uv
        // (uv issue 1593) both write the one of the environment's own Python.
        scripts.keySet().removeIf(name -> VERSIONED_PIP.matcher(name).matches());
        EntryPoint pip = scripts.get("pip3");
        if (pip != null) {
            scripts.put("pip" + pythonMinor, pip);
        }
        return scripts;
    }

    private static String text(byte[] content) {
        try {
            return Utf8Text.of(content);
        } catch (CharacterCodingException e) {
            throw BuildRefused.because("entry_points.txt is not UTF-8.").causedBy(e);
        }
    }

    private static void add(SortedMap<String, EntryPoint> scripts, ScriptName name, EntryPoint entryPoint) {
        EntryPoint other = scripts.putIfAbsent(name.value(), entryPoint);
        if (other != null && !other.equals(entryPoint)) {
            throw BuildRefused.because("The script \"" + name + "\" has two entry points.")
                    .why("they are " + other + " and " + entryPoint);
        }
    }

    private static Map<String, Map<String, String>> groups(String text) {
        Map<String, Map<String, String>> groups = new LinkedHashMap<>();
        Map<String, String> group = null;
        int number = 0;
        for (String raw : text.split("\r\n|\r|\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            var header = GROUP.matcher(line);
            if (header.matches()) {
                group = groups.computeIfAbsent(header.group("name").strip(), name -> new LinkedHashMap<>());
                continue;
            }
            int equals = line.indexOf('=');
            if (group == null || equals < 1) {
                throw BuildRefused.because("entry_points.txt has a line that is no entry.")
                        .why("line " + number + " is \"" + line + "\"");
            }
            String name = line.substring(0, equals).strip();
            String value = line.substring(equals + 1).strip();
            String other = group.putIfAbsent(name, value);
            if (other != null && !other.equals(value)) {
                throw BuildRefused.because("entry_points.txt names \"" + name + "\" twice in one group.")
                        .why("it stands for " + other + " and " + value);
            }
        }
        return groups;
    }
}
