package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The answers of pypa/packaging and pypa/installer that {@code src/test/oracle/packaging/make} keeps, compared with ours: no difference, or
 * one of a kind that is listed with its reason. A kind of which no difference is found fails too.
 */
public final class Goldens {

    public static final String REFUSED = "refused";

    /** One answer of theirs next to ours, as texts that can be compared. */
    public record Answer(String text, String theirs, String ours) {}

    private record Known(String reason, Predicate<Answer> covers) {}

    private final List<Known> known = new ArrayList<>();
    private final List<Answer> different = new ArrayList<>();

    /** The lines of one file of goldens. */
    public static List<JsonNode> rows(String name) {
        try (InputStream in = Goldens.class.getResourceAsStream("goldens/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), name))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    public static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::stringValue)
                .toList();
    }

    /** What a parser answers; anything that it throws but a refusal fails the test. */
    public static String orRefused(Supplier<String> answer) {
        try {
            return answer.get();
        } catch (BuildRefused e) {
            return REFUSED;
        }
    }

    /** Whether we refuse what Python alone takes for white space: a separator of Unicode, or of ASCII's four levels. */
    public static boolean hasOtherWhiteSpace(Answer answer) {
        return answer.ours().equals(REFUSED)
                && answer.text()
                        .chars()
                        .anyMatch(c -> (Character.isSpaceChar(c) && c != ' ') || c == 0x85 || (c >= 0x1c && c <= 0x1f));
    }

    /** Lists a kind of difference that is meant. */
    public Goldens knowing(String reason, Predicate<Answer> covers) {
        known.add(new Known(reason, covers));
        return this;
    }

    public void compare(String text, String theirs, String ours) {
        if (!theirs.equals(ours)) {
            different.add(new Answer(text, theirs, ours));
        }
    }

    /** Each difference is of a listed kind, and each listed kind is really there. */
    public void allAreKnown() {
        Map<String, Integer> found = new LinkedHashMap<>();
        List<Answer> unknown = new ArrayList<>();
        for (Answer answer : different) {
            known.stream()
                    .filter(it -> it.covers().test(answer))
                    .findFirst()
                    .ifPresentOrElse(it -> found.merge(it.reason(), 1, Integer::sum), () -> unknown.add(answer));
        }
        assertThat(unknown).as("differences of no listed kind").isEmpty();
        assertThat(found.keySet())
                .as("kinds of which there is a difference")
                .containsExactlyInAnyOrderElementsOf(
                        known.stream().map(Known::reason).toList());
    }
}
