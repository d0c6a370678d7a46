package dev.pycontainer.debian;

import static dev.pycontainer.debian.TinyArchive.amd64;
import static dev.pycontainer.debian.TinyArchive.installed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debian Policy Manual, sections 7.2 to 7.5. */
class ResolvePackagesTest {

    private static final List<DebianPackage> NOTHING = List.of();

    private static ResolvedPackages resolve(PackageIndex index, List<DebianPackage> base, String... asked) {
        return new ResolvePackages(index, base, Map.of()).of(List.of(asked));
    }

    private static String names(ResolvedPackages resolved) {
        return resolved.packages().stream().map(ResolvedPackage::name).collect(Collectors.joining(" "));
    }

    private static String names(PackageIndex index, String... asked) {
        return names(resolve(index, NOTHING, asked));
    }

    @Test
    void whatIsAskedForComesWithAllThatItDependsOn() {
        PackageIndex index = amd64().has(
                        "libpq5 17.5-1",
                        "Depends: libc6 (>= 2.38), libldap2 (>= 2.6.2)",
                        "Recommends: doc",
                        "Suggests: doc")
                .has("libldap2 2.6.10-1", "Depends: libc6 (>= 2.38)", "Pre-Depends: dpkg")
                .has("libc6 2.41-12", "Depends: libgcc-s1")
                .has("libgcc-s1 14.2.0-19", "Architecture: all")
                .has("dpkg 1.22")
                .has("doc 1")
                .has("other 1")
                .index();

        ResolvedPackages resolved = resolve(index, NOTHING, "libpq5", "libc6");

        assertThat(resolved.packages())
                .extracting(it -> it.found() + (it.asked() ? " asked" : "") + " by " + it.requiredBy())
                .containsExactly(
                        "dpkg 1.22 by [libldap2]",
                        "libc6 2.41-12 asked by [libldap2, libpq5]",
                        "libgcc-s1 14.2.0-19 by [libc6]",
                        "libldap2 2.6.10-1 by [libpq5]",
                        "libpq5 17.5-1 asked by []");
        assertThat(resolved.leftOut()).isEmpty();
        assertThat(resolved.packages().get(0).found().file().path()).isEqualTo("pool/dpkg_1.22.deb");
    }

    @Test
    void namesAreInTheOrderOfTheirBytes() {
        PackageIndex index = amd64().has("a+ 1")
                .has("a 1")
                .has("a-b 1")
                .has("a2 1")
                .has("a.b 1")
                .index();

        assertThat(names(index, "a2", "a.b", "a-b", "a+", "a")).isEqualTo("a a+ a-b a.b a2");
    }

    @Test
    void ofAlternativesTheFirstThatTheIndexHasIsTaken() {
        PackageIndex index = amd64().has("app 1", "Depends: gone | old (>= 2) | mta | exim")
                .has("old 1")
                .has("exim 1", "Provides: mta")
                .has("postfix 1", "Provides: mta", "Priority: standard")
                .index();

        assertThat(names(index, "app")).isEqualTo("app postfix");
    }

    @Test
    void theRealPackageComesBeforeThoseThatProvideIt() {
        PackageIndex index = amd64().has("app 1", "Depends: awk")
                .has("aawk 1", "Provides: awk", "Priority: required")
                .has("awk 1", "Priority: extra")
                .index();

        assertThat(names(index, "app")).isEqualTo("app awk");
    }

    @Test
    void anAlternativeThatIsThereAlreadyIsTaken() {
        PackageIndex index = amd64().has("app 1", "Depends: first | second")
                .has("first 1")
                .has("second 1")
                .index();

        assertThat(names(index, "app", "second")).isEqualTo("app second");
        assertThat(names(resolve(index, List.of(installed("second 1")), "app"))).isEqualTo("app");
        assertThat(names(resolve(index, List.of(installed("third 1", "Provides: second")), "app")))
                .isEqualTo("app");
    }

    // In the wild: libreoffice-base 4:7.4.7, whose libreoffice-base-core is content with the one without a display
    @Test
    void whatMustBeThereAnywayIsFoundBeforeAnyChoice() {
        PackageIndex index = amd64().has("office 1", "Depends: office-base, office-core")
                .has("office-core 1", "Depends: core")
                .has("office-base 1", "Depends: core-nogui | core")
                .has("core 1", "Conflicts: core-nogui")
                .has("core-nogui 1", "Conflicts: core")
                .index();

        ResolvedPackages resolved = resolve(index, NOTHING, "office");

        assertThat(names(resolved)).isEqualTo("core office office-base office-core");
        assertThat(resolved.packages().get(0).requiredBy()).containsExactly("office-base", "office-core");
    }

