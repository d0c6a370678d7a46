package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

    // The lists were printed by pypa/packaging 26.2, tags.cpython_tags followed by tags.compatible_tags.
    @ParameterizedTest
    @CsvSource({
        "3.11.2,  cp311,  GLIBC, 2.36,  x86_64",
        "3.13.1,  cp313t, GLIBC, 2.36,  x86_64",
        "3.12.11, cp312,  MUSL,  1.2,   aarch64"
    })
    void theTagsAreThoseOfPackagingInItsOrder(String python, String abi, Libc libc, String version, String machine)
            throws IOException {
        String golden = "tags-" + abi + "-" + libc + "-" + version + "-" + machine + ".txt";
        assertThat(tags(target(python, abi, libc, version, machine))).containsExactlyElementsOf(lines(golden));
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = TargetTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
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
            GLIBC | 2.18 | x86_64  | manylinux_2_18 manylinux_2_17 manylinux2014 manylinux_2_16 manylinux_2_15 manylinux_2_14 manylinux_2_13 manylinux_2_12 manylinux2010 manylinux_2_11 manylinux_2_10 manylinux_2_9 manylinux_2_8 manylinux_2_7 manylinux_2_6 manylinux_2_5 manylinux1 linux
            GLIBC | 2.5  | i686    | manylinux_2_5 manylinux1 linux
            GLIBC | 2.19 | aarch64 | manylinux_2_19 manylinux_2_18 manylinux_2_17 manylinux2014 linux
            GLIBC | 2.17 | armv7l  | manylinux_2_17 manylinux2014 linux
            GLIBC | 2.17 | ppc64le | manylinux_2_17 manylinux2014 linux
            GLIBC | 2.17 | s390x   | manylinux_2_17 manylinux2014 linux
            GLIBC | 2.17 | riscv64 | manylinux_2_17 manylinux2014 linux
            GLIBC | 2.16 | aarch64 | linux
            GLIBC | 2.36 | armv6l  | linux
            # PEP 656
            MUSL  | 1.2  | x86_64  | musllinux_1_2 musllinux_1_1 musllinux_1_0 linux
            MUSL  | 1.2.5 | x86_64 | musllinux_1_2 musllinux_1_1 musllinux_1_0 linux
            # In the wild: what distributions append to the version of their glibc
            GLIBC | 2.17-326.el7 | s390x | manylinux_2_17 manylinux2014 linux
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
                        "cp312-cp312d-musllinux_1_0_x86_64",
                        "cp312-cp312d-linux_x86_64",
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pypy    | 3.11.2 | cp311 | 2.36 | x86_64 | /usr/bin/p | lib/p | The Python implementation "pypy" is not supported.
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
