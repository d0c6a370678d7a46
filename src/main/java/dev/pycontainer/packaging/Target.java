package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a base is: everything that decides which wheels fit it and where their files go.
 *
 * @param implementation as {@code sys.implementation.name}: CPython, PyPy and GraalPy are known
 * @param python the full version of the language, such as {@code 3.11.2}
 * @param abi the ABI tag of its own extension modules, such as {@code cp311}, {@code cp313t}, {@code cp312d} or
 *     {@code pypy311_pp73}
 * @param libcVersion major and minor number, such as {@code 2.36}
 * @param machine as {@code platform.machine()}; {@code armv7l} means hard float, the only one with wheels
 * @param interpreter absolute path of the executable in the image, links followed
 * @param sitePackages path of site-packages below a virtual environment's prefix
 * @param implementationVersion the implementation's own version, such as {@code 7.3.17} of a PyPy 3.11
 */
public record Target(
        String implementation,
        Version python,
        String abi,
        Libc libc,
        String libcVersion,
        String machine,
        String interpreter,
        String sitePackages,
        Version implementationVersion) {

    private static final Pattern LIBC_VERSION = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})(?:[^0-9].*)?");
    private static final Pattern MACHINE = Pattern.compile("[a-z0-9_]+");

    public Target {
        Implementation kind = known(implementation);
        if (!isPython3(python)) {
            throw BuildRefused.because("Python " + python + " is not supported.")
                    .todo("use a base with a Python 3");
        }
        if (!kind.mayHave(abi)) {
            throw BuildRefused.because(
                    "\"" + abi + "\" is not the ABI tag of a " + kind.title() + ", such as " + kind.exampleAbi() + ".");
        }
        if (!LIBC_VERSION.matcher(libcVersion).matches()) {
            throw BuildRefused.because("\"" + libcVersion + "\" is not a version of " + libc + ", such as 2.36.");
        }
        if (!MACHINE.matcher(machine).matches()) {
            throw BuildRefused.because("\"" + machine + "\" is not the name of a machine, such as x86_64.");
        }
        if (!interpreter.startsWith("/")) {
            throw BuildRefused.because("\"" + interpreter + "\" is not the absolute path of an interpreter.");
        }
        if (sitePackages.isEmpty() || sitePackages.startsWith("/")) {
            throw BuildRefused.because("\"" + sitePackages + "\" is not a path below a virtual environment's prefix.");
        }
    }

    /** A CPython, whose version is that of the language; another implementation must say its own. */
    public Target(
            String implementation,
            Version python,
            String abi,
            Libc libc,
            String libcVersion,
            String machine,
            String interpreter,
            String sitePackages) {
        this(
                implementation,
                python,
                abi,
                libc,
                libcVersion,
                machine,
                interpreter,
                sitePackages,
                versionOfCPython(implementation, python));
    }

    private static Version versionOfCPython(String implementation, Version python) {
        Implementation kind = known(implementation);
        if (kind != Implementation.CPYTHON) {
            throw BuildRefused.because("The version of the " + kind.title() + " itself is not known.")
                    .why("its language version " + python + " does not tell it");
        }
        // format_full_version(sys.implementation.version), which knows no local label
        return python.publicVersion();
    }

    private static Implementation known(String implementation) {
        return Implementation.named(implementation)
                .orElseThrow(() -> BuildRefused.because(
                                "The Python implementation \"" + implementation + "\" is not supported.")
                        .why("the tags of its wheels are not known here")
                        .todo("use a base with CPython"));
    }

    Implementation kind() {
        return known(implementation);
    }

    // A minor version beyond 99 would be a misread file; it would also name more tags than any installer knows.
    private static boolean isPython3(Version python) {
        List<BigInteger> release = python.release();
        return release.size() >= 2
                && release.get(0).equals(BigInteger.valueOf(3))
                && release.get(1).compareTo(BigInteger.valueOf(100)) < 0;
    }

    /**
     * Whether a {@code requires-python} allows the target's Python, by its release alone: as for pip and uv, a 3.15.0rc1 is
     * a 3.15.0.
     */
    public boolean satisfies(SpecifierSet requiresPython) {
        String release = python.release().stream().map(BigInteger::toString).collect(Collectors.joining("."));
        return requiresPython.contains(Version.parse(release));
    }

    /** Major and minor version of the Python, such as {@code 3.11}. */
    public String pythonMinor() {
        return python.release().get(0) + "." + minor();
    }

    int minor() {
        return python.release().get(1).intValue();
    }

    int libcMajor() {
        return libcPart(1);
    }

    int libcMinor() {
        return libcPart(2);
    }

    private int libcPart(int group) {
        Matcher parts = LIBC_VERSION.matcher(libcVersion);
        return parts.matches() ? Integer.parseInt(parts.group(group)) : 0;
    }

    /** Whether this is a free-threaded build, which loads no extension built for a Python with the GIL. */
    public boolean isFreeThreaded() {
        return TargetTags.flags(abi).contains("t");
    }

    /** All tags of wheels that fit, the best first. */
    public List<WheelTag> tags() {
        return TargetTags.of(this);
    }

    /**
     * The marker fields of this Python on Linux. {@code platform_release} and {@code platform_version} are those of the
     * machine that will run the image, so that they stay unknown.
     */
    public MarkerEnvironment markers() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("os_name", "posix");
        values.put("sys_platform", "linux");
        values.put("platform_system", "Linux");
        values.put("platform_machine", machine);
        values.put("implementation_name", implementation);
        values.put("platform_python_implementation", kind().platformName());
        values.put("python_version", pythonMinor());
        values.put("python_full_version", python.toString());
        values.put("implementation_version", implementationVersion.toString());
        return MarkerEnvironment.of(values);
    }

    /** What a wheel must fit, in words, such as {@code CPython 3.11 (cp311) with glibc 2.36 on linux x86_64}. */
    public String description() {
        return kind().title() + " " + pythonMinor() + " (" + abi + ") with " + libc + " " + libcVersion + " on linux "
                + machine;
    }
}