    @Test
    void choicesAreMadeOneAfterAnother() {
        PackageIndex index = amd64().has("app 1", "Depends: a | b, c | a")
                .has("a 1", "Depends: d | b")
                .has("b 1")
                .has("c 1")
                .has("d 1")
                .index();

        assertThat(names(index, "app")).isEqualTo("a app d");
    }

    @Test
    void dependenciesInACircleAreFollowedOnce() {
        PackageIndex index = amd64().has("libc6 1", "Depends: libgcc-s1")
                .has("libgcc-s1 1", "Depends: libc6, libgcc-s1")
                .index();

        assertThat(resolve(index, NOTHING, "libc6").packages())
                .extracting(it -> it.name() + it.requiredBy())
                .containsExactly("libc6[libgcc-s1]", "libgcc-s1[libc6, libgcc-s1]");
    }

    @Test
    void whatTheBaseHasIsNotTakenAgain() {
        PackageIndex index = amd64().has("libpq5 17", "Depends: libc6 (>= 2.36), libssl3")
                .has("libc6 2.41")
                .has("libssl3t64 3.5", "Provides: libssl3 (= 3.5)")
                .index();
        List<DebianPackage> base = List.of(installed("libc6 2.36-9"), installed("libssl3t64 3.0", "Provides: libssl3"));

        assertThat(names(resolve(index, base, "libpq5", "libc6", "libssl3"))).isEqualTo("libpq5");
        assertThat(resolve(index, base, "libc6").packages()).isEmpty();
    }

    @Test
    void whatTheBaseOnlyProvidesMayBeAskedForByItsName() {
        PackageIndex index = amd64().has("awk 1").index();

        assertThat(names(resolve(index, List.of(installed("mawk 1", "Provides: awk")), "awk")))
                .isEqualTo("awk");
    }

