package dev.pycontainer.debian;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Scripts that do something, and are nevertheless not missed: each was read, in each of the releases that are named, and what
 * it does is nothing in a fresh tree, or is {@link ScriptData}.
 */
final class KnownScripts {

    private static final Set<String> BOOKWORM = Set.of("bookworm");
    private static final Set<String> TRIXIE = Set.of("trixie");
    private static final Set<String> BOTH = Set.of("bookworm", "trixie");

    private static final Set<String> POSTINST = Set.of("postinst");
    private static final Set<String> PREINST = Set.of("preinst");
    private static final Set<String> PREINST_AND_POSTINST = Set.of("preinst", "postinst");
    private static final Set<String> POSTINST_AND_CONFIG = Set.of("postinst", "config");

    private record Row(Set<String> suites, Set<String> scripts, String why) {}

    private static final String PYTHON_PATH =
            "makes an empty directory in /usr/local and compiles what Python compiles by itself";

    private static final Map<String, Row> ROWS = Map.ofEntries(
            // Its preinst refuses a root that is not merged, and protects links that no package here can replace.
            row("base-files", BOTH, PREINST_AND_POSTINST, "its links and directories are written as data"),
            row(
                    "libc6",
                    BOTH,
                    PREINST_AND_POSTINST,
                    "checks the kernel and restarts services, its diversions protect an upgrade"),
            row("libc-bin", BOTH, POSTINST, "nsswitch.conf and the loader's cache are written as data"),
            row("ca-certificates", BOTH, POSTINST_AND_CONFIG, "the bundle and its list are written as data"),
            row("openssl", BOTH, POSTINST, "links /usr/lib/ssl where it is absent, and the package has it"),
            row("tzdata", BOTH, POSTINST_AND_CONFIG, "/etc/localtime is written as data"),
            row("netbase", BOTH, POSTINST, "/etc/hosts is the runtime's, and /etc/networks names what nobody looks up"),
            row("readline-common", BOTH, POSTINST, "/etc/inputrc is written as data"),
            row("libreadline8t64", TRIXIE, PREINST, "its diversions protect an upgrade"),
            row("libpython3.11-minimal", BOOKWORM, POSTINST, "prints a line"),
            row("libpython3.13-minimal", TRIXIE, POSTINST, "prints a line"),
            row("python3.11-minimal", BOOKWORM, PREINST_AND_POSTINST, PYTHON_PATH),
            row("python3.13-minimal", TRIXIE, PREINST_AND_POSTINST, PYTHON_PATH),
            // What others bring is found by CheckTriggers.
            row("libglib2.0-0", BOOKWORM, POSTINST, "compiles schemas and lists GIO modules, and has none itself"),
            row(
                    "libglib2.0-0t64",
                    TRIXIE,
                    PREINST_AND_POSTINST,
                    "compiles schemas and lists GIO modules, and has none itself"),
            row(
                    "libselinux1",
                    TRIXIE,
                    POSTINST,
                    "removes files of older versions, makes a directory in /run for a daemon"),
            row("libsensors5", BOOKWORM, PREINST, "removes a configuration of versions before 2010"),
            row("fontconfig-config", BOTH, Set.of("preinst", "postinst", "config"), "its links are written as data"),
            row("fontconfig", BOTH, POSTINST, "fills a cache that whoever looks for a font does without"),
            row("libblas3", BOTH, POSTINST, "the links of its alternative are written as data"),
            row("liblapack3", BOTH, POSTINST, "the links of its alternative are written as data"),
            row("mariadb-common", BOTH, POSTINST, "the links of its alternative are written as data"),
            row(
                    "mysql-common",
                    BOTH,
                    POSTINST,
                    "its alternative is second to that of mariadb-common, and sets nothing"),
            row("perl", BOTH, POSTINST, "removes an alternative of older versions"),
            row("x11-common", BOTH, PREINST_AND_POSTINST, "enables a service for local displays"),
            row("unixodbc-common", BOTH, POSTINST, "its empty file is written as data"));

    /** Triggers whose work is written as data or not missed, by the package that is interested in them. */
    private static final Map<String, Set<String>> TRIGGERS = Map.of(
            "libc-bin", Set.of("ldconfig"),
            "fontconfig", Set.of("/usr/share/fonts", "/usr/share/ghostscript/fonts", "/usr/share/texmf/fonts"));

    private KnownScripts() {}

    /** Why the script is not missed in this release of Debian. */
    static Optional<String> whyHarmless(String suite, String packageName, String script) {
        return Optional.ofNullable(ROWS.get(packageName))
                .filter(it -> it.suites().contains(suite) && it.scripts().contains(script))
                .map(Row::why);
    }

    /** Whether nothing is missed where the trigger is activated and its package's script does not run. */
    static boolean isTriggerHarmless(String suite, String packageName, String trigger) {
        return BOTH.contains(suite)
                && TRIGGERS.getOrDefault(packageName, Set.of()).contains(trigger);
    }

    private static Map.Entry<String, Row> row(String name, Set<String> suites, Set<String> scripts, String why) {
        return Map.entry(name, new Row(suites, scripts, why));
    }
}
