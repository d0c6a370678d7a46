package dev.pycontainer.packaging.wheel;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import java.util.List;

/**
 * All that a wheel's files on disk depend on: where the environment stands and which Python its scripts name.
 *
 * <p>These are the paths of the {@code venv} scheme of Python's {@code sysconfig}, all below one prefix. purelib and
 * platlib are one directory there: where a Python has a platlib of its own, {@code lib64} is a link to {@code lib}.
 *
 * @param prefix the environment's directory, absolute, such as {@code /opt/venv}
 * @param sitePackages below the prefix, such as {@code lib/python3.11/site-packages}
 * @param python the interpreter that scripts name, such as {@code /opt/venv/bin/python}
 * @param pythonMinor such as {@code 3.11}
 */
public record InstallScheme(String prefix, String sitePackages, String python, String pythonMinor) {

    /** The directory of scripts, below the prefix. */
    static final String SCRIPTS = "bin";

    public InstallScheme {
        requireAbsolute(prefix, "The prefix");
        requireAbsolute(python, "The interpreter that scripts name");
        InstalledPath.require(sitePackages, "The site-packages directory");
    }

    /** The scheme of a virtual environment at {@code prefix} on the target's own interpreter. */
    public static InstallScheme of(String prefix, Target target) {
        return new InstallScheme(prefix, target.sitePackages(), prefix + "/bin/python", target.pythonMinor());
    }

    private static void requireAbsolute(String path, String what) {
        if (!path.startsWith("/")) {
            throw BuildRefused.because(what + " \"" + path + "\" is not an absolute path.");
        }
        InstalledPath.require(path.substring(1), what);
    }

    /** Below the prefix, where a wheel's headers go: as pip and uv do it in a virtual environment. */
    String headers(PackageName name) {
        return "include/site/python" + pythonMinor + "/" + name.value();
    }

    /**
     * The path as RECORD names it: "Recording installed projects", "The RECORD file", relative to the directory that
     * contains the {@code .dist-info} directory.
     *
     * @param installed a path below the prefix
     */
    String recorded(String installed) {
        List<String> from = List.of(sitePackages.split("/", -1));
        List<String> to = List.of(installed.split("/", -1));
        int common = 0;
        while (common < from.size()
                && common < to.size() - 1
                && from.get(common).equals(to.get(common))) {
            common++;
        }
        return "../".repeat(from.size() - common) + String.join("/", to.subList(common, to.size()));
    }
}
