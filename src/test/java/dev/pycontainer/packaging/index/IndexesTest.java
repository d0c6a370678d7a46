package dev.pycontainer.packaging.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which index is asked for a package. */
class IndexesTest {

    private static final String CORP = "https://corp.example/simple";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # configured: id url mirrorOf; …              | the lock names                       | asked
                    -                                              | -                                    | default
                    -                                              | https://corp.example/simple/         | https://corp.example/simple
                    -                                              | https://a.example/s https://b.example/s | https://a.example/s https://b.example/s
                    corp https://corp.example/simple               | -                                    | default
                    corp https://corp.example/simple               | https://CORP.example:443/simple      | https://corp.example/simple
                    pypi https://corp.example/simple               | -                                    | https://corp.example/simple
                    corp https://corp.example/simple pypi          | -                                    | https://corp.example/simple
                    corp https://corp.example/simple *             | -                                    | https://corp.example/simple
                    corp https://corp.example/simple *             | https://other.example/simple         | https://corp.example/simple
                    corp https://corp.example/simple *             | https://a.example/s https://b.example/s | https://corp.example/simple
                    corp https://corp.example/simple *,!pypi       | -                                    | default
                    corp https://corp.example/simple *,!pypi       | https://other.example/simple         | https://corp.example/simple
                    corp https://corp.example/simple *,!https://other.example/simple | https://other.example/simple | https://other.example/simple
                    corp https://corp.example/simple https://other.example/simple/ | https://other.example/simple | https://corp.example/simple
                    corp https://corp.example/simple other         | https://other.example/simple         | https://other.example/simple
                    corp https://corp.example/simple other; other https://other.example/simple | https://other.example/simple | https://corp.example/simple
                    one https://one.example/s *; two https://two.example/s * | -                          | https://one.example/s
                    one https://one.example/s; two https://two.example/s *   | https://one.example/s      | https://two.example/s
                    one https://one.example/s *; two https://two.example/s * | https://one.example/s      | https://two.example/s
                    """)
    void thePackagesOwnIndexOrItsMirror(String configured, String named, String asked) {
        Indexes indexes = new Indexes(
                configured == null
                        ? List.of()
                        : Stream.of(configured.split(";\\s*", -1))
                                .map(IndexesTest::index)
                                .toList());
        List<String> names = named == null ? List.of() : List.of(named.split(" ", -1));

        assertThat(indexes.forPackage(names))
                .extracting(index -> index.url().toString())
                .containsExactly(asked.replace("default", DefaultIndex.URL).split(" ", -1));
        boolean itself = named == null
                ? asked.equals("default")
                : asked.equals(named.replaceFirst("/$", "").replace("CORP.example:443", "corp.example"));
        assertThat(indexes.isMirrored(names)).isEqualTo(!itself);
    }

    @Test
    void theDefaultIndexIsKnownByItsUrlToo() {
        Indexes indexes = new Indexes(List.of(index("corp " + CORP + " pypi")));

        assertThat(indexes.isMirrored(List.of(DefaultIndex.URL + "/"))).isTrue();
        assertThat(indexes.asksInDefaultPlace(index("corp " + CORP + " pypi"))).isTrue();
        assertThat(indexes.asksInDefaultPlace(index("corp " + CORP))).isFalse();
    }

    @Test
    void whatIsNoUrlIsRefusedWithoutItsPassword() {
        assertThatThrownBy(() -> new Indexes(List.of()).forPackage(List.of("ftp://me:s3cret@index.example/simple")))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The index's URL ftp://index.example/simple is not an HTTP or HTTPS URL.
                          why    the lock names it
                          do     lock again from an index that is served over HTTPS""");
    }

    @Test
    void noTextOfAnIndexHoldsItsPassword() {
        Index index = index("corp https://me:s3cret@corp.example/simple/");

        assertThat(index.toString()).isEqualTo(CORP);
        assertThat(index.url().toString()).isEqualTo(CORP);
        assertThat(index.login().orElseThrow().toString()).doesNotContain("s3cret");
        assertThat(index.login().orElseThrow().password().reveal()).isEqualTo("s3cret");
    }

    private static Index index(String words) {
        String[] parts = words.split(" ", -1);
        return Index.of(
                parts[0],
                parts[1],
                parts.length < 3 ? List.of() : List.of(parts[2].split(",", -1)),
                Optional.empty(),
                "the test");
    }
}
