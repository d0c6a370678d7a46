package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Binary distribution format, "File name convention"; platform compatibility tags, "Compressed Tag Sets". */
class WheelFileNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # "is the first build of a package called 'distribution'"
            distribution-1.0-1-py27-none-any.whl | distribution | 1.0 | 1 | py27-none-any
            # "pip […] could distribute a bdist with the tag py2.py3-none-any"
            pip-24.0-py2.py3-none-any.whl        | pip | 24.0 | ''        | py2-none-any py3-none-any
            # "prepared to accept . (FULL STOP) and uppercase letters"
            Flask_SQLAlchemy-3.1.1-py3-none-any.whl | flask-sqlalchemy | 3.1.1 | '' | py3-none-any
            zope.interface-6.0-cp311-cp311-linux_x86_64.whl | zope-interface | 6.0 | '' | cp311-cp311-linux_x86_64
            # data of pypa/packaging, tests/test_utils.py
            some_PACKAGE-1.0-py3-none-any.whl    | some-package | 1.0 | ''   | py3-none-any
            foo-1.0-1000-py3-none-any.whl        | foo | 1.0 | 1000          | py3-none-any
            foo-1.0-1000abc-py3-none-any.whl     | foo | 1.0 | 1000abc       | py3-none-any
            foo-2-py2.py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl | foo | 2 | '' | py2-none-manylinux_2_17_x86_64 py2-none-manylinux2014_x86_64 py3-none-manylinux_2_17_x86_64 py3-none-manylinux2014_x86_64
            # Real: local versions, platforms of other systems, case of tags
            torch-2.3.0+cpu-cp312-cp312-linux_x86_64.whl | torch | 2.3.0+cpu | '' | cp312-cp312-linux_x86_64
            numpy-2.3.2-cp313-cp313t-macosx_14_0_arm64.whl | numpy | 2.3.2 | '' | cp313-cp313t-macosx_14_0_arm64
            pywin32-306-CP311-CP311-Win_AMD64.whl | pywin32 | 306 | ''       | cp311-cp311-win_amd64
            # In the wild: underscores for the hyphens of a version
            foo-1.0_1-py3-none-any.whl           | foo | 1.0.post1 | ''      | py3-none-any
            foo-1.0_beta_1-py3-none-any.whl      | foo | 1.0b1 | ''          | py3-none-any
            foo-V1.0.0RC1-py3-none-any.whl       | foo | 1.0.0rc1 | ''       | py3-none-any
            """)
    void aFileNameIsTakenApart(String fileName, String name, String version, String build, String tags) {
        WheelFileName wheel = WheelFileName.parse(fileName);
        assertThat(wheel.name()).hasToString(name);
        assertThat(wheel.version()).hasToString(version);
        assertThat(wheel.build().map(BuildTag::toString).orElse("")).isEqualTo(build);
        assertThat(wheel.tags().stream().map(WheelTag::toString).collect(Collectors.joining(" ")))
                .isEqualTo(tags);
        assertThat(wheel).hasToString(fileName);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            foo-1.0.tar.gz                    | it does not end with .whl
            foo-1.0-py3-none-any.WHL          | it does not end with .whl
            foo-1.0-py3-none.whl              | its name has 4 parts instead of 5, or 6 with a build tag: distribution-version-build-python-abi-platform
            foo-1-2-3-4-5-6.whl               | its name has 7 parts instead of 5, or 6 with a build tag: distribution-version-build-python-abi-platform
            .whl                              | its name has 1 parts instead of 5, or 6 with a build tag: distribution-version-build-python-abi-platform
            foo__bar-1.0-py3-none-any.whl     | its distribution "foo__bar" has two underscores in a row
            foo#bar-1.0-py3-none-any.whl      | its distribution "foo#bar" is not a package name
            -1.0-py3-none-any.whl             | its distribution "" is not a package name
            foobar-1.x-py3-none-any.whl       | its version "1.x" does not follow PEP 440
            foobar-1.0-py3.-none-any.whl      | its tag "py3." has a member that is not made of letters, digits and _
            foobar-1.0-py3-none-.whl          | its tag "" has a member that is not made of letters, digits and _
            foobar-1.0-py3-none-any/x.whl     | its tag "any/x" has a member that is not made of letters, digits and _
            foobar-1.0-3-none-any.whl         | its Python tag "3" begins with a digit
            foobar-1.0-abc-py3-none-any.whl   | its third part of six, "abc", is not a build tag, which begins with a digit
            """)
    void whatIsNoWheelsFileNameIsRefused(String fileName, String why) {
        assertThatThrownBy(() -> WheelFileName.parse(fileName))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("\"" + fileName + "\" is not a wheel's file name.\n  why    " + why);
    }

    // PEP 825, "File names", its own examples among them
    @ParameterizedTest
    @CsvSource({
        "numpy-2.3.2-cp313-cp313t-musllinux_1_2_x86_64-x86_64_v3.whl, x86_64_v3",
        "numpy-2.3.2-cp313-cp313t-musllinux_1_2_x86_64-null.whl, null",
        "numpy-2.3.2-1-cp313-cp313t-musllinux_1_2_x86_64-x86_64_v3.whl, x86_64_v3",
        "foo-1.0-py2.py3-none-any-cu12.8.whl, cu12.8"
    })
    void aWheelVariantIsRefusedByName(String fileName, String label) {
        assertThatThrownBy(() -> WheelFileName.parse(fileName))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("\"" + fileName + "\" is a wheel variant, which is not supported.\n"
                        + "  why    its name ends with the variant label \"" + label + "\" (PEP 825)\n"
                        + "  do     lock a version that has a wheel without a variant label");
    }

    @Test
    void aNameThatStandsForTooManyTagsIsRefused() {
        String hundred = "a" + ".a".repeat(99);
        assertThatThrownBy(() -> WheelFileName.parse("foo-1-" + hundred + "-" + hundred + "-" + hundred + ".whl"))
                .hasMessageEndingWith("why    its tags stand for more than 10000 combinations");
    }

    // "Sort […] as a two-item tuple with the first item being the initial digits as an int, and the second item being
    // the
    // remainder of the tag as a str."
    @Test
    void buildTagsSortByNumberThenByText() {
        assertThat(Stream.of("10", "9b", "2", "9", "9a", "010")
                        .map(BuildTag::parse)
                        .sorted())
                .extracting(BuildTag::toString)
                .containsExactly("2", "9", "9a", "9b", "10", "10");
        assertThatThrownBy(() -> BuildTag.parse("x1"))
                .hasMessage("\"x1\" is not a build tag.\n  why    a build tag begins with a digit");
        assertThatThrownBy(() -> BuildTag.parse("1".repeat(4301)))
                .hasMessage("A build tag's number has more than 4300 digits.");
    }
}
