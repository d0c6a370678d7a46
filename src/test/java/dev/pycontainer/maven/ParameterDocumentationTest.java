package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/parameters.md is the table of leaves; after a change write it anew with {@code -Dgolden=update}. */
class ParameterDocumentationTest {

    private static final Path PAGE = Path.of("docs", "parameters.md");

    private static final String HEAD = """
            # Parameters

            Each can be written in three places. The first that names it wins, as a whole: a list or map does not add to another.

            1. on the command line: `-Dpycontainer.<parameter>=…`
            2. in the POM, in the plugin's `<configuration>`: `<from><image>…</image></from>` for `from.image`
            3. as a property of the POM: `<pycontainer.from.image>…</pycontainer.from.image>`

            Lists are comma separated, with `\\,` for a comma, or have one XML child per value. Maps are `key=value` pairs,
            comma separated, or have one XML child per key; `<KEY/>` is the empty string. Structures have one XML child each,
            with a child per field, or are comma separated groups of `field=value` words. Relative paths are relative to the
            POM's directory. A parameter that does not exist is an error that tells the nearest name.

            | Parameter | Kind | Meaning |
            | --- | --- | --- |
            """;

    @Test
    void thePageListsEveryParameter() throws IOException {
        String page = HEAD
                + Leaves.ALL.stream()
                        .map(leaf -> "| `%s` | %s | %s |\n"
                                .formatted(leaf.path(), leaf.kind().name().toLowerCase(Locale.ROOT), leaf.meaning()))
                        .collect(Collectors.joining());
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).hasContent(page);
    }
}
