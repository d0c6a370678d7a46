package dev.pycontainer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a build printed. */
public final class BuildLog {

    private static final Pattern WORK = Pattern.compile("(?m)^\\[DEBUG] work  +(.*)$");
    private static final Pattern COUNT = Pattern.compile("([a-z-]+)=([0-9]+)");

    private final String text;

    BuildLog(Path file) {
        try {
            this.text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text() {
        return text;
    }

    /** Holds no warning, neither of the plugin nor of Maven's validation of plugins. */
    public BuildLog hasNoWarnings() {
        assertThat(text.lines().filter(line -> line.startsWith("[WARNING]"))).isEmpty();
        return this;
    }

    /** Holds each of these texts, and no stack trace. */
    public BuildLog says(String... sentences) {
        assertThat(text).contains(sentences).doesNotContain("\tat ");
        return this;
    }

    /**
     * What the build's goals have done together, from {@code wheels-opened} to a number; told at debug level, so that
     * the build must have run with {@code -X}.
     */
    public Map<String, Long> work() {
        Map<String, Long> work = new TreeMap<>();
        for (MatchResult line : WORK.matcher(text).results().toList()) {
            for (MatchResult count : COUNT.matcher(line.group(1)).results().toList()) {
                work.merge(count.group(1), Long.valueOf(count.group(2)), Long::sum);
            }
        }
        assertThat(work).as("the line of work at debug level").isNotEmpty();
        return work;
    }
}
