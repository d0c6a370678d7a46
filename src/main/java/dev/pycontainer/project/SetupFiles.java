package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import java.util.regex.Pattern;

/** {@code setup.py} and {@code setup.cfg}, which setuptools reads beside {@code pyproject.toml}. */
final class SetupFiles {

    /** The lines of a setup.py that adds nothing, as setuptools advises for old versions of pip. */
    private static final Pattern ADDS_NOTHING = Pattern.compile("|#.*|from setuptools import setup|import setuptools"
            + "|if __name__ == [\"']__main__[\"']:|(setuptools\\.)?setup\\(\\)");

    private static final Pattern OPTIONS = Pattern.compile("^\\[options", Pattern.MULTILINE);

    private SetupFiles() {}

    static void refuseWhatTheyAdd(PackageSearch search) {
        boolean addsNothing = search.textOf("setup.py").stream()
                .flatMap(String::lines)
                .allMatch(line -> ADDS_NOTHING.matcher(line.strip()).matches());
        if (!addsNothing) {
            throw refused("setup.py");
        }
        if (search.textOf("setup.cfg")
                .filter(text -> OPTIONS.matcher(text).find())
                .isPresent()) {
            throw refused("setup.cfg");
        }
    }

    private static BuildRefused refused(String file) {
        return NotEditable.because("The project is also described by " + file + ".")
                .why("only setuptools can tell what it adds, and pycontainer runs no build backend")
                .todo("move what it says to [project] and [tool.setuptools], or " + NotEditable.ADVICE);
    }
}
