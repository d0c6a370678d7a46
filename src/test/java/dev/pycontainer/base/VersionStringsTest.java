package dev.pycontainer.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionStringsTest {

    // Rows are what real binaries hold: Debian's python3.11, its zlib and Unicode versions beside it.
    @ParameterizedTest
    @CsvSource({
        "3.11.2, 3.11.2, ''",
        "3.14.0rc1, 3.14.0rc1, ''",
        "3.12.0+, 3.12.0+, ''",
        "/root/.pyenv/versions/3.13.0, '', 3.13.0",
        "/tmp/python-build/Python-3.13.0, '', 3.13.0",
        "Python 3.9.18, '', 3.9.18",
        "GLIBC_2.3.4, '', ''",
        "3.2.0, '', ''",
        "1.2.13, '', ''",
        "Version 3.11.2., '', ''",
        "13.11.2, '', ''",
        "3.11.2.4, '', ''",
        "3.11, '', ''"
    })
    void aVersionStandsAloneOrEndsAnotherString(String string, String alone, String merged) {
        VersionStrings strings = of("\0" + string + "\0");
        String minor = (alone + merged).replaceFirst("^(3\\.\\d+)\\..*", "$1");

        assertThat(String.join(" ", strings.pythons(minor.isEmpty() ? "3.11" : minor)))
                .isEqualTo(alone);
        assertThat(String.join(" ", strings.mergedPythons(minor.isEmpty() ? "3.11" : minor)))
                .isEqualTo(merged);
    }

    @Test
    void onlyTheMinorVersionThatIsAskedForCounts() {
        VersionStrings strings = of("\0" + "3.11.2\0" + "3.1.12\0" + "3.12.0\0");

        assertThat(strings.pythons("3.11")).containsExactly("3.11.2");
        assertThat(strings.pythons("3.1")).containsExactly("3.1.12");
    }

    @Test
    void aStringThatIsNotEndedByANulDoesNotCount() {
        assertThat(of("\0" + "3.11.2").pythons("3.11")).isEmpty();
        assertThat(of("\0" + "3.11.2\u0001").pythons("3.11")).isEmpty();
    }

    @Test
    void aRunOfAnyLengthIsPassedOver() {
        assertThat(of("\0" + "x".repeat(100_000) + " 3.11.2\0" + "3.11.4\0").pythons("3.11"))
                .containsExactly("3.11.4");
        assertThat(of("\0" + "x".repeat(100_000) + " 3.11.2\0").mergedPythons("3.11"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GNU C Library (Debian GLIBC 2.36-9+deb12u14) stable release version 2.36., 2.36",
        "'GNU C Library (Ubuntu GLIBC 2.23-0ubuntu11) stable release version 2.23, by Roland McGrath et al.', 2.23",
        "GNU C Library (GNU libc) development release version 2.40.9000., 2.40",
        "GNU C Library, ''"
    })
    void glibcTellsItsVersionInItsBanner(String banner, String version) {
        assertThat(of("\0" + banner + "\nCopyright\0").glibc().orElse("")).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3, 1.2.3",
        "1.1.24, 1.1.24",
        "1.2.5_git20240801, 1.2.5",
        "1.2.4-git-12-gabcdef0, 1.2.4",
        "2.36.1, ''"
    })
    void muslHoldsItsVersionAlone(String string, String version) {
        assertThat(of("/proc/self/fd/\0" + string + "\0Unsupported relocation\0")
                        .musl()
                        .orElse(""))
                .isEqualTo(version);
    }

    @Test
    void twoCandidatesForMuslAreNoAnswer() {
        assertThat(of("\0" + "1.2.3\0" + "1.2.13\0").musl()).isEmpty();
    }

    private static VersionStrings of(String content) {
        VersionStrings strings = new VersionStrings();
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        // Strings may stand across the ends of buffers.
        for (int at = 0; at < bytes.length; at += 3) {
            strings.update(bytes, at, Math.min(3, bytes.length - at));
        }
        return strings;
    }
}
