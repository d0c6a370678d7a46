package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Digest;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

/** What the user reads while a build runs. */
class LogEventsTest {

    private final List<String> lines = new ArrayList<>();
    private final LogEvents events = new LogEvents(new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            lines.add("INFO " + line);
        }

        @Override
        public void warn(CharSequence line) {
            lines.add("WARN " + line);
        }
    });

    @Test
    void aBaseIsOneLine() {
        events.pulled("registry.example/python:3.12", Digest.of("base"), 1);
        events.pulled("registry.example/python:3.12", Digest.of("base"), 4);

        assertThat(lines)
                .containsExactly(
                        "INFO base       registry.example/python:3.12 (%s, 1 layer)".formatted(Digest.of("base")),
                        "INFO base       registry.example/python:3.12 (%s, 4 layers)".formatted(Digest.of("base")));
    }

    @Test
    void aPasswordThatMavenPrintsIsWarnedOfWithoutTellingIt() {
        events.passwordInConfiguration("<to><auth><password>", "pycontainer.to.auth.password");

        assertThat(lines)
                .containsExactly("WARN <to><auth><password> is in the plugin's configuration, which Maven itself prints"
                        + " with -X. A server of settings.xml, or the property pycontainer.to.auth.password, is not"
                        + " printed.");
    }
}
