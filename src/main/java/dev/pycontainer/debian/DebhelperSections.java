package dev.pycontainer.debian;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sections that debhelper's programs add to maintainer scripts, each between two comments: debhelper(7), "Automatic
 * generation of Debian install scripts".
 *
 * @param rest the script without them, its lines where they were
 * @param mattering the lines, from 1, at which sections begin that do something, and what
 */
record DebhelperSections(String rest, Map<Integer, String> mattering) {

    private static final Pattern BEGIN = Pattern.compile("\\s*# Automatically added by ([a-z0-9_]+)(?:/\\S*)?\\s*");
    private static final Pattern END = Pattern.compile("\\s*# End automatically added section\\s*");

    /** What does nothing where no package was before, and no cache or documentation is kept that it would refresh. */
    private static final Map<String, String> WITHOUT_EFFECT = Map.of(
            "dh_installdeb", "dpkg-maintscript-helper, which acts on upgrades alone",
            "dh_makeshlibs", "ldconfig, whose cache is written as data",
            "dh_strip", "debug symbols of an older version",
            "dh_python3", "byte-compiles, what Python does by itself",
            "dh_pypy", "byte-compiles for an interpreter that is not here",
            "dh_installdocs", "registers documentation, which is left out",
            "dh_installinfo", "registers documentation, which is left out",
            "dh_installman", "registers documentation, which is left out",
            "dh_installmenu", "registers menus, which are left out");

    private static final Map<String, String> EFFECTS = Map.ofEntries(
            Map.entry("dh_installsystemd", "enables and starts services"),
            Map.entry("dh_installsystemduser", "enables services of users"),
            Map.entry("dh_systemd_enable", "enables services"),
            Map.entry("dh_systemd_start", "starts services"),
            Map.entry("dh_installinit", "enables and starts services"),
            Map.entry("dh_installsysusers", "adds users and groups"),
            Map.entry("dh_installtmpfiles", "makes directories and files with owners of their own"),
            Map.entry("dh_installalternatives", "registers alternatives, which are links"),
            Map.entry("dh_installudev", "moves rules for devices"),
            Map.entry("dh_installmodules", "registers kernel modules"),
            Map.entry("dh_installdebconf", "asks questions"),
            Map.entry("dh_installcatalogs", "registers SGML catalogs"),
            Map.entry("dh_installxmlcatalogs", "registers XML catalogs"),
            Map.entry("dh_installxfonts", "writes indexes of fonts"),
            Map.entry("dh_installmime", "writes the database of MIME types"),
            Map.entry("dh_installwm", "registers alternatives, which are links"),
            Map.entry("dh_icons", "writes the cache of an icon theme"),
            Map.entry("dh_glib", "compiles schemas"),
            Map.entry("dh_gconf", "registers schemas"),
            Map.entry("dh_ucf", "installs configuration files"),
            Map.entry("dh_usrlocal", "makes directories in /usr/local"),
            Map.entry("dh_apache2", "enables modules of Apache"),
            Map.entry("dh_nginx", "enables modules of nginx"));

    static DebhelperSections of(String script) {
        List<String> rest = new ArrayList<>();
        Map<Integer, String> mattering = new TreeMap<>();
        boolean inside = false;
        int begin = 0;
        List<String> lines = List.of(script.split("\n", -1));
        for (int i = 0; i < lines.size(); i++) {
            Matcher section = BEGIN.matcher(lines.get(i));
            if (section.matches()) {
                if (inside) {
                    break;
                }
                inside = true;
                begin = i;
                String program = section.group(1);
                if (!WITHOUT_EFFECT.containsKey(program)) {
                    mattering.put(i + 1, EFFECTS.getOrDefault(program, "runs what " + program + " added"));
                }
            }
            rest.add(inside ? "" : lines.get(i));
            if (END.matcher(lines.get(i)).matches()) {
                inside = false;
            }
        }
        if (inside) {
            mattering.put(begin + 1, "begins a section that does not end");
        }
        return new DebhelperSections(String.join("\n", rest), mattering);
    }
}
