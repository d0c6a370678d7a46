package dev.pycontainer.packaging;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The implementations of Python whose wheels can be told apart: platform compatibility tags, "Python Tag", and for each
 * the names under which it knows itself.
 */
enum Implementation {
    CPYTHON("cpython", "CPython", "CPython", "cp", "cp[0-9]+[a-z]*", "cp311"),
    PYPY("pypy", "PyPy", "PyPy", "pp", "pypy[0-9]+_pp[0-9]+", "pypy311_pp73"),
    // It has no short name of its own; platform.python_implementation() names the machine that it runs on.
    GRAALPY("graalpy", "GraalPy", "GraalVM", "graalpy", "graalpy[0-9]+_[0-9]+_native", "graalpy250_312_native");

    private final String name;
    private final String title;
    private final String platformName;
    private final String tag;
    private final Pattern abi;
    private final String exampleAbi;

    Implementation(String name, String title, String platformName, String tag, String abi, String exampleAbi) {
        this.name = name;
        this.title = title;
        this.platformName = platformName;
        this.tag = tag;
        this.abi = Pattern.compile(abi);
        this.exampleAbi = exampleAbi;
    }

    /** The implementation whose {@code sys.implementation.name} this is. */
    static Optional<Implementation> named(String name) {
        return Arrays.stream(values()).filter(it -> it.name.equals(name)).findFirst();
    }

    /** As its users write it. */
    String title() {
        return title;
    }

    /** Its {@code platform.python_implementation()}. */
    String platformName() {
        return platformName;
    }

    /** What the Python tags of its wheels begin with. */
    String tag() {
        return tag;
    }

    /** Whether this can be the ABI tag of its own extension modules. */
    boolean mayHave(String abiTag) {
        return abi.matcher(abiTag).matches();
    }

    String exampleAbi() {
        return exampleAbi;
    }

    @Override
    public String toString() {
        return name;
    }
}
