package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debian Policy Manual, section 7.1, "Syntax of relationship fields". */
class RelationsTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "-->", textBlock = """
            # The examples of the section
            libc6 (>= 2.2.1), default-mta | mail-transport-agent  --> libc6 (>= 2.2.1), default-mta | mail-transport-agent
            libluajit5.1-dev [i386 amd64 kfreebsd-i386 armel armhf powerpc mips] --> libluajit5.1-dev [i386 amd64 kfreebsd-i386 armel armhf powerpc mips]
            kernel-headers-2.2.10 [!hurd-i386], hurd-dev [hurd-i386] --> kernel-headers-2.2.10 [!hurd-i386], hurd-dev [hurd-i386]
            foo [!i386] | bar [!amd64]                     --> foo [!i386] | bar [!amd64]
            foo [linux-any], bar [any-i386], baz [!linux-any] --> foo [linux-any], bar [any-i386], baz [!linux-any]
            # "Whitespace may appear at any point in the version specification [...]; it is not otherwise significant."
            libc6(>=2.2.1),default-mta|mail-transport-agent --> libc6 (>= 2.2.1), default-mta | mail-transport-agent
            libc6 ( >= 2.2.1 )                             --> libc6 (>= 2.2.1)
            # Each operator; < and > "were confusingly defined to mean earlier/later or equal"
            a (<< 1), a (<= 1), a (= 1), a (>= 1), a (>> 1) --> a (<< 1), a (<= 1), a (= 1), a (>= 1), a (>> 1)
            a (< 1), a (> 1)                               --> a (<= 1), a (>= 1)
            # Architecture qualifiers; build profiles
            python3:any (>= 3.11~)                         --> python3:any (>= 3.11~)
            gcc:native, libc6:amd64                        --> gcc:native, libc6:amd64
            foo <!nocheck> <stage1 !cross>                 --> foo <!nocheck> <stage1 !cross>
            foo:any (>= 1) [amd64] <!nodoc>                --> foo:any (>= 1) [amd64] <!nodoc>
            foo <!pkg.gcc.nobiarch !c++>                   --> foo <!pkg.gcc.nobiarch !c++>
            # Nothing is no relation
            ''                                             --> ''
            ' '                                            --> ''
            """)
    void aFieldIsReadAndWritten(String text, String written) {
        assertThat(Relations.parse(text)).hasToString(written);
        assertThat(Relations.parse(written)).isEqualTo(Relations.parse(text));
    }

    @Test
    void aFoldedFieldIsOneList() {
        assertThat(Relations.parse("libc6 (>= 2.36),\n zlib1g\n | zlib,\n\ttzdata"))
                .hasToString("libc6 (>= 2.36), zlib1g | zlib, tzdata");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "-->", textBlock = """
            ,               --> the name of a package is missing before `,`
            a,              --> the name of a package is missing at its end
            a,,b            --> the name of a package is missing before `,b`
            a |             --> the name of a package is missing at its end
            | a             --> the name of a package is missing before `| a`
            -a              --> the name of a package is missing before `-a`
            ${shlibs:Depends} --> the name of a package is missing before `${shlibs:Depends}`
            a b             --> a comma or a vertical bar is missing before `b`
            a :any          --> a comma or a vertical bar is missing before `:any`
            a/b             --> a comma or a vertical bar is missing before `/b`
            a (>= 1) (<< 2) --> a comma or a vertical bar is missing before `(<< 2)`
            a:              --> the name of an architecture is missing at its end
            a (1.0)         --> one of <<, <=, =, >= and >> is missing before `1.0)`
            a (== 1)        --> one of <<, <=, =, >= and >> is missing before `== 1)`
            a (=> 1)        --> one of <<, <=, =, >= and >> is missing before `=> 1)`
            a (<> 1)        --> one of <<, <=, =, >= and >> is missing before `<> 1)`
            a (             --> one of <<, <=, =, >= and >> is missing at its end
            a (>= 1         --> a closing round bracket is missing at its end
            a (>= 1, b      --> a closing round bracket is missing before `, b`
            a (>= 1 2)      --> a closing round bracket is missing before `2)`
            a [             --> an architecture is missing at its end
            a []            --> an architecture is missing at its end
            a [amd64        --> an architecture is missing at its end
            a [amd64 !i386] --> either all architectures have an exclamation mark or none at its end
            a <             --> a profile is missing at its end
            a <>            --> a profile is missing at its end
            """)
    void whatIsNoRelationIsRefused(String text, String problem) {
        assertThatThrownBy(() -> Relations.parse(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("`" + text + "` is no list of packages.\n  why    " + problem);
    }

    @Test
    void aVersionThatIsNoneIsRefusedWithItsField() {
        assertThatThrownBy(() -> Relations.parse("libfoo (>= ${source:Version})"))
                .hasMessage("""
                        "${source:Version}" is not the version of a Debian package.
                          where  relation `libfoo (>= ${source:Version})`
                          why    "${source" is no epoch, a number up to 2147483647""");
    }

    @Test
    void aLongFieldIsShownInPart() {
        assertThatThrownBy(() -> Relations.parse("a".repeat(100) + " b".repeat(100)))
                .hasMessage("`" + "a".repeat(60) + "…` is no list of packages.\n"
                        + "  why    a comma or a vertical bar is missing before `" + "b ".repeat(30) + "…`");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "-->", textBlock = """
            # "If the current Debian host architecture is not in this list and there are no exclamation marks in the list, or
            # it is in the list with a prepended exclamation mark, the package name [...] are ignored completely"
            a [amd64]              --> a [amd64]
            a [arm64]              --> ''
            a [arm64 amd64], b     --> a [arm64 amd64], b
            a [!amd64], b          --> b
            a [!arm64 !i386]       --> a [!arm64 !i386]
            # "Build-Depends: foo [!i386] | bar [!amd64] is equivalent to bar on the i386 architecture, to foo on the amd64
            # architecture, and to foo | bar on all other architectures."
            foo [!i386] | bar [!amd64] --> foo [!i386]
            # 11.1.1 wildcards
            a [any]                --> a [any]
            a [linux-any]          --> a [linux-any]
            a [any-amd64]          --> a [any-amd64]
            a [any-arm64]          --> ''
            a [hurd-any]           --> ''
            a [!linux-any], b      --> b
            # Build profiles, of which none is active: terms of a list all hold, one list is enough
            a <!nocheck>           --> a <!nocheck>
            a <stage1>             --> ''
            a <stage1 !nocheck>    --> ''
            a <stage1> <!nocheck>  --> a <stage1> <!nocheck>
            """)
    void whatIsForAnotherArchitectureOrProfileDoesNotCount(String text, String counts) {
        assertThat(Relations.parse(text).on("amd64")).hasToString(counts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a (<< 2)  | 1.9        | true
            a (<< 2)  | 2          | false
            a (<= 2)  | 2-0        | true
            a (<= 2)  | 2-1        | false
            a (= 2)   | 0:2        | true
            a (= 2)   | 2+b1       | false
            a (>= 2)  | 2          | true
            a (>= 2)  | 2~rc1      | false
            a (>= 2~) | 2~rc1      | true
            a (>> 2)  | 2          | false
            a (>> 2)  | 2-1        | true
            a         | 0          | true
            """)
    void aConstraintHoldsForVersions(String text, String version, boolean holds) {
        Relation relation = Relations.parse(text).all().get(0).get(0);

        assertThat(relation.fits(DebianVersion.parse(version))).isEqualTo(holds);
    }

    @Test
    void thousandsOfAlternativesAreReadInALoop() {
        String text = String.join(" | ", Collections.nCopies(100_000, "a:any (>= 1)"));

        assertThat(Relations.parse(text).all())
                .singleElement()
                .satisfies(it -> assertThat(it).hasSize(100_000));
        assertThat(Relations.parse(text.replace('|', ',')).all())
                .hasSize(100_000)
                .allSatisfy(it -> assertThat(it).isEqualTo(List.of(it.get(0))));
    }
}
