package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for all versions, names and specifiers, tried with generated ones. */
class VersionPropertiesTest {

    private final RandomTexts random = new RandomTexts();
    private final List<Version> versions =
            RandomTexts.of(400, random::version).stream().map(Version::parse).toList();

    @Test
    void theOrderIsTotalAndAgreesWithEquality() {
        for (Version a : versions) {
            for (Version b : versions) {
                int order = Integer.signum(a.compareTo(b));
                assertTrue(order == -Integer.signum(b.compareTo(a)), a, b);
                assertTrue((order == 0) == a.equals(b), a, b);
                assertTrue(order != 0 || a.hashCode() == b.hashCode(), a, b);
                Version c = versions.get(random.below(versions.size()));
                assertTrue(a.compareTo(b) > 0 || b.compareTo(c) > 0 || a.compareTo(c) <= 0, a, b, c);
            }
        }
    }

    // Many times cheaper than a description of each of the comparisons that hold.
    private static void assertTrue(boolean holds, Object... of) {
        if (!holds) {
            throw new AssertionError(List.of(of));
        }
    }

    @Test
    void theNormalFormIsItsOwnNormalForm() {
        assertThat(versions).allSatisfy(it -> {
            Version again = Version.parse(it.toString());
            assertThat(again).isEqualTo(it).hasToString(it.toString());
            assertThat(it.publicVersion().local()).isEmpty();
        });
    }

    @Test
    void everySpellingIsTheSameVersion() {
        for (String text : RandomTexts.of(2000, random::version)) {
            String other = random.respelled(text);
            assertThat(Version.parse(other))
                    .as(other)
                    .isEqualTo(Version.parse(text))
                    .hasToString(text);
        }
    }

    @Test
    void clausesAboutAVersionHoldOrDoNotHoldIt() {
        for (String text : RandomTexts.of(2000, random::version)) {
            Version version = Version.parse(text);
            String open = version.publicVersion().toString();
            assertThat(holds("==" + text, version)).as("== %s", text).isTrue();
            assertThat(holds("===" + text, version)).as("=== %s", text).isTrue();
            assertThat(holds("!=" + text, version)).as("!= %s", text).isFalse();
            assertThat(holds(">=" + open + ",<=" + open, version))
                    .as(">=,<= %s", text)
                    .isTrue();
            assertThat(holds("<" + open, version)).as("< %s", text).isFalse();
            assertThat(holds(">" + open, version)).as("> %s", text).isFalse();
            if (version.release().size() > 1) {
                assertThat(holds("~=" + open, version)).as("~= %s", text).isTrue();
            }
        }
    }

    private static boolean holds(String specifier, Version version) {
        return SpecifierSet.parse(specifier).contains(version);
    }

    @Test
    void clausesFollowTheOrderOfPublicVersions() {
        for (int i = 0; i < 4000; i++) {
            Version wanted = Version.parse(random.publicVersion());
            Version candidate = versions.get(random.below(versions.size()));
            int order = candidate.publicVersion().compareTo(wanted);
            assertTrue(holds(">=" + wanted, candidate) == order >= 0, wanted, candidate);
            assertTrue(holds("<=" + wanted, candidate) == order <= 0, wanted, candidate);
            assertTrue(holds("==" + wanted, candidate) == (order == 0), wanted, candidate);
            assertTrue(holds("!=" + wanted, candidate) == (order != 0), wanted, candidate);
            // The exclusive ones leave out more than the order does, and never less.
            assertTrue(!holds("<" + wanted, candidate) || order < 0, wanted, candidate);
            assertTrue(!holds(">" + wanted, candidate) || order > 0, wanted, candidate);
            assertTrue(
                    SpecifierSet.parse(">=" + wanted).contains(candidate, false)
                            == (order >= 0 && (!candidate.isPrerelease() || wanted.isPrerelease())),
                    wanted,
                    candidate);
        }
    }

    @Test
    void aNormalizedNameStaysAsItIs() {
        for (int i = 0; i < 2000; i++) {
            String text = String.join(
                    "", RandomTexts.of(1 + random.below(6), () -> random.oneOf("a", "B", "1", "-", "_", ".")));
            String normal = Extra.normalized(text);
            assertThat(Extra.normalized(normal)).isEqualTo(normal);
            assertThat(Extra.normalized(text.toUpperCase(java.util.Locale.ROOT)))
                    .isEqualTo(normal);
            if (text.matches("[aB1](.*[aB1])?")) {
                assertThat(new PackageName(normal))
                        .isEqualTo(PackageName.of(text))
                        .hasToString(normal);
            }
        }
    }
}
