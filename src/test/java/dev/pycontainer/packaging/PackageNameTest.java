package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Names and normalization" (PEP 503, PEP 508) and names of extras (PEP 685). */
class PackageNameTest {

    @ParameterizedTest
    @CsvSource({
        // "Name normalization": "the following names are all equivalent"
        "friendly-bard,friendly-bard",
        "Friendly-Bard,friendly-bard",
        "FRIENDLY-BARD,friendly-bard",
        "friendly.bard,friendly-bard",
        "friendly_bard,friendly-bard",
        "friendly--bard,friendly-bard",
        "FrIeNdLy-._.-bArD,friendly-bard",
        "A,a",
        "1--1,1-1",
        "I,i"
    })
    void spellingsOfOneNameAreEqual(String text, String normal) {
        assertThat(PackageName.of(text)).isEqualTo(new PackageName(normal)).hasToString(normal);
        assertThat(Extra.of(text)).isEqualTo(normal);
        assertThat(Extra.normalized(text)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "_not_legal", "a.", "a b", "hi\n", "\nhi", "h\ni", "hé", "a/b", "a==1"})
    void whatIsNoNameIsRefused(String text) {
        String why =
                "\n  why    a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or"
                        + " digit";
        assertThatThrownBy(() -> PackageName.of(text)).hasMessage("\"" + text + "\" is not a package name." + why);
        assertThatThrownBy(() -> Extra.of(text))
                .hasMessage("\"" + text + "\" is not the name of an extra or group." + why);
    }

    @Test
    void onlyANormalFormMakesANameDirectly() {
        assertThatThrownBy(() -> new PackageName("Django")).hasMessage("\"Django\" is not a normalized package name.");
    }

    @Test
    void namesSortByTheirBytes() {
        assertThat(Stream.of("b", "a-b", "a1", "a")
                        .map(PackageName::of)
                        .sorted()
                        .map(PackageName::value))
                .containsExactly("a", "a-b", "a1", "b");
        assertThat(Extra.normalized(List.of("Z_z", "a", "z.Z"))).containsExactly("a", "z-z");
    }
}
