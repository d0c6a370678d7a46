package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Specifier.Operator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Version specifiers specification (PEP 440), "Version specifiers". Rows marked so are data of pypa/packaging's tests. */
class SpecifierSetTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # Compatible release: ~= 2.2 is >= 2.2, == 2.*
            ~= 2.2          | 2.2                    | 2.1 3.0
            ~= 2.2          | 2.3 2.2.post1 2.99     | 2.2rc1
            ~= 1.4.5        | 1.4.5 1.4.9            | 1.5 1.4.4
            ~= 2.2.post3    | 2.2.post3 2.3          | 2.2 2.2.post2 3.0
            ~= 1.4.5a4      | 1.4.5a4 1.4.5 1.4.6    | 1.4.5a3 1.5
            ~= 2.2.0        | 2.2.0 2.2.9            | 2.3 2.1
            ~= 1.4.5.0      | 1.4.5 1.4.5.7          | 1.4.6
            ~=2!1.0         | 2!1.0                  | 1.0 3!1.0
            # In the wild: a v before the number
            ~= v1.0         | 1.1                    | 2.0
            # Version matching, given 1.1.post1, 1.1a1 and 1.1
            == 1.1          | 1.1 1.1.0              | 1.1.post1 1.1a1
            == 1.1.post1    | 1.1.post1              | 1.1
            == 1.1.*        | 1.1 1.1.post1 1.1a1 1.1.5 1.1.dev1 1.1+local | 1.2 1.10 1
            == 1.1.dev1     | 1.1.dev1               | 1.1
            == 1.1a1        | 1.1a1                  | 1.1
            == 2.0.*        | 2 2.0.1                | 2.1
            == 2!1.*        | 2!1.0 2!1.9            | 1.0
            # "If the specified version identifier is a public version identifier …", and where it is a local one
            == 2.0          | 2.0+deadbeef           | 2.0.1
            == 2.0+deadbeef | 2.0+deadbeef 2+DEADBEEF | 2.0 2.0+other
            == 2.0+d.00     | 2.0+d.0                | 2.0+d
            # Version exclusion
            != 1.1          | 1.1.post1 1.2          | 1.1 1.1.0 1.1+local
            != 1.1.post1    | 1.1                    | 1.1.post1
            != 1.1.*        | 1.2 1.0                | 1.1.post1 1.1a1 1.1.7
            != 2.0+deadbeef | 2.0                    | 2.0+deadbeef
            # Inclusive ordered comparison
            >= 2            | 2.0 2.0.post1.dev1 3 2.0+local | 2.0.dev1 2.0rc1 1
            <= 2            | 2.0 2.0.dev1 2.0rc1 1 2.0+local | 2.0.post1 3
            >= 3.0.0a7      | 3.0.0a8                | 3.0.0a6
            # Exclusive ordered comparison: "For example, >1.7 will allow 1.7.1 but not 1.7.0.post1 and >1.7.post2 will
            # allow 1.7.1 and 1.7.0.post3 but not 1.7.0."
            > 1.7           | 1.7.1                  | 1.7.0.post1 1.7
            > 1.7.post2     | 1.7.1 1.7.0.post3      | 1.7.0
            # "MUST NOT match a local version of the specified version"
            > 2             | 2.1+local.version 2.1.post1 | 2.0+local 2.0.post1.dev1 2.0
            > 1.0a1         | 1.0a2+local            | 1.0a1+local
            > 1.0.dev1      | 1.0+local              | 1.0.dev1+local
            # "MUST NOT allow a pre-release of the specified version unless the specified version is itself a pre-release"
            < 2             | 1 1.9.post1            | 2.0.dev1 2.0a1.post1 2.0rc1 2.0
            < 3.0.0a8       | 3.0.0a7                | 3.0.0a8
            < 3.10          | 3.9.18                 | 3.10.0rc1 3.10
            # Arbitrary equality
            === 1.0         | 1.0                    | 1.0+downstream1 1.0.0
            === 1.0RC1      | 1.0rc1                 | 1.0
            # Several clauses: "equivalent to a logical and operator"
            ~= 0.9, >= 1.0, != 1.3.4.*, < 2.0 | `` | 0.9 1.3.4 2.0
            >= 3.9, < 3.14  | 3.9 3.13.1             | 3.14 3.8 3.14.0a1
            # Examples
            ~=3.1           | 3.1 3.2                | 4.0 3.0
            ~=3.1.2         | 3.1.2 3.1.9            | 3.2.0
            ~=3.1a1         | 3.1a1 3.1 3.9          | 4.0
            == 3.1          | 3.1.0                  | 3.1rc1 3.1.post1 3.1.dev1 3.1.1
            ~=3.1.0, != 3.1.3 | 3.1.0 3.1.4          | 3.1.3 3.2.0
            """)
    void aSpecifierHoldsTheVersionsOfTheSpecification(String specifier, String inside, String outside) {
        SpecifierSet set = SpecifierSet.parse(specifier);
        for (String version : inside.isEmpty() ? new String[0] : inside.split(" ", -1)) {
            assertThat(set.contains(Version.parse(version)))
                    .as("%s holds %s", set, version)
                    .isTrue();
        }
        for (String version : outside.split(" ", -1)) {
            assertThat(set.contains(Version.parse(version)))
                    .as("%s holds %s", set, version)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # Handling of pre-releases: "implicitly excluded from all version specifiers, unless they are […] requested"
            >=1.0       | 1.1a1    | false
            >=1.0       | 1.1      | true
            >=1.0       | 1.1.dev1 | false
            >=1.0a1     | 1.1a1    | true
            >=1.0,<2a1  | 1.1a1    | true
            ==1.1.*     | 1.1a1    | false
            ==1.1a1     | 1.1a1    | true
            ===1.1a1    | 1.1a1    | true
            !=1.1a1     | 1.2a1    | false
            """)
    void withoutPrereleasesOnlyAClauseThatNamesOneAllowsThem(String specifier, String version, boolean inside) {
        assertThat(SpecifierSet.parse(specifier).contains(Version.parse(version), false))
                .isEqualTo(inside);
    }

    @Test
    void theEmptySetHoldsEveryVersion() {
        assertThat(SpecifierSet.parse("")).isEqualTo(SpecifierSet.any());
        assertThat(SpecifierSet.any().contains(Version.parse("1.0a1"))).isTrue();
        assertThat(SpecifierSet.any().isEmpty()).isTrue();
        assertThat(SpecifierSet.any()).hasToString("");
    }

    @Test
    void clausesKeepTheirOrderAndLoseTheirBlanks() {
        assertThat(SpecifierSet.parse(" >= 3.9 , !=3.9.7,<4 ")).hasToString(">=3.9,!=3.9.7,<4");
    }

    @Test
    void lineEndsAreWhiteSpaceAroundClauses() {
        assertThat(SpecifierSet.parse("\n>=3.9,\r\n  <\f4\n")).hasToString(">=3.9,<4");
    }

    @Test
    void emptyClausesArePassedOver() {
        assertThat(SpecifierSet.parse(">=2.7,, !=3.0.*,")).hasToString(">=2.7,!=3.0.*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // data of pypa/packaging, tests/test_specifiers.py
                "2.0", "=>2.0", "==", "~=1.0+5", ">=1.0+deadbeef", "<=1.0+abc123", ">1.0+watwat", "<1.0+1.0",
                "~=1.0.*", ">=1.0.*", "<=1.0.*", ">1.0.*", "<1.0.*", "==1.0.*+5", "!=1.0.*+deadbeef", "==2.0a1.*",
                "!=2.0.post1.*", "==2.0.dev1.*", "==1.0+5.*", "==1.0.*.5", "~=1", "==1.2+\u0130", "~=1.2.3prev\u0131ew1"
            })
    void whatIsNoSpecifierIsRefused(String text) {
        assertThatThrownBy(() -> SpecifierSet.parse(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The version specifier cannot be read: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            3.9          | expected one of ===, ~=, ==, !=, <=, >=, < and > before `3`        | '^'
            >=,<2.3      | expected a version after `>=`                                      | '~~^'
            >=3.9 <4     | expected a comma or the end                                        | '      ^'
            ~=3          | `~=` needs a version of at least two segments, such as 3.0         | '~~~^'
            >=3.*        | `.*` may follow `==` and `!=` only                                 | '~~~~~^'
            ==3a1.*      | `.*` may follow a release segment only, such as 1.4                | '~~~~~~~^'
            <2+local     | a local version label may follow `==` and `!=` only                | '~~~~~~~~^'
            >=3.9,<four  | `four` is not a version                                            | '      ~~~~~^'
            ===          | expected a version after `===`                                     | '~~~^'
            """)
    void aRefusalShowsThePlace(String text, String problem, String marker) {
        assertThatThrownBy(() -> SpecifierSet.parse(text))
                .hasMessage("The version specifier cannot be read: " + problem + ".\n  why    " + text + "\n         "
                        + marker);
    }

    @Test
    void aClauseMadeFromPartsIsCheckedToo() {
        assertThat(new Specifier(Operator.AT_LEAST, "1.0")).hasToString(">=1.0");
        assertThatThrownBy(() -> new Specifier(Operator.LESS, "one"))
                .hasMessage("The version specifier cannot be read: `one` is not a version.\n  why    <one\n         ^");
    }
}