    @Test
    void aVirtualPackageThatOneProvidesMayBeAskedFor() {
        PackageIndex index = amd64().has("libglib2.0-0t64 2.84", "Provides: libglib2.0-0 (= 2.84)")
                .has("exim 1", "Provides: mta")
                .has("postfix 1", "Provides: mta")
                .index();

        ResolvedPackages resolved = resolve(index, NOTHING, "libglib2.0-0");

        assertThat(resolved.packages()).singleElement().satisfies(it -> {
            assertThat(it.name()).isEqualTo("libglib2.0-0t64");
            assertThat(it.asked()).isTrue();
        });
        assertThat(names(index, "mta", "postfix")).isEqualTo("postfix");
        assertThatThrownBy(() -> resolve(index, NOTHING, "mta"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The package mta is a virtual one, which several packages provide.
                          why    there are postfix, exim
                          do     ask for the one of them that is meant""");
    }

    @Test
    void aVirtualPackageOfManyShowsSome() {
        TinyArchive archive = amd64();
        IntStream.range(10, 30).forEach(it -> archive.has("p" + it + " 1", "Provides: v"));

        assertThatThrownBy(() -> resolve(archive.index(), NOTHING, "v"))
                .hasMessageContaining("why    there are p29, p28, p27, p26, p25, p24, p23, p22, p21, p20, …\n");
    }

    @Test
    void anUnknownPackageIsRefusedWithTheNearestName() {
        PackageIndex index = amd64().in("trixie")
                .has("libpq5 1")
                .in("trixie-security")
                .has("libpq6 1")
                .index();

        assertThatThrownBy(() -> resolve(index, NOTHING, "libqp5")).hasMessage("""
                        There is no package libqp5 in trixie, trixie-security for amd64.
                          do     did you mean libpq5?""");
        assertThatThrownBy(() -> resolve(index, NOTHING, "chromium")).hasMessage("""
                        There is no package chromium in trixie, trixie-security for amd64.
                          do     look up what the package is called in this suite""");
    }

    @Test
    void aDependencyThatNothingMeetsNamesAllWhoNeedIt() {
        PackageIndex index = amd64().has("app 1", "Depends: liba")
                .has("liba 1", "Depends: libb | gone")
                .has("libb 2-1", "Depends: libx (>= 3) | liby | libz (>= 2)")
                .in("trixie-updates")
                .has("libx 2.9")
                .in("trixie-updates")
                .has("libq 1", "Provides: libz")
                .index();

        assertThatThrownBy(() -> resolve(index, NOTHING, "app")).hasMessage("""
                        libb 2-1 needs libx (>= 3) | liby | libz (>= 2), which nothing in trixie, trixie-updates meets.
                          where  app → liba → libb
                          why    trixie-updates has libx 2.9; there is no package liby; libq 1 provides `libz`
                          do     check that the mirror has all suites of the distribution, and in the same state""");
    }

    @Test
    void anotherVersionThanTheBaseHasIsRefused() {
        PackageIndex index = amd64().has("app 1", "Depends: libfoo")
                .has("libfoo 1.0", "Depends: libc6 (>= 2.41)")
                .has("libc6 2.41-12")
                .index();
        List<DebianPackage> base = List.of(
                installed("zlib1g 1.2"), installed("libc6 2.35", "Architecture: i386"), installed("libc6 2.36-9"));

        assertThatThrownBy(() -> resolve(index, base, "app")).hasMessage("""
                        The base has libc6 2.36-9, and libfoo 1.0 needs libc6 (>= 2.41).
                          where  app → libfoo
                          why    a package of the base is never replaced: its files would be in the image twice
                          do     use a newer base, with libc6 2.41-12: a tag is rebuilt when its packages are updated, \
                        and leads to the new image once no digest and no pycontainer.lock names the old one""");
    }

    @ParameterizedTest
    @CsvSource({
        "2.41-11, 'use a mirror that is as new as the base: this one has libc6 2.41-11'",
        "2.41-12, 'use another base image, in which libc6 has a version that fits'"
    })
    void aBaseThatIsNotOlderThanTheMirrorNeedsOtherAdvice(String offered, String advice) {
        PackageIndex index = amd64().has("app 1", "Depends: libc6 (= 2.40-1)")
                .has("libc6 " + offered)
                .index();
        assertThatThrownBy(() -> resolve(index, List.of(installed("libc6 2.41-12")), "app"))
                .hasMessageStartingWith("The base has libc6 2.41-12, and app 1 needs libc6 (= 2.40-1).")
                .hasMessageEndingWith("do     " + advice);
    }

    @Test
    void anAlternativeToWhatTheBaseHasOtherwiseIsTaken() {
        PackageIndex index = amd64().has("app 1", "Depends: liba (>= 2) | libb")
                .has("liba 2")
                .has("libb 1")
                .index();

        assertThat(names(resolve(index, List.of(installed("liba 1")), "app"))).isEqualTo("app libb");
    }

    // A provider that the base has without providing it cannot be had in another version either.
    @Test
    void aProviderIsNotPutOverItsOlderVersion() {
        PackageIndex index = amd64().has("app 1", "Depends: v")
                .has("p 2", "Provides: v", "Priority: required")
                .has("q 1", "Provides: v")
                .index();

        assertThat(names(resolve(index, List.of(installed("p 1")), "app"))).isEqualTo("app q");
    }

    @Test
    void whatIsLeftOutMeetsWhateverDependsOnIt() {
        PackageIndex index = amd64().has(
                        "ca-certificates 1", "Depends: openssl (>= 1.1.1), debconf (>= 0.5) | debconf-2.0")
                .has("tzdata 1", "Depends: debconf-2.0, awk")
                .has("openssl 3")
                .has("debconf 1.5", "Provides: debconf-2.0", "Depends: perl-base")
                .has("mawk 1", "Provides: awk")
                .has("gawk 1", "Provides: awk", "Priority: standard")
                .has("perl-base 5")
                .index();
        ResolvePackages resolve = new ResolvePackages(
                index,
                NOTHING,
                Map.of("openssl", "only for scripts", "debconf", "asks questions", "mawk", "no shell", "dpkg", "-"));

        ResolvedPackages resolved = resolve.of(List.of("tzdata", "ca-certificates"));

        assertThat(names(resolved)).isEqualTo("ca-certificates tzdata");
        assertThat(resolved.leftOut())
                .containsExactly(
                        new ResolvedPackages.LeftOut("debconf", "asks questions", List.of("ca-certificates", "tzdata")),
                        new ResolvedPackages.LeftOut("mawk", "no shell", List.of("tzdata")),
                        new ResolvedPackages.LeftOut("openssl", "only for scripts", List.of("ca-certificates")));
    }

    @Test
    void whatTheIndexDoesNotHaveCanBeLeftOutToo() {
        PackageIndex index = amd64().has("a 1", "Pre-Depends: dpkg (>= 99)").index();

        assertThat(new ResolvePackages(index, NOTHING, Map.of("dpkg", "no dpkg"))
                        .of(List.of("a"))
                        .leftOut())
                .containsExactly(new ResolvedPackages.LeftOut("dpkg", "no dpkg", List.of("a")));
    }

    @Test
    void whatIsAskedForIsNotLeftOut() {
        PackageIndex index =
                amd64().has("a 1", "Depends: openssl").has("openssl 3").index();

        ResolvedPackages resolved =
                new ResolvePackages(index, NOTHING, Map.of("openssl", "-")).of(List.of("a", "openssl"));

        assertThat(names(resolved)).isEqualTo("a openssl");
        assertThat(resolved.leftOut()).isEmpty();
    }

    @Test
    void packagesThatConflictAreRefused() {
        PackageIndex index = amd64().has("app 1", "Depends: liba")
                .has("liba 2", "Conflicts: libb (<< 2)")
                .has("libb 1", "Provides: v")
                .has("other 1", "Breaks: liba")
                .has("virtual 1", "Conflicts: v")
                .index();

        assertThatThrownBy(() -> resolve(index, NOTHING, "app", "libb")).hasMessage("""
                        liba 2 conflicts with libb 1.
                          why    its control file says `libb (<< 2)`; liba is needed by app, libb is asked for
                          do     leave out one of the packages that were asked for, or use another base image""");
        assertThatThrownBy(() -> resolve(index, NOTHING, "app", "other")).hasMessageStartingWith("""
                        other 1 breaks liba 2.
                          why    its control file says `liba`; other is asked for, liba is needed by app
                        """);
        assertThatThrownBy(() -> resolve(index, NOTHING, "virtual", "libb"))
                .hasMessageStartingWith("virtual 1 conflicts with libb 1.");
    }

    @Test
    void conflictsWithTheBaseAreRefusedOnBothSides() {
        PackageIndex index = amd64().has("a 1", "Conflicts: b").has("c 1").index();

        assertThatThrownBy(() -> resolve(index, List.of(installed("b 1")), "a")).hasMessageStartingWith("""
                        a 1 conflicts with b 1.
                          why    its control file says `b`; a is asked for, the base has b
                        """);
        assertThatThrownBy(() -> resolve(index, List.of(installed("b 1", "Breaks: c (<< 2)")), "c"))
                .hasMessageStartingWith("""
                        b 1 breaks c 1.
                          why    its control file says `c (<< 2)`; the base has b, c is asked for
                        """);
    }

    @Test
    void noConflictIsWhatDoesNotMeanAnotherPackage() {
        PackageIndex index = amd64()
                // "Provides: mta, Conflicts: mta" means the others
                .has("exim 1", "Provides: mta", "Conflicts: mta", "Breaks: old (<< 2), absent")
                .has("old 2", "Provides: versioned")
                .has("strict 1", "Conflicts: versioned (<< 9)")
                .index();
        // What the base has against itself is not ours.
        List<DebianPackage> base = List.of(installed("x 1", "Conflicts: y"), installed("y 1"));

        assertThat(names(resolve(index, base, "exim", "old", "strict"))).isEqualTo("exim old strict");
    }

    @Test
    void qualifiersAndRestrictionsAreObeyed() {
        PackageIndex index = amd64().has(
                        "app 1",
                        "Depends: python3:any, libc6:amd64, arm [arm64], tool:native, doc <!nodoc>, x <stage1>")
                .has("python3 3.13", "Multi-Arch: allowed")
                .has("libc6 2.41", "Multi-Arch: same")
                .has("tool 1", "Architecture: all")
                .has("doc 1")
                .index();

        assertThat(names(index, "app")).isEqualTo("app doc libc6 python3 tool");
    }

    @Test
    void aPackageOfAnotherArchitectureInTheBaseIsNoneOfOurs() {
        PackageIndex index = amd64().has("app 1", "Depends: libfoo, tool")
                .has("libfoo 2")
                .has("tool 2")
                .index();
        List<DebianPackage> base = List.of(
                installed("libfoo 2", "Architecture: i386", "Multi-Arch: same"),
                installed("tool 1", "Architecture: i386", "Multi-Arch: foreign"));

        assertThat(names(resolve(index, base, "app"))).isEqualTo("app libfoo");
    }

    @Test
    void theOrderOfTheIndexAndOfTheQuestionDoesNotMatter() {
        TinyArchive archive = amd64();
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            StringBuilder depends = new StringBuilder("Depends: n" + random.nextInt(60));
            for (int more = random.nextInt(4); more > 0; more--) {
                depends.append(random.nextBoolean() ? " | " : ", ")
                        .append(random.nextBoolean() ? "v" + random.nextInt(9) : "n" + random.nextInt(60));
            }
            archive.has("n" + i + " 1", depends.toString(), "Provides: v" + i % 9);
        }
        List<String> asked = new ArrayList<>(List.of("n1", "n7", "n13", "n30"));
        String expected = told(resolve(archive.index(), NOTHING, asked.toArray(String[]::new)));

        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(asked, random);
            assertThat(told(resolve(archive.shuffled(seed), NOTHING, asked.toArray(String[]::new))))
                    .isEqualTo(expected);
        }
    }

    private static String told(ResolvedPackages resolved) {
        return resolved.packages().stream()
                .map(it -> it.name() + it.asked() + it.requiredBy())
                .toList()
                .toString();
    }

    @Test
    void dependenciesOfAnyDepthAreFollowedInALoop() {
        TinyArchive archive = amd64();
        int depth = 20_000;
        IntStream.range(0, depth).forEach(it -> archive.has("n" + it + " 1", "Depends: n" + (it + 1)));

        assertThat(resolve(archive.has("n" + depth + " 1").index(), NOTHING, "n0")
                        .packages())
                .hasSize(depth + 1);
    }

    @Test
    void aLongChainShowsItsEnds() {
        TinyArchive archive = amd64();
        IntStream.range(0, 40).forEach(it -> archive.has("n" + it + " 1", "Depends: n" + (it + 1)));

        assertThatThrownBy(() -> resolve(archive.index(), NOTHING, "n0"))
                .hasMessageContaining(
                        "where  n0 → n1 → n2 → n3 → n4 → n5 → n6 → n7 → n8 → n9 → … → n30 → n31 → n32 → n33 → n34"
                                + " → n35 → n36 → n37 → n38 → n39\n");
    }

    @Test
    void thousandsOfAlternativesAreLookedAtInALoop() {
        String gone = IntStream.range(0, 20_000).mapToObj(it -> "gone" + it).collect(Collectors.joining(" | "));
        PackageIndex index = amd64().has("app 1", "Depends: " + gone + " | there")
                .has("hopeless 1", "Depends: " + gone)
                .has("there 1")
                .index();

        assertThat(names(index, "app")).isEqualTo("app there");
        assertThatThrownBy(() -> resolve(index, NOTHING, "hopeless"))
                .hasMessageStartingWith("hopeless 1 needs gone0 | gone1 | gone2 | gone3 | gone4 | …, which nothing in");
    }

    // Each layer of choices would double the work of a search that goes back.
    @Test
    void manyChoicesTakeNoLongerThanTheyAreMany() {
        TinyArchive archive = amd64();
        IntStream.range(0, 500)
                .forEach(it -> archive.has("a" + it + " 1", "Depends: a" + (it + 1) + " | b" + (it + 1))
                        .has("b" + it + " 1", "Depends: b" + (it + 1) + " | a" + (it + 1)));
        PackageIndex index =
                archive.has("a500 1", "Conflicts: b0").has("b500 1").index();

        assertThat(resolve(index, NOTHING, "a0").packages()).hasSize(501);
        assertThatThrownBy(() -> resolve(index, NOTHING, "a0", "b0"))
                .hasMessageStartingWith("a500 1 conflicts with b0 1.");
    }

    @Test
    void aMalformedRelationIsRefusedWhereItMatters() {
        PackageIndex index = amd64().has("bad 1", "Depends: a b").has("good 1").index();

        assertThat(names(index, "good")).isEqualTo("good");
        assertThatThrownBy(() -> resolve(index, NOTHING, "bad")).hasMessage("""
                        `a b` is no list of packages.
                          where  Depends of bad 1
                          why    a comma or a vertical bar is missing before `b`""");
    }
}
