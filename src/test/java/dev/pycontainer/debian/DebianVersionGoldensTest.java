package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Json;
import dev.pycontainer.packaging.Goldens;
import dev.pycontainer.packaging.Goldens.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Versions as dpkg reads and orders them: {@code src/test/oracle/debian}. */
class DebianVersionGoldensTest {

    @Test
    void versionsAreReadAsDpkgReadsThem() throws IOException {
        Goldens goldens = new Goldens()
                .knowing(
                        "dpkg strips blanks; whitespace must not appear inside version numbers",
                        answer -> !answer.text().strip().equals(answer.text()))
                .knowing(
                        "\"a single unsigned integer\" has no sign",
                        answer -> answer.text().startsWith("+"))
                .knowing(
                        "what does not begin with a digit is read by dpkg with a warning, and by us",
                        answer -> answer.theirs().equals("warned")
                                && answer.ours().equals("valid")
                                && !hasForeignCharacter(answer))
                .knowing(
                        "a character that is not allowed is only warned of by dpkg",
                        answer -> answer.theirs().equals("warned") && hasForeignCharacter(answer));
        for (JsonNode row : rows("versions.jsonl")) {
            String text = row.get(0).stringValue();
            goldens.compare(text, row.get(1).stringValue(), Goldens.orRefused(() -> {
                DebianVersion.parse(text);
                return "valid";
            }));
        }
        goldens.allAreKnown();
    }

    private static boolean hasForeignCharacter(Answer answer) {
        String text = answer.text();
        return !text.matches("[A-Za-z0-9.+~:-]*")
                || text.lastIndexOf(':') > Math.max(text.lastIndexOf('-'), text.indexOf(':'));
    }

    @Test
    void versionsAreOrderedAsDpkgOrdersThem() throws IOException {
        List<JsonNode> rows = rows("order.jsonl");

        assertThat(rows).hasSizeGreaterThan(3000).allSatisfy(row -> {
            DebianVersion left = DebianVersion.parse(row.get(0).stringValue());
            DebianVersion right = DebianVersion.parse(row.get(2).stringValue());
            int order = left.compareTo(right);
            assertThat(order < 0 ? "<" : order == 0 ? "=" : ">")
                    .isEqualTo(row.get(1).stringValue());
            assertThat(left.equals(right)).isEqualTo(order == 0);
        });
    }

    private static List<JsonNode> rows(String name) throws IOException {
        try (InputStream in = DebianVersionGoldensTest.class.getResourceAsStream("goldens/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), name))
                    .toList();
        }
    }
}
