package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dependency specifiers (PEP 508), "Grammar". */
class RequirementTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            # Examples
            requests [security,tests] >= 2.8.1, == 2.8.* ; python_version < "3.7" | requests[security,tests]>=2.8.1,==2.8.* ; python_version < "3.7"
            pip @ https://h.example/pypa/pip/archive/1.3.1.zip#sha1=da9234ee | pip @ https://h.example/pypa/pip/archive/1.3.1.zip#sha1=da9234ee
            # Complete grammar: its test program
            A               | a
            A.B-C_D         | a-b-c-d
            aa              | aa
            name<=1         | name<=1
            name>=3         | name>=3
            name>=3,        | name>=3
            name>=3,<2      | name>=3,<2
            name@http://foo.com | name @ http://foo.com
            name [fred,bar] @ http://foo.com ; python_version=='2.7' | name[bar,fred] @ http://foo.com ; python_version == "2.7"
            name[quux, strange];python_version<'2.7' and platform_version=='2' | name[quux,strange] ; python_version < "2.7" and platform_version == "2"
            name; os_name=='a' or os_name=='b' | name ; os_name == "a" or os_name == "b"
            name; os_name=='a' and (os_name=='b' or os_name=='c') | name ; os_name == "a" and (os_name == "b" or os_name == "c")
            # "The optional brackets around a version are present for compatibility […] only accepted"
            name (>=1, <2)  | name>=1,<2
            name(==1.0)     | name==1.0
            name ()         | name
            # Whitespace is "mostly optional"
            §  name  [ a , B_c ]  ~=  1.0  ;  os_name == 'posix'  § | name[a,b-c]~=1.0 ; os_name == "posix"
            §name\t>=1§     | name>=1
            name[]          | name
            name === any-thing.at_all, >1 | name===any-thing.at_all,>1
            # "detecting the end of a URL requirement"
            name @ file:///a;b ; os_name == 'posix' | name @ file:///a;b ; os_name == "posix"
            """)
    void aRequirementIsReadAsTheGrammarSays(String text, String normal) {
        assertThat(Requirement.parse(text)).hasToString(normal);
        assertThat(Requirement.parse(normal)).hasToString(normal);
    }

    @Test
    void thePartsCanBeAsked() {
        Requirement requirement = Requirement.parse("Foo_Bar[Z.z, a] >=1 ; extra == 'dev'");
        assertThat(requirement.name()).isEqualTo(PackageName.of("foo-bar"));
        assertThat(requirement.extras()).containsExactly("a", "z-z");
        assertThat(requirement.specifiers()).isEqualTo(SpecifierSet.parse(">=1"));
        assertThat(requirement.url()).isEmpty();
        assertThat(requirement.marker()).contains(Marker.parse("extra == 'dev'"));
        assertThat(Requirement.parse("foo @ https://h.example/foo.whl").url()).contains("https://h.example/foo.whl");
    }

    @Test
    void aRequirementAppliesWhereItsMarkerHolds() {
        MarkerEnvironment environment = MarkerEnvironment.of(Map.of("os_name", "posix"));
        assertThat(Requirement.parse("a").appliesIn(environment)).isTrue();
        assertThat(Requirement.parse("a; os_name == 'nt'").appliesIn(environment))
                .isFalse();
        assertThat(Requirement.parse("a; extra == 'x'").appliesIn(environment)).isFalse();
        assertThat(Requirement.parse("a; extra == 'x'").appliesIn(environment.withExtras(List.of("X"))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            numpy>=,<2.3 ; python_version < "3.14" | expected a version after `>=` | §     ~~^§
            §§                     | expected a package name before the end                  | §^§
            >=1                    | expected a package name before `>`                      | §^§
            -e .                   | a package name begins and ends with a letter or digit   | §~~^§
            a_                     | a package name begins and ends with a letter or digit   | §~~^§
            naïve                  | expected a version specifier, `@`, `;` or the end before `ï` | §  ^§
            a b                    | expected a version specifier, `@`, `;` or the end before `b` | §  ^§
            a 1.0                  | expected a version specifier, `@`, `;` or the end before `1` | §  ^§
            a>=1 b                 | expected a comma, `;` or the end before `b`             | §     ^§
            a==1.0.*.5             | `1.0.*.5` is not a version                              | § ~~~~~~~~~^§
            a~=1                   | `~=` needs a version of at least two segments, such as 1.0 | § ~~~^§
            a (>=1                 | expected a comma or the closing parenthesis before the end | §  ~~~~^§
            a[b                    | expected a comma or the closing bracket before the end  | § ~~^§
            a[b c]                 | expected a comma or the closing bracket before `c`      | § ~~~^§
            a[b,]                  | expected the name of an extra before `]`                | §    ^§
            a[b-]                  | the name of an extra begins and ends with a letter or digit | §  ~~^§
            a @                    | expected a URL after `@`                                | §   ^§
            a @ https://h x        | expected `;` after the URL and a blank, or the end, before `x` | §              ^§
            a ; os_name            | expected one of <=, <, !=, ==, >=, >, ~=, ===, in and not in before the end | §           ^§
            a ; os_name == 'x' b   | expected `and`, `or` or the end before `b`              | §                   ^§
            a==1 ; python_versoin < '3' | there is no marker variable `python_versoin`, the nearest is `python_version` | §       ~~~~~~~~~~~~~~^§
            """)
    void aRefusalShowsThePlace(String text, String problem, String marker) {
        assertThatThrownBy(() -> Requirement.parse(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(
                        "The requirement cannot be read: " + problem + ".\n  why    " + text + "\n         " + marker);
    }

    @Test
    void theMarkerOfARefusalStaysInPlaceBelowTabs() {
        assertThatThrownBy(() -> Requirement.parse("a\t\tb")).hasMessageEndingWith("\n  why    a  b\n            ^");
    }
}
