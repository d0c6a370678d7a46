package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Version specifiers specification (PEP 440), "Version scheme". Lists marked so are data of pypa/packaging's tests. */
class VersionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # Case sensitivity
            1.1RC1          | 1.1rc1
            # Integer normalization
            00              | 0
            09000           | 9000
            1.0+foo0100     | 1.0+foo0100
            1.0+0100        | 1.0+100
            # Pre-release separators
            1.1.a1          | 1.1a1
            1.1-a1          | 1.1a1
            1.1_a1          | 1.1a1
            1.0a.1          | 1.0a1
            1.0a-1          | 1.0a1
            1.0a_1          | 1.0a1
            # Pre-release spelling
            1.1alpha1       | 1.1a1
            1.1beta2        | 1.1b2
            1.1c3           | 1.1rc3
            1.1pre4         | 1.1rc4
            1.1preview5     | 1.1rc5
            # Implicit pre-release number
            1.2a            | 1.2a0
            # Post release separators
            1.2-post2       | 1.2.post2
            1.2post2        | 1.2.post2
            1.2_post2       | 1.2.post2
            1.2.post-2      | 1.2.post2
            # Post release spelling
            1.0-r4          | 1.0.post4
            1.0.rev4        | 1.0.post4
            # Implicit post release number
            1.2.post        | 1.2.post0
            # Implicit post releases
            1.0-1           | 1.0.post1
            # Development release separators
            1.2-dev2        | 1.2.dev2
            1.2dev2         | 1.2.dev2
            1.2_dev2        | 1.2.dev2
            # Implicit development release number
            1.2.dev         | 1.2.dev0
            # Local version segments
            1.0+ubuntu-1    | 1.0+ubuntu.1
            1.0+ubuntu_1    | 1.0+ubuntu.1
            # Preceding v character
            v1.0            | 1.0
            V1.0            | 1.0
            # Leading and trailing whitespace
            ' 1.0\t'        | 1.0
            # Epochs
            1!1.0           | 1!1.0
            0!1.0           | 1.0
            # Everything at once
            V01!02.0-PREVIEW.3-4.DEV+Ab-05 | 1!2.0rc3.post4.dev0+ab.5
            # Real: calendar versions and build stamps longer than a machine word
            2024.12.31.235959               | 2024.12.31.235959
            0.1.dev20240131123456789012345  | 0.1.dev20240131123456789012345
            """)
    void everySpellingHasOneNormalForm(String text, String normal) {
        assertThat(Version.parse(text)).hasToString(normal).isEqualTo(Version.parse(normal));
        assertThat(Version.parse(normal)).hasToString(normal);
    }

    @Test
    void lineEndsAroundAVersionAreIgnored() {
        assertThat(Version.parse("\n\f1.0\r\n")).hasToString("1.0");
    }

    // "Summary of permitted suffixes and relative ordering", the example that covers many of the possible combinations
    private static final List<String> IN_ORDER_BY_THE_SPECIFICATION = List.of(
            "1.dev0",
            "1.0.dev456",
            "1.0a1",
            "1.0a2.dev456",
            "1.0a12.dev456",
            "1.0a12",
            "1.0b1.dev456",
            "1.0b2",
            "1.0b2.post345.dev456",
            "1.0b2.post345",
            "1.0rc1.dev456",
            "1.0rc1",
            "1.0",
            "1.0+abc.5",
            "1.0+abc.7",
            "1.0+5",
            "1.0.post456.dev34",
            "1.0.post456",
            "1.0.15",
            "1.1.dev1");

    // data of pypa/packaging, tests/test_version.py
    private static final List<String> IN_ORDER_BY_PACKAGING = List.of(
            "1.0.dev0",
            "1.0.dev456",
            "1.0.dev456+local",
            "1.0a0",
            "1.0a0.post0.dev0",
            "1.0a0.post0",
            "1.0a1.dev1",
            "1.0a1.dev1+local",
            "1.0a1",
            "1.0a1+local",
            "1.0b0",
            "1.0b1.dev456",
            "1.0b2",
            "1.0b2.post345.dev456",
            "1.0b2.post345",
            "1.0b2-346",
            "1.0rc0",
            "1.0rc1.dev1",
            "1.0c1",
            "1.0rc2",
            "1.0",
            "1.0.post0.dev0",
            "1.0.post0",
            "1.0.post456.dev34",
            "1.0.post456",
            "1.0.post456+local",
            "1.0.1.dev1",
            "1.0.1a1",
            "1.0.1",
            "1.0.1+local",
            "1.0.1.post1",
            "1.1.dev1",
            "1.2+a",
            "1.2+abc",
            "1.2+abcdef",
            "1.2+def",
            "1.2+0",
            "1.2+1",
            "1.2+1.abc",
            "1.2+1.1",
            "1.2+1.1.0",
            "1.2+2",
            "1.2+123",
            "1.2+123456",
            "1.2.r32+123456",
            "1.2.rev33+123456",
            "1!1.0.dev0",
            "1!1.0a1",
            "1!1.0",
            "1!1.0.post1",
            "1!1.2+a",
            "2!0.1");

    @Test
    void versionsStandInTheOrderOfTheSpecification() {
        standInOrder(IN_ORDER_BY_THE_SPECIFICATION);
    }

    @Test
    void versionsStandInTheOrderOfPackaging() {
        standInOrder(IN_ORDER_BY_PACKAGING);
    }

    private static void standInOrder(List<String> texts) {
        List<Version> versions = texts.stream().map(Version::parse).toList();
        for (int i = 0; i < versions.size(); i++) {
            for (int j = 0; j < versions.size(); j++) {
                assertThat(Integer.signum(versions.get(i).compareTo(versions.get(j))))
                        .as("%s against %s", versions.get(i), versions.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
        List<Version> shuffled = new ArrayList<>(versions);
        Collections.shuffle(shuffled, new Random(440));
        assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(versions);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0,1.0.0",
        "1,1.0.0.0",
        "0,0.0",
        "1.0rc1,1.0c1",
        "1.0+1,1.0+01",
        "1!1,1!1.0",
        "v1,1",
        "1.0-1,1.0.post1"
    })
    void spellingsOfOneVersionAreEqual(String left, String right) {
        assertThat(Version.parse(left)).isEqualTo(Version.parse(right)).hasSameHashCodeAs(Version.parse(right));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // data of pypa/packaging, tests/test_version.py
                "french toast",
                "1.0+a+",
                "1.0++",
                "1.0+_foobar",
                "1.0+foo&asd",
                "1.0+1+1",
                "1. 0",
                "1 .0",
                "1.0 a1",
                "1.0a 1",
                "٠١٢.٣٤٥",
                ".",
                "..",
                "1..0",
                "1.0.",
                ".1.0",
                "1.0+\u0130",
                // "1.0- is not a valid version and it does not normalize to 1.0.post0"
                "1.0-",
                "",
                "1!",
                "!1",
                "1.0.*",
                "vv1",
                "1.0+",
                "-1"
            })
    void whatIsNoVersionIsRefused(String text) {
        assertThat(Version.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> Version.parse(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("\"" + text + "\" is not a version.\n"
                        + "  why    PEP 440 wants [N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]");
    }

    @Test
    void aVersionOfAnyLengthIsRead() {
        String release = "1" + ".0".repeat(100_000);
        assertThat(Version.parse(release + "+" + "a.".repeat(100_000) + "b").release())
                .hasSize(100_001);
        assertThat(Version.tryParse(release + "x")).isEmpty();
    }

    // Python reads no number of more than 4300 digits from a text.
    @Test
    void aNumberLongerThanPythonReadsIsNoVersion() {
        String longest = "9".repeat(4300);
        for (String text : List.of(longest, "1.0a" + longest, "1.0+" + longest, longest + "!1")) {
            assertThat(Version.parse(text)).isEqualTo(Version.parse(text));
            assertThat(Version.tryParse(text.replace(longest, longest + "9"))).isEmpty();
        }
    }

    @Test
    void theSegmentsCanBeAsked() {
        Version version = Version.parse("1!2.3rc4.post5.dev6+local.7");
        assertThat(version.epoch()).isOne();
        assertThat(version.release()).extracting(Number::intValue).containsExactly(2, 3);
        assertThat(version.pre()).get().hasToString("rc4");
        assertThat(version.post()).get().hasToString("5");
        assertThat(version.dev()).get().hasToString("6");
        assertThat(version.local()).contains("local.7");
        assertThat(version.publicVersion()).hasToString("1!2.3rc4.post5.dev6");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0,false",
        "1.0.post1,false",
        "1.0+a,false",
        "1.0a1,true",
        "1.0rc1,true",
        "1.0.dev1,true",
        "1.0.post1.dev1,true"
    })
    void preAndDevelopmentalReleasesArePrereleases(String text, boolean prerelease) {
        assertThat(Version.parse(text).isPrerelease()).isEqualTo(prerelease);
    }
}
