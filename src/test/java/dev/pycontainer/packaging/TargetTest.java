package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Platform compatibility tags (PEP 425, 513, 571, 599, 600, 656, 703, 803). */
class TargetTest {

    static Target target(String python, String abi, Libc libc, String libcVersion, String machine) {
        String minor = python.replaceFirst("^(3\\.[0-9]+).*", "$1");
        return new Target(
                "cpython",
                Version.parse(python),
                abi,
                libc,
                libcVersion,
                machine,
                "/usr/bin/python" + minor,
                "lib/python" + minor + "/site-packages");
    }

    private static List<String> tags(Target target) {
        return target.tags().stream().map(WheelTag::toString).toList();
    }

    private static List<String> platformsOfOwnAbi(Target target) {
        return target.tags().stream()
                .filter(tag -> tag.abi().equals(target.abi()))
                .map(WheelTag::platform)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # PEP 600; the older names "still supported" are 2.5, 2.12 and 2.17, on x86 alone below 2.17
            GLIBC | 2.18 | x86_64  | linux manylinux_2_18 manylinux_2_17 manylinux2014 manylinux_2_16 manylinux_2_15 manylinux_2_14 manylinux_2_13 manylinux_2_12 manylinux2010 manylinux_2_11 manylinux_2_10 manylinux_2_9 manylinux_2_8 manylinux_2_7 manylinux_2_6 manylinux_2_5 manylinux1
            GLIBC | 2.5  | i686    | linux manylinux_2_5 manylinux1
            GLIBC | 2.19 | aarch64 | linux manylinux_2_19 manylinux_2_18 manylinux_2_17 manylinux2014
            GLIBC | 2.17 | armv7l  | linux manylinux_2_17 manylinux2014
            GLIBC | 2.17 | ppc64le | linux manylinux_2_17 manylinux2014
            GLIBC | 2.17 | s390x   | linux manylinux_2_17 manylinux2014
            GLIBC | 2.17 | riscv64 | linux manylinux_2_17 manylinux2014
            GLIBC | 2.16 | aarch64 | linux
            GLIBC | 2.36 | armv6l  | linux
            # PEP 656
            MUSL  | 1.2  | x86_64  | linux musllinux_1_2 musllinux_1_1 musllinux_1_0
            MUSL  | 1.2.5 | x86_64 | linux musllinux_1_2 musllinux_1_1 musllinux_1_0
            # In the wild: what distributions append to the version of their glibc
            GLIBC | 2.17-326.el7 | s390x | linux manylinux_2_17 manylinux2014
            """)
    void platformsGoFromTheNewestCLibraryToTheOldest(Libc libc, String version, String machine, String platforms) {
        assertThat(platformsOfOwnAbi(target("3.11.2", "cp311", libc, version, machine)))
                .containsExactlyElementsOf(List.of(platforms.split(" ", -1)).stream()
                        .map(it -> it + "_" + machine)
                        .toList());
    }

    @Test
    void aPythonTakesTheStableAbiOfOlderPythons() {
        assertThat(tags(target("3.5.0", "cp35m", Libc.GLIBC, "2.16", "aarch64")))
                .containsExactly(
                        "cp35-cp35m-linux_aarch64",
                        "cp35-abi3-linux_aarch64",
                        "cp35-none-linux_aarch64",
                        "cp34-abi3-linux_aarch64",
                        "cp33-abi3-linux_aarch64",
                        "cp32-abi3-linux_aarch64",
                        "py35-none-linux_aarch64",
                        "py3-none-linux_aarch64",
                        "py34-none-linux_aarch64",
                        "py33-none-linux_aarch64",
                        "py32-none-linux_aarch64",
                        "py31-none-linux_aarch64",
                        "py30-none-linux_aarch64",
                        "cp35-none-any",
                        "py35-none-any",
                        "py3-none-any",
                        "py34-none-any",
                        "py33-none-any",
                        "py32-none-any",
                        "py31-none-any",
                        "py30-none-any");
    }

    @Test
    void aFreeThreadedPythonTakesNoAbi3() {
        Predicate<WheelTag> abi3 = tag -> tag.abi().equals("abi3");
        assertThat(target("3.13.1", "cp313t", Libc.GLIBC, "2.36", "x86_64").tags())
                .noneMatch(abi3);
        assertThat(target("3.13.1", "cp313", Libc.GLIBC, "2.36", "x86_64").tags())
                .anyMatch(abi3);
    }

    @Test
    void aDebugPythonTakesTheWheelsOfAReleasePython() {
        assertThat(tags(target("3.12.1", "cp312d", Libc.MUSL, "1.0", "x86_64")))
                .startsWith(
                        "cp312-cp312d-linux_x86_64",
                        "cp312-cp312d-musllinux_1_0_x86_64",
                        "cp312-cp312-linux_x86_64",
                        "cp312-cp312-musllinux_1_0_x86_64");
    }

    @Test
    void theMarkersAreThoseOfThePythonOnLinux() {
        Target target = target("3.13.0rc1", "cp313", Libc.MUSL, "1.2", "aarch64");
        assertThat(target.pythonMinor()).isEqualTo("3.13");
        for (String marker : List.of(
                "os_name == 'posix'",
                "sys_platform == 'linux'",
                "platform_system == 'Linux'",
                "platform_machine == 'aarch64'",
                "implementation_name == 'cpython'",
                "platform_python_implementation == 'CPython'",
                "python_version === '3.13'",
                "python_full_version === '3.13.0rc1'",
                "implementation_version === '3.13.0rc1'")) {
            assertThat(Marker.parse(marker).evaluate(target.markers()))
                    .as(marker)
                    .isTrue();
        }
    }

    static Target pypy() {
        return other("pypy", "3.11.11", "pypy311_pp73", "7.3.19");
    }

    static Target other(String implementation, String python, String abi, String implementationVersion) {
        return new Target(
                implementation,
                Version.parse(python),
                abi,
                Libc.GLIBC,
                "2.17",
                "x86_64",
                "/opt/" + implementation + "/bin/" + implementation,
                "lib/" + implementation + "3.11/site-packages",
                Version.parse(implementationVersion));
    }

    // Each implementation says of itself what sys.implementation and the module platform say.
    @ParameterizedTest
    @CsvSource({
        "pypy, 3.11.11, pypy311_pp73, 7.3.19, PyPy, PyPy 3.11 (pypy311_pp73) with glibc 2.17 on linux x86_64",
        "graalpy, 3.12.8, graalpy250_312_native, 25.0.1, GraalVM, GraalPy 3.12 (graalpy250_312_native) with glibc 2.17 on linux x86_64"
    })
    void anotherImplementationHasMarkersOfItsOwn(
            String implementation, String python, String abi, String version, String platformName, String words) {
        Target target = other(implementation, python, abi, version);
        assertThat(target.description()).isEqualTo(words);
        assertThat(target.isFreeThreaded()).isFalse();
        for (String marker : List.of(
                "implementation_name == '" + implementation + "'",
                "platform_python_implementation == '" + platformName + "'",
                "python_full_version === '" + python + "'",
                "python_version === '" + target.pythonMinor() + "'",
                "implementation_version === '" + version + "'",
                "sys_platform == 'linux'")) {
            assertThat(Marker.parse(marker).evaluate(target.markers()))
                    .as(marker)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pypy    | cp311              | "cp311" is not the ABI tag of a PyPy, such as pypy311_pp73.
            pypy    | pypy311            | "pypy311" is not the ABI tag of a PyPy, such as pypy311_pp73.
            graalpy | graalpy250         | "graalpy250" is not the ABI tag of a GraalPy, such as graalpy250_312_native.
            graalpy | pypy311_pp73       | "pypy311_pp73" is not the ABI tag of a GraalPy, such as graalpy250_312_native.
            """)
    void anotherImplementationHasAbiTagsOfItsOwn(String implementation, String abi, String message) {
        assertThatThrownBy(() -> other(implementation, "3.11.11", abi, "7.3.19"))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cp311-cp311-manylinux_2_17_x86_64        | the Python "cp311"
            cp39-abi3-manylinux_2_17_x86_64          | the Python "cp39"
            pp310-pypy310_pp73-manylinux_2_17_x86_64 | Python 3.10
            pp311-pypy311_pp74-manylinux_2_17_x86_64 | the ABI pypy311_pp74
            pp311-abi3-manylinux_2_17_x86_64         | the ABI abi3
            pp311-pypy311_pp73-manylinux_2_28_x86_64 | glibc 2.28
            pp311-pypy311_pp73-manylinux_2_17_aarch64 | linux aarch64
            py312-none-any                           | Python 3.12 or newer
            """)
    void aWheelForAnotherPythonIsToldFromOneForPyPy(String tag, String found) {
        WheelFileName wheel = WheelFileName.parse("a-1-" + tag + ".whl");
        assertThat(WheelMismatch.of(wheel, pypy()).foundInWords()).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jython  | 3.11.2 | cp311 | 2.36 | x86_64 | /usr/bin/p | lib/p | The Python implementation "jython" is not supported.
            pypy    | 3.11.2 | pypy311_pp73 | 2.36 | x86_64 | /usr/bin/p | lib/p | The version of the PyPy itself is not known.
            cpython | 2.7.18 | cp27m | 2.36 | x86_64 | /usr/bin/p | lib/p | Python 2.7.18 is not supported.
            cpython | 3      | cp3   | 2.36 | x86_64 | /usr/bin/p | lib/p | Python 3 is not supported.
            cpython | 3.99999999999 | cp3 | 2.36 | x86_64 | /usr/bin/p | lib/p | Python 3.99999999999 is not supported.
            cpython | 3.11.2 | abi3  | 2.36 | x86_64 | /usr/bin/p | lib/p | "abi3" is not the ABI tag of a CPython, such as cp311.
            cpython | 3.11.2 | cp311 | two  | x86_64 | /usr/bin/p | lib/p | "two" is not a version of glibc, such as 2.36.
            cpython | 3.11.2 | cp311 | 2.36 | x86-64 | /usr/bin/p | lib/p | "x86-64" is not the name of a machine, such as x86_64.
            cpython | 3.11.2 | cp311 | 2.36 | x86_64 | python3    | lib/p | "python3" is not the absolute path of an interpreter.
            cpython | 3.11.2 | cp311 | 2.36 | x86_64 | /usr/bin/p | /lib  | "/lib" is not a path below a virtual environment's prefix.
            """)
    void aTargetThatCannotBeIsRefused(
            String implementation,
            String python,
            String abi,
            String libcVersion,
            String machine,
            String interpreter,
            String sitePackages,
            String message) {
        assertThatThrownBy(() -> new Target(
                        implementation,
                        Version.parse(python),
                        abi,
                        Libc.GLIBC,
                        libcVersion,
                        machine,
                        interpreter,
                        sitePackages))
                .isInstanceOfSatisfying(
                        BuildRefused.class,
                        refused -> assertThat(refused.what()).isEqualTo(message));
    }
}
