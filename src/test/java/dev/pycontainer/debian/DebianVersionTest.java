package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** deb-version(7) and the Debian Policy Manual, section 5.6.12. */
class DebianVersionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # [epoch:]upstream-version[-debian-revision]
            1.0              | 0          | 1.0          | ''
            1.0-1            | 0          | 1.0          | 1
            2:9.1.1230-2     | 2          | 9.1.1230     | 2
            # "Dpkg will break the version number apart at the last hyphen in the string"
            1.0-1-2          | 0          | 1.0-1        | 2
            1.0--2           | 0          | 1.0-         | 2
            # "if there is no epoch then colons are not allowed": with one they are
            1:2:3-4          | 1          | 2:3          | 4
            # "It is conventional to restart the debian-revision at 1", and only conventional
            1.0-0+deb13u1~b1 | 0          | 1.0          | 0+deb13u1~b1
            2147483647:1     | 2147483647 | 1            | ''
            # In the wild: what does not begin with a digit is read, as dpkg does with a warning
            v1.2-3           | 0          | v1.2         | 3
            """)
    void aVersionHasThreeParts(String text, int epoch, String upstream, String revision) {
        DebianVersion version = DebianVersion.parse(text);

        assertThat(version).hasToString(text);
        assertThat(version.epoch()).isEqualTo(epoch);
        assertThat(version.upstream()).isEqualTo(upstream);
        assertThat(version.revision()).isEqualTo(revision);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''               | its upstream version is empty
            1:               | its upstream version is empty
            -1               | its upstream version is empty
            1:-1             | its upstream version is empty
            1-               | its revision is empty
            :1               | "" is no epoch, a number up to 2147483647
            a:1              | "a" is no epoch, a number up to 2147483647
            +1:1             | "+1" is no epoch, a number up to 2147483647
            2147483648:1     | "2147483648" is no epoch, a number up to 2147483647
            99999999999:1    | "99999999999" is no epoch, a number up to 2147483647
            1_2              | its upstream version holds U+005F, and may only hold A-Za-z0-9.+-:~
            1 2              | its upstream version holds U+0020, and may only hold A-Za-z0-9.+-:~
            1.0é             | its upstream version holds U+00E9, and may only hold A-Za-z0-9.+-:~
            ١                | its upstream version holds U+0661, and may only hold A-Za-z0-9.+-:~
            1-2_3            | its revision holds U+005F, and may only hold A-Za-z0-9+.~
            1:1-1:1          | its revision holds U+003A, and may only hold A-Za-z0-9+.~
            """)
    void whatIsNoVersionIsRefused(String text, String problem) {
        assertThatThrownBy(() -> DebianVersion.parse(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("\"" + text + "\" is not the version of a Debian package.\n  why    " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # "for example, the following parts are in sorted order"
            1~~      | 1~~a
            1~~a     | 1~
            1~       | 1
            1        | 1a
            # "all the letters sort earlier than all the non-letters"
            1a       | 1+
            1Z       | 1a
            1z       | 1.
            # "The numerical values of these two parts are compared"
            1.9      | 1.10
            1.2      | 1.10
            9        | 20240131123456789012345
            # "The absence of a debian-revision compares earlier than the presence of one"
            1.0      | 1.0-1
            1.0-1    | 1.0-1+b1
            1.0-1    | 1.0-1.1
            # The revision is the least significant part
            1.0-9    | 1.0.1-1
            # "epochs [...] allow us to leave behind mistakes": before all else
            9.9      | 1:0.1
            # In the wild
            2.36-9   | 2.36-9+deb12u13
            3.0.17-1~deb12u3 | 3.0.17-1
            12.2.0-14+deb12u1 | 14.2.0-19
            """)
    void theFirstSortsBeforeTheSecond(String lower, String higher) {
        DebianVersion first = DebianVersion.parse(lower);
        DebianVersion second = DebianVersion.parse(higher);

        assertThat(first).isLessThan(second).isNotEqualTo(second);
        assertThat(second).isGreaterThan(first);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1.0   | 0:1.0
            1.0   | 00:1.0
            1.0   | 1.0-0
            # "For these purposes an empty string [...] counts as zero"
            1.0   | 1.00
            1.    | 1.0
            1a    | 1a0
            1.0-a | 1.0-a0
            01    | 1
            0a    | 00a
            1~    | 1~0
            """)
    void twoSpellingsOfOneVersionAreEqual(String one, String other) {
        DebianVersion first = DebianVersion.parse(one);
        DebianVersion second = DebianVersion.parse(other);

        assertThat(first).isEqualTo(second).hasSameHashCodeAs(second).isEqualByComparingTo(second);
    }

    @Test
    void theOrderIsTotal() {
        Random random = new Random(5612);
        List<DebianVersion> versions = Stream.generate(() -> made(random))
                .limit(150)
                .map(DebianVersion::parse)
                .toList();
        for (DebianVersion a : versions) {
            for (DebianVersion b : versions) {
                int ab = Integer.signum(a.compareTo(b));
                check(() -> a + " and " + b, ab == -Integer.signum(b.compareTo(a)));
                check(() -> a + " = " + b, (ab == 0) == a.equals(b) && (ab != 0 || a.hashCode() == b.hashCode()));
                for (DebianVersion c : versions) {
                    if (ab <= 0 && b.compareTo(c) <= 0) {
                        check(() -> a + ", " + b + ", " + c, a.compareTo(c) <= 0);
                    }
                }
            }
        }
        List<DebianVersion> sorted = versions.stream().sorted().toList();
        List<DebianVersion> shuffled = new ArrayList<>(versions);
        Collections.shuffle(shuffled, random);
        assertThat(shuffled.stream().sorted().toList()).isEqualTo(sorted);
    }

    // Millions of assertions would take their time.
    private static void check(Supplier<String> what, boolean holds) {
        if (!holds) {
            throw new AssertionError(what.get());
        }
    }

    private static String made(Random random) {
        List<String> parts = List.of("0", "00", "1", "9", "10", "a", "A", "z", "~", "~~", "+", ".", "-", "b1", "~rc1");
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "1:0" : "0");
        for (int length = random.nextInt(5); length > 0; length--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.append(text.charAt(text.length() - 1) == '-' ? "0" : "").toString();
    }

    @Test
    void aVersionOfAnyLengthIsComparedInALoop() {
        DebianVersion digits = DebianVersion.parse("1".repeat(100_000));
        DebianVersion mixed = DebianVersion.parse("1.".repeat(50_000));

        assertThat(digits).isGreaterThan(mixed).isEqualTo(DebianVersion.parse("1".repeat(100_000)));
        assertThat(mixed).isLessThan(DebianVersion.parse("1.".repeat(50_000) + "1"));
    }
}
