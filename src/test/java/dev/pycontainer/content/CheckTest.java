package dev.pycontainer.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTest {

    private final BuildRefused finding = BuildRefused.because("The lock is stale.");

    private final List<BuildRefused> warnings = new ArrayList<>();

    private Check check(Check.Level level) {
        return new Check("checks.staleLock", level, warnings::add);
    }

    @Test
    void aFindingEndsTheBuildOrWarnsOrPasses() {
        assertThatThrownBy(() -> check(Check.Level.FAIL).found(finding)).isSameAs(finding);
        assertThat(warnings).isEmpty();

        check(Check.Level.OFF).found(finding);
        assertThat(warnings).isEmpty();

        check(Check.Level.WARN).found(finding);
        assertThat(warnings).containsExactly(finding);
    }
}
