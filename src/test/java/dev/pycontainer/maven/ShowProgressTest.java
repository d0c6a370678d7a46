package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the user sees of downloads, by a clock of the test's own. */
class ShowProgressTest {

    private static final int MEBIBYTE = 1 << 20;
    private static final long SECOND = 1_000_000_000;

    private final List<String> lines = new ArrayList<>();
    private final StringWriter terminal = new StringWriter();
    private long now;

    @Test
    void aTerminalShowsOneLineThatChangesAndGoes() {
        ShowProgress progress = progress(true, false);
        progress.begun("a.whl", OptionalLong.of(20 * MEBIBYTE));
        now += SECOND;
        progress.received("a.whl", 5 * MEBIBYTE);
        progress.received("a.whl", 1 * MEBIBYTE);
        progress.begun("b.whl", OptionalLong.of(4 * MEBIBYTE));
        now += SECOND;
        progress.received("b.whl", 2 * MEBIBYTE);
        progress.ended("a.whl");
        now += SECOND;
        progress.received("b.whl", 2 * MEBIBYTE);
        progress.ended("b.whl");

        assertThat(terminal.toString().split("\r", -1))
                .containsExactly(
                        "",
                        "download   a.whl, 5.0 MiB of 20.0 MiB, 5.0 MiB/s",
                        "download   2 wheels, 8.0 MiB of 24.0 MiB, 5.0 MiB/s",
                        "download   b.whl, 4.0 MiB of 4.0 MiB, 2.0 MiB/s    ",
                        " ".repeat(47),
                        "");
        assertThat(lines).noneMatch(line -> line.startsWith("INFO"));
    }

    @ParameterizedTest
    @CsvSource({"10, false, INFO", "9, false, DEBUG", "10, true, DEBUG"})
    void elsewhereALargeFileIsALineUnlessItShouldBeQuiet(int mebibytes, boolean batch, String level) {
        ShowProgress progress = progress(false, batch);
        progress.begun("a.whl", OptionalLong.empty());
        now += 2 * SECOND;
        progress.received("a.whl", (long) mebibytes * MEBIBYTE);
        progress.ended("a.whl");

        assertThat(lines)
                .containsExactly(level + " download   a.whl, " + mebibytes + ".0 MiB, "
                        + (mebibytes == 10 ? "5.0" : "4.5") + " MiB/s");
    }

    @Test
    void aFileThatBeginsAnewIsCountedAnew() {
        ShowProgress progress = progress(false, false);
        progress.begun("a.whl", OptionalLong.empty());
        progress.received("a.whl", 30 * MEBIBYTE);
        progress.begun("a.whl", OptionalLong.empty());
        now += SECOND;
        progress.received("a.whl", 12 * MEBIBYTE);
        progress.ended("a.whl");

        assertThat(lines).containsExactly("INFO download   a.whl, 12.0 MiB, 12.0 MiB/s");
    }

    @Test
    void aFileThatNeverBeganIsNotTold() {
        ShowProgress progress = progress(true, false);
        progress.ended("a.whl");

        assertThat(lines).isEmpty();
        assertThat(terminal.toString()).isEmpty();
    }

    private ShowProgress progress(boolean onTerminal, boolean batch) {
        SystemStreamLog log = new SystemStreamLog() {
            @Override
            public void info(CharSequence line) {
                lines.add("INFO " + line);
            }

            @Override
            public void debug(CharSequence line) {
                lines.add("DEBUG " + line);
            }
        };
        return new ShowProgress(
                log, onTerminal ? Optional.of(new PrintWriter(terminal)) : Optional.empty(), batch, () -> now);
    }
}
