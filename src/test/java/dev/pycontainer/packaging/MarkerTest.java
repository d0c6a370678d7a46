package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dependency specifiers (PEP 508), "Environment Markers". Rows marked so are data of pypa/packaging's tests. */
class MarkerTest {

    private static final MarkerEnvironment DEBIAN = new Target(
                    "cpython",
                    Version.parse("3.11.2"),
                    "cp311",
                    Libc.GLIBC,
                    "2.36",
                    "x86_64",
                    "/usr/bin/python3.11",
                    "lib/python3.11/site-packages")
            .markers();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            # "Defined environment marker fields", all that an image knows
            os_name == 'posix'                                  | true
            sys_platform == 'linux'                             | true
            platform_machine == 'x86_64'                        | true
            platform_python_implementation == 'CPython'         | true
            platform_system == 'Linux'                          | true
            python_version == '3.11'                            | true
            python_full_version == '3.11.2'                     | true
            implementation_name == 'cpython'                    | true
            implementation_version == '3.11.2'                  | true
            # "String" fields: "case sensitive, with no value normalization of any kind"
            sys_platform != 'win32'                             | true
            sys_platform == 'Linux'                             | false
            sys_platform in 'linux darwin'                      | true
            'lin' in sys_platform                               | true
            sys_platform not in 'win32 darwin'                  | true
            'win' not in sys_platform                           | true
            # "treat >= and <= as equivalent to ==", "treat > and < as always being False"
            sys_platform >= 'linux'                             | true
            sys_platform <= 'linux'                             | true
            sys_platform >= 'aix'                               | false
            sys_platform > 'aix'                                | false
            sys_platform < 'win32'                              | false
            # "MAY instead interpret them as equivalent to =="
            sys_platform === 'linux'                            | true
            sys_platform === 'LINUX'                            | false
            # String fields whose values look like versions are not compared as versions
            os_name == 'posix.0'                                | false
            # "Version" fields
            python_version > '3.9'                              | true
            python_version >= '3.10'                            | true
            python_version < '3.9'                              | false
            python_version == '3.11.0'                          | true
            python_version == '3.*'                             | true
            python_version != '3.11.*'                          | false
            python_version ~= '3.8'                             | true
            python_full_version < '3.11.3'                      | true
            python_full_version > '3.11'                        | true
            python_version === '3.11'                           | true
            python_version === '3.11.0'                         | false
            '3.8' <= python_version                             | true
            '3.12' < python_version                             | false
            implementation_version === "not.a.valid.version"    | false
            # "fall back to String field comparison logic"
            python_version == 'three'                           | false
            python_version != 'three'                           | true
            python_version >= 'three'                           | false
            # In the wild: lists of versions, from before version comparison
            python_version in '2.7 3.11'                        | true
            python_version not in '2.6, 2.7'                    | true
            python_version in '2.6 2.7'                         | false
            # In the wild: the markers with which uv says "never" and "always"
            python_version < '0'                                | false
            python_full_version >= '3.9' and python_full_version < '4' | true
            # "Composing marker expressions": (a and b) or c, a and (b or c)
            sys_platform == "ios" or sys_platform == "linux"    | true
            os_name == 'nt' and os_name == 'nt' or os_name == 'posix'    | true
            os_name == 'nt' and (os_name == 'nt' or os_name == 'posix')  | false
            os_name == 'posix' or os_name == 'nt' and os_name == 'nt'    | true
            (os_name == 'posix' or os_name == 'nt') and os_name == 'nt'  | false
            ((os_name=='posix')and(sys_platform=='linux'))      | true
            # data of pypa/packaging, PEP 345
            os.name == 'posix'                                  | true
            sys.platform == 'win32'                             | false
            platform.machine=='x86_64'                          | true
            platform.python_implementation=='Jython'            | false
            python_implementation == 'CPython'                  | true
            # Whitespace and quotes
            os_name=='posix'                                    | true
            §\tos_name  ==\t"posix" §                           | true
            os_name == "po'six" or os_name != 'po"six'          | true
            os_name in'posix'                                   | true
            # Three values: the known operand decides, on either side
            platform_release >= '5' or os_name == 'posix'       | true
            os_name == 'posix' or platform_release >= '5'       | true
            platform_release >= '5' and os_name == 'nt'         | false
            os_name == 'nt' and 'SMP' in platform_version       | false
            'x' in extras and os_name == 'nt'                   | false
            # "extra": no extra is asked for
            extra == 'dev'                                      | false
            extra != 'dev'                                      | true
            """)
    void aMarkerMeansWhatTheSpecificationSays(String marker, boolean expected) {
        assertThat(Marker.parse(marker).evaluate(DEBIAN)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            # "extra == "name" […] is similar to "name" in extras"
            extra == 'security'                          | true
            extra == 'SECURITY'                          | true
            extra == 'pep_685...norm'                    | true
            'security' == extra                          | true
            extra != 'security'                          | false
            extra == 'other'                             | false
            extra != 'other'                             | true
            # "the set of extra names used for these comparisons is the full set of requested extras"
            extra == 'security' and extra == 'pep-685-norm' | true
            # "Other comparison operations on extra are not defined […] SHOULD evaluate them as False"
            extra >= 'security'                          | false
            extra in 'security'                          | false
            'security' not in extra                      | false
            # "Set of strings"
            'security' in extras                         | true
            'Security' in extras                         | true
            'other' in extras                            | false
            'other' not in extras                        | true
            'test' in dependency_groups                  | true
            'dev' not in dependency_groups               | true
            # "installation tools SHOULD treat such operations as always being False"
            extras == 'security'                         | false
            extras != 'security'                         | false
            extras in 'security'                         | false
            """)
    void extrasAndGroupsAreSets(String marker, boolean expected) {
        MarkerEnvironment environment =
                DEBIAN.withExtras(List.of("security", "PEP_685.norm")).withDependencyGroups(List.of("Test"));
        assertThat(Marker.parse(marker).evaluate(environment)).isEqualTo(expected);
    }

    // "Version": no operator holds for what is no version on its left. "Version | String": "fall back to processing the
    // field as a String field if parsing either value as a version fails".
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            'three' != python_version            | false
            'three' ~= python_version            | false
            '3.11.*' != python_version           | false
            python_version != 'three'            | true
            platform_release >= '5'              | false
            platform_release != '5'              | true
            platform_release ~= '6.1'            | false
            platform_release == '6.1.0-18-amd64' | true
            platform_version >= '12'             | true
            """)
    void whatIsNoVersionIsComparedAsTheFieldsTypeSays(String marker, boolean expected) {
        MarkerEnvironment environment = MarkerEnvironment.of(
                Map.of("python_version", "3.11", "platform_release", "6.1.0-18-amd64", "platform_version", "13"));
        assertThat(Marker.parse(marker).evaluate(environment)).isEqualTo(expected);
    }

    @Test
    void aQuotedTextEndsOnItsLine() {
        for (String end : List.of("\n", "\r", "\0")) {
            assertThatThrownBy(() -> Marker.parse("os_name == 'po" + end + "six'"))
                    .hasMessageStartingWith("The marker cannot be read: expected a closing ' before the line's end.");
        }
    }

    @Test
    void aPythonBuiltFromACheckoutHasAVersion() {
        MarkerEnvironment environment = MarkerEnvironment.of(Map.of("python_full_version", "3.12.0+"));
        assertThat(Marker.parse("python_full_version >= '3.12'").evaluate(environment))
                .isTrue();
        assertThat(Marker.parse("python_full_version == '3.12.0'").evaluate(environment))
                .isTrue();
    }

    @Test
    void aReleaseCandidateIsItsOwnVersion() {
        MarkerEnvironment candidate = MarkerEnvironment.of(Map.of("python_full_version", "3.14.0rc1"));
        assertThat(Marker.parse("python_full_version >= '3.14'").evaluate(candidate))
                .isFalse();
        assertThat(Marker.parse("python_full_version >= '3.13'").evaluate(candidate))
                .isTrue();
        assertThat(Marker.parse("python_full_version >= '3.14.0a1'").evaluate(candidate))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            platform_release >= "5"                              | platform_release
            os_name == "posix" and "SMP" in platform_version     | platform_version
            os_name == "nt" or platform_release == "6.1"         | platform_release
            platform_release > "5" and platform_version > "6"    | platform_release and platform_version
            """)
    void aMarkerThatNeedsWhatNobodyKnowsIsRefused(String marker, String unknown) {
        assertThatThrownBy(() -> Marker.parse(marker).evaluate(DEBIAN))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The marker `" + marker + "` asks for " + unknown
                        + ", which is not known here.\n"
                        + "  why    it depends on the machine that will run the image, not on the image\n"
                        + "  do     replace the condition by one on sys_platform, platform_machine or python_version");
    }

    @ParameterizedTest
    @CsvSource({"extras", "dependency_groups"})
    void aSetThatNoLockFileGivesIsRefused(String variable) {
        assertThatThrownBy(() -> Marker.parse("'a' in " + variable).evaluate(DEBIAN))
                .hasMessage("The marker `\"a\" in " + variable + "` asks for " + variable
                        + ", which is not known here.\n"
                        + "  why    extras and dependency_groups have a meaning in the packages of a pylock.toml only");
    }

    @Test
    void aCompatibleReleaseOfNoVersionIsRefused() {
        assertThatThrownBy(() -> Marker.parse("sys_platform ~= 'linux'").evaluate(DEBIAN))
                .hasMessage("The marker `sys_platform ~= \"linux\"` has no meaning.\n"
                        + "  why    `~=` compares versions of at least two segments, and \"linux\" is none");
        assertThatThrownBy(() -> Marker.parse("python_version ~= '3'").evaluate(DEBIAN))
                .isInstanceOf(BuildRefused.class);
    }

    @Test
    void anEnvironmentHasKnownNamesOnly() {
        assertThatThrownBy(() -> MarkerEnvironment.of(Map.of("python", "3")))
                .hasMessage("\"python\" is not a marker variable that holds one value.");
        assertThatThrownBy(() -> MarkerEnvironment.of(Map.of("extra", "a")))
                .hasMessage("\"extra\" is not a marker variable that holds one value.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            os_name                              | expected one of <=, <, !=, ==, >=, >, ~=, ===, in and not in before the end | §       ^§
            os_name = 'x'                        | expected one of <=, <, !=, ==, >=, >, ~=, ===, in and not in before `=` | §        ^§
            os_name ==                           | expected a marker variable or a quoted text before the end | §          ^§
            os_name == posix                     | there is no marker variable `posix`                       | §           ~~~~~^§
            sys_platfrm == 'x'                   | there is no marker variable `sys_platfrm`, the nearest is `sys_platform` | §~~~~~~~~~~~^§
            os_name == 'x                        | expected a closing '                                      | §           ~~^§
            os_name == "x'                       | expected a closing "                                      | §           ~~~^§
            os_name == 'a\\b'                    | a backslash in a quoted text has no defined meaning       | §           ~~^§
            (os_name == 'x'                      | expected `and`, `or` or the closing parenthesis before the end | §~~~~~~~~~~~~~~~^§
            os_name == 'x')                      | expected `and`, `or` or the end before `)`                | §              ^§
            os_name == 'x' os_name == 'y'        | expected `and`, `or` or the end before `o`                | §               ^§
            os_name == 'x' and                   | expected a marker variable or a quoted text before the end | §                  ^§
            os_name not 'x'                      | expected `in` after `not`                                 | §        ~~~~^§
            os_name notin 'x'                    | expected one of <=, <, !=, ==, >=, >, ~=, ===, in and not in before `n` | §        ^§
            '3' < '4'                            | a quoted text must be compared with a variable, not with another text | §~~~~~~~~~^§
            os_name == sys_platform              | a variable must be compared with a quoted text, not with another variable | §~~~~~~~~~~~~~~~~~~~~~~~^§
            3.4 < python_version                 | there is no marker variable `3.4`                         | §~~~^§
            '3.4' < python_version < '3.9'       | expected `and`, `or` or the end before `<`                | §                       ^§
            """)
    void aRefusalShowsThePlace(String text, String problem, String marker) {
        assertThatThrownBy(() -> Marker.parse(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The marker cannot be read: " + problem + ".\n  why    " + text + "\n         " + marker);
    }

    @Test
    void moreParenthesesThanAnybodyWritesAreRefused() {
        assertThat(Marker.parse("(".repeat(100) + "os_name == 'posix'" + ")".repeat(100))
                        .evaluate(DEBIAN))
                .isTrue();
        assertThatThrownBy(() -> Marker.parse("(".repeat(100_000)))
                .hasMessageStartingWith("The marker cannot be read: more than 100 parentheses are open.");
        assertThat(Marker.parse("os_name == 'nt' or ".repeat(50_000) + "os_name == 'posix'")
                        .evaluate(DEBIAN))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            # data of pypa/packaging
            python_version == '2.7'                              | python_version == "2.7"
            'a" == os_name or python_version >= "0" or "b' == os_name | 'a" == os_name or python_version >= "0" or "b' == os_name
            (python_version == "2.7")                            | python_version == "2.7"
            (python_version == "2.7" and sys_platform == "win32") | python_version == "2.7" and sys_platform == "win32"
            python_version=="2.7" and (sys_platform=="win32" or sys_platform=="linux") | python_version == "2.7" and (sys_platform == "win32" or sys_platform == "linux")
            extra=='Foo_Bar'                                     | extra == "foo-bar"
            os.name   not   in 'nt'                              | os_name not in "nt"
            'Foo.Bar' in extras                                  | "foo-bar" in extras
            """)
    void aMarkerIsWrittenInItsNormalForm(String text, String normal) {
        Marker marker = Marker.parse(text);
        assertThat(marker).hasToString(normal);
        assertThat(Marker.parse(normal)).hasToString(normal);
    }

    @Test
    void markersOfOneMeaningAreEqual() {
        assertThat(Marker.parse("(os.name=='posix')"))
                .isEqualTo(Marker.parse("os_name == \"posix\""))
                .hasSameHashCodeAs(Marker.parse("os_name == \"posix\""))
                .isNotEqualTo(Marker.parse("os_name == \"nt\""));
    }
}
