package dev.pycontainer.packaging.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The markers and the {@code Requires-Python} are those that poetry-core 2.4 writes, but for brackets around "or". */
class PoetryPythonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "*         ; ``",
                "3.11      ; python_version == \"3.11\"",
                "3.11.2    ; python_full_version == \"3.11.2\"",
                "!=3.11    ; (python_version < \"3.11\" or python_full_version > \"3.11.0\")",
                "!=3.11.2  ; (python_full_version < \"3.11.2\" or python_full_version > \"3.11.2\")",
                "3.9.*     ; python_version >= \"3.9\" and python_version < \"3.10\"",
                "!=3.9.*   ; (python_version < \"3.9\" or python_version >= \"3.10\")",
                "^3.8      ; python_version >= \"3.8\" and python_version < \"4.0\"",
                "^3.6.1    ; python_full_version >= \"3.6.1\" and python_full_version < \"4.0.0\"",
                // python_version is "3.8" for 3.8.1 too.
                ">3.8      ; python_full_version > \"3.8.0\"",
                "<=3.8     ; python_full_version <= \"3.8.0\"",
                ">3        ; python_full_version > \"3.0.0\"",
                ">3.8.1    ; python_full_version > \"3.8.1\"",
                "<=3.8.1   ; python_full_version <= \"3.8.1\"",
                "3.11 || * ; ``",
                "2.7 || ^3.8 ; (python_version == \"2.7\") or (python_version >= \"3.8\" and python_version < \"4.0\")",
                ">=3.8,*   ; python_version >= \"3.8\"",
            })
    void isAMarker(String constraint, String marker) {
        assertThat(PoetryPython.marker(PoetryConstraint.parse(constraint))).isEqualTo(marker);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "*       ; ''",
                "3       ; >=3.0,<4.0",
                "3.11    ; >=3.11,<3.12",
                "3.11.2  ; ==3.11.2",
                "!=3.11  ; !=3.11",
                "3.11,!=3.11.4 ; ==3.11,!=3.11.4",
                "^3.8    ; >=3.8,<4.0",
                "* || 3  ; ''",
            })
    void isRequiredInTheClausesOfTheStandard(String constraint, String clauses) {
        assertThat(PoetryPython.requires(PoetryConstraint.parse(constraint))).isEqualTo(clauses);
    }

    /** Of several alternatives the minor versions between them are left out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2.7 || ^3.8               ; 2.7 ; 8 9 10 11 12 13 14 15",
                "<3 || 3.3.* || >=3.5,<3.6 ; 2.7 ; 3 5",
                "<=3.6 || >=3.9            ; 2.7 ; 0 1 2 3 4 5 6 9 10 11 12 13 14 15",
                ">3.6,<3.9 || >3.10        ; 3.6 ; 6 7 8 10 11 12 13 14 15",
                "3.9.* || >=3.13           ; 3.9 ; 9 13 14 15",
                "3.8.1 || 3.8.2            ; 3.8 ; 8",
                ">=3.8,!=3.8.1 || 3.6      ; 3.6 ; 6 8 9 10 11 12 13 14 15",
            })
    void alternativesAreRequiredByMinorVersions(String constraint, String lowest, String minors) {
        String excluded = IntStream.rangeClosed(0, 15)
                .mapToObj(String::valueOf)
                .filter(minor -> !List.of(minors.split(" ", -1)).contains(minor))
                .map(minor -> ",!=3." + minor + ".*")
                .collect(Collectors.joining());

        assertThat(PoetryPython.requires(PoetryConstraint.parse(constraint)))
                .isEqualTo(">=" + lowest + (lowest.equals("2.7") ? "" : ",!=2.7.*") + excluded);
    }
}
