package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A release of Debian of which a base can be made: what an image needs so that Python and its wheels run in it.
 *
 * <p>What is here is known for these releases alone. Each new one moves files and scripts, so that an unknown one is refused
 * and not guessed.
 */
public enum DebianSuite {
    BOOKWORM("3.11", "libssl3"),
    TRIXIE("3.13", "libssl3t64");

    /** Dependencies that scripts have, or services that no image runs; by their names, with the reason. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "debconf", "it asks questions for scripts, and none is run",
            "dpkg", "no package is installed in an image",
            "mawk", "scripts alone call it",
            "openssl", "the script of ca-certificates alone calls it; its links are written as data");

    private final String python;
    private final String ssl;

    DebianSuite(String python, String ssl) {
        this.python = python;
        this.ssl = ssl;
    }

    /** The codenames of all that are known. */
    public static List<String> codenames() {
        return List.of(values()).stream().map(DebianSuite::codename).toList();
    }

    /** The suite of this codename, such as {@code trixie}. */
    public static DebianSuite named(String codename) {
        List<String> known = codenames();
        int index = known.indexOf(codename);
        if (index < 0) {
            throw BuildRefused.because("\"" + codename + "\" is no release of Debian that a base can be made of.")
                    .why("known are " + String.join(" and ", known) + ", by their codenames")
                    .todo(NearestName.of(codename, known)
                            .map(near -> "write " + near)
                            .orElse("write one of them, or name an image of a registry"));
        }
        return values()[index];
    }

    public String codename() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The Python that it has, such as {@code 3.13}. */
    public String python() {
        return python;
    }

    /** The packages that an image is made of, with all that they depend on. */
    public List<String> seeds() {
        // python3.X itself holds changelogs and wrappers; its -minimal and the library's -stdlib are the interpreter.
        return List.of(
                "base-files",
                "ca-certificates",
                "libc-bin",
                "libc6",
                "libgcc-s1",
                "libpython" + python + "-stdlib",
                ssl,
                "libstdc++6",
                "media-types",
                "netbase",
                "python" + python + "-minimal",
                "tzdata",
                "zlib1g");
    }

    /** What they depend on and an image does without, each with the reason. */
    public Map<String, String> leftOut() {
        return LEFT_OUT;
    }
}
