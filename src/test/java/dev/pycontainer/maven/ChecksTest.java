package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {

    @TempDir
    Path directory;

    private final List<BuildRefused> warnings = new ArrayList<>();

    private Checks checks(String path, String value) {
        GivenParameters given = new GivenParameters(directory);
        given.with(path, value);
        return Checks.read(given.invocation().parameters(), warnings::add);
    }

    @Test
    void aCheckDoesWhatItsParameterSays() {
        BuildRefused finding = BuildRefused.because("The lock is stale.");

        assertThatThrownBy(() -> checks("skip", "false").staleLock().found(finding))
                .isSameAs(finding);
        checks("checks.staleLock", "off").staleLock().found(finding);
        assertThat(warnings).isEmpty();
        checks("checks.staleLock", "warn").staleLock().found(finding);
        checks("skip", "false").fileConflict().found(finding);
        assertThat(warnings).containsExactly(finding, finding);
    }

    @Test
    void anotherWordIsRefused() {
        assertThatThrownBy(() -> checks("checks.yanked", "ignore"))
                .hasMessageStartingWith("\"ignore\" is not what a check can do.\n  where  ")
                .hasMessageEndingWith("  do     write fail, warn or off");
    }
}
