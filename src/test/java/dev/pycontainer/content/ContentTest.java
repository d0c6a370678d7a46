package dev.pycontainer.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ContentTest {

    @Test
    void aRefusalIsAWholeAnswer() {
        BuildRefused refused = BuildRefused.because("No wheel of torch 2.3.0 fits the base.")
                .why("the base is musl 1.2")
                .todo("use a glibc base")
                .in("package \"torch\"")
                .in("uv.lock");

        assertThat(refused).hasMessage("""
                        No wheel of torch 2.3.0 fits the base.
                          where  uv.lock: package "torch"
                          why    the base is musl 1.2
                          do     use a glibc base""");
    }

    @Test
    void aSecretIsNeverPrinted() {
        assertThat(new Secret("hunter2"))
                .hasToString("****")
                .extracting(Secret::reveal)
                .isEqualTo("hunter2");
    }

    @Test
    void namesAreOrderedByTheirUtf8BytesAndNotByTheirUtf16Units() {
        List<String> names = List.of("a", "a-b", "a/b", "ab", "é", "\uFFFD", "\uD83D\uDE00");

        List<String> byBytes = names.stream()
                .sorted((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)))
                .toList();

        assertThat(names.stream().sorted(Utf8Order.INSTANCE).toList())
                .isEqualTo(byBytes)
                .isEqualTo(names);
    }

    @Test
    void aBodyWithoutEndIsCutAtItsLimit() {
        assertThatThrownBy(() ->
                        new BoundedInputStream(new ByteArrayInputStream(new byte[100]), 10, "The token").readAllBytes())
                .hasMessage("The token is larger than 10 bytes, the limit for it.");
    }

    @Test
    void jsonWithADuplicateKeyIsRefused() {
        assertThatThrownBy(() -> Json.read("{\"a\":1,\"a\":2}".getBytes(UTF_8), "The manifest"))
                .hasMessageStartingWith("The manifest is not valid JSON.");
    }

    @Test
    void jsonKeepsItsNumbersAndItsOrder() {
        String text = "{\"z\":1.10,\"a\":9007199254740993,\"nested\":{\"unknown\":[true,null]}}";

        assertThat(new String(Json.compact(Json.read(text.getBytes(UTF_8), "it")), UTF_8))
                .isEqualTo(text);
    }

    @Test
    void prettyJsonIsTheSameEverywhere() {
        ObjectNode json = Json.object();
        json.put("a", 1).putArray("b").add("x");

        assertThat(new String(Json.pretty(json), UTF_8)).isEqualTo("{\n  \"a\" : 1,\n  \"b\" : [\n    \"x\"\n  ]\n}\n");
    }

    @Test
    void theTallyCountsEveryKindOfWork() {
        Tally tally = new Tally();
        tally.count(Work.WHEELS_OPENED);
        tally.add(Work.BLOB_BYTES_READ, 7);

        assertThat(tally.of(Work.BLOB_BYTES_READ)).isEqualTo(7);
        assertThat(tally.toString()).startsWith("wheels-opened=1 ").contains(" blob-bytes-read=7 ");
        assertThat(Stream.of(Work.values()).filter(work -> tally.of(work) == 0)).hasSize(Work.values().length - 2);
    }

    @ParameterizedTest
    @CsvSource({"from.imgae, from.image", "to.tag, to.tags", "xyzzyplugh, -"})
    void theNearestNameIsFoundWhereOneIsNear(String written, String meant) {
        assertThat(NearestName.of(written, List.of("from.image", "to.image", "to.tags"))
                        .orElse("-"))
                .isEqualTo(meant);
    }

    @Test
    void namesThatDifferAreNeverTheSameToTheOrder() {
        List<String> names = List.of("?", "\ufffd", "\ud83d", "\ud83e", "\ude00", "\ud83d\ude00", "\ud83d?");

        for (String left : names) {
            for (String right : names) {
                int order = Utf8Order.INSTANCE.compare(left, right);
                assertThat(order == 0).isEqualTo(left.equals(right));
                assertThat(Integer.signum(Utf8Order.INSTANCE.compare(right, left)))
                        .isEqualTo(-Integer.signum(order));
            }
        }
    }
}
