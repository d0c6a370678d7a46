package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import org.junit.jupiter.api.Test;

class DebianSuiteTest {

    @Test
    void aReleaseIsNamedByItsCodename() {
        assertThat(DebianSuite.named("trixie")).isEqualTo(DebianSuite.TRIXIE);
        assertThat(DebianSuite.named("bookworm").codename()).isEqualTo("bookworm");
        assertThat(DebianSuite.BOOKWORM.python()).isEqualTo("3.11");
    }

    @Test
    void theInterpreterIsItsMinimalPackageAndTheStandardLibrary() {
        assertThat(DebianSuite.TRIXIE.seeds())
                .contains("python3.13-minimal", "libpython3.13-stdlib", "libssl3t64", "libstdc++6")
                .doesNotContain("python3.13", "openssl")
                .isSorted();
        assertThat(DebianSuite.TRIXIE.leftOut()).doesNotContainKeys("libc6", "python3.13-minimal");
    }

    @Test
    void anotherReleaseIsRefused() {
        assertThatThrownBy(() -> DebianSuite.named("trixy"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                "trixy" is no release of Debian that a base can be made of.
                  why    known are bookworm and trixie, by their codenames
                  do     write trixie""");
        assertThatThrownBy(() -> DebianSuite.named("stable"))
                .hasMessageContaining("do     write one of them, or name an image of a registry");
    }
}
