package dev.pycontainer.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TomlTableTest {

    private static TomlTable parse(String text) {
        return TomlTable.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void valuesAreAskedByKeyAndType() {
        TomlTable table = parse("""
                name = "app"
                size = 9223372036854775807
                flag = true
                list = ["b", "a"]
                [below]
                [[several]]
                name = "one"
                """);

        assertThat(table.text("name")).hasValue("app");
        assertThat(table.count("size")).hasValue(Long.MAX_VALUE);
        assertThat(table.flag("flag")).hasValue(true);
        assertThat(table.texts("list")).containsExactly("b", "a");
        assertThat(table.keys()).containsExactly("name", "size", "flag", "list", "below", "several");
        assertThat(table.tables("several"))
                .extracting(one -> one.text("name").orElseThrow())
                .containsExactly("one");
    }

    @Test
    void whatIsAbsentIsEmpty() {
        TomlTable table = parse("");

        assertThat(table.table("a").table("b").text("c")).isEmpty();
        assertThat(table.count("a")).isEmpty();
        assertThat(table.texts("a")).isEmpty();
        assertThat(table.tables("a")).isEmpty();
        assertThat(table.oneOrMoreTables("a")).isEmpty();
    }

    @Test
    void anArrayOrTableIsEmptyWhereNothingStandsInIt() {
        TomlTable table = parse("a = []\nb = {}\nc = [1]\nd = { e = 1 }\nf = 0\ng = \"\"");

        assertThat(Stream.of("a", "b", "absent")).allMatch(table::isEmpty);
        assertThat(Stream.of("c", "d", "f", "g")).noneMatch(table::isEmpty);
    }

    @Test
    void oneTableStandsForAnArrayOfOneWhereBothAreAllowed() {
        assertThat(parse("a = { b = 1 }").oneOrMoreTables("a")).hasSize(1);
        assertThat(parse("a = [{ b = 1 }, { b = 2 }]").oneOrMoreTables("a")).hasSize(2);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFile() {
        assertThat(parse("\uFEFFname = \"app\"").text("name")).hasValue("app");
    }

    private static Arguments refusal(String text, Consumer<TomlTable> question, String message) {
        return Arguments.of(text, question, message);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("a = 1", table -> table.text("a"), "\"a\" is not a string.\n  where  a"),
                refusal("a = 1", table -> table.flag("a"), "\"a\" is not true or false.\n  where  a"),
                refusal("a = \"1\"", table -> table.count("a"), "\"a\" is not an integer.\n  where  a"),
                refusal("a = 1.5", table -> table.count("a"), "\"a\" is not an integer.\n  where  a"),
                refusal("a = 9223372036854775808", table -> table.count("a"), "\"a\" is not an integer.\n  where  a"),
                refusal("a = [1]", table -> table.texts("a"), "\"a\" is not an array of strings.\n  where  a"),
                refusal("a = [[]]", table -> table.tables("a"), "\"a\" is not an array of tables.\n  where  a"),
                refusal("a = {}", table -> table.tables("a"), "\"a\" is not an array of tables.\n  where  a"),
                refusal(
                        "a.b.c = 1",
                        table -> table.table("a").table("b").table("c"),
                        "\"c\" is not a table.\n  where  a.b.c"),
                refusal(
                        "a.b = 1",
                        table -> table.at("package \"torch\" 2.3.0").table("a").text("b"),
                        "\"b\" is not a string.\n  where  package \"torch\" 2.3.0: a.b"),
                refusal(
                        "",
                        table -> table.at("package \"torch\"").requiredTable("source"),
                        "\"source\" is missing.\n  where  package \"torch\": source"),
                refusal(
                        "a = [\"1\", \"one\"]",
                        table -> table.at("here").texts("a", Version::parse),
                        "\"one\" is not a version.\n  where  here: a"),
                refusal(
                        "[a]",
                        table -> {
                            throw table.table("a").at("here").refused("This is wrong.");
                        },
                        "This is wrong.\n  where  here"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aValueThatIsNotAsItShouldBeIsRefusedAtItsPlace(String text, Consumer<TomlTable> question, String message) {
        TomlTable table = parse(text);

        assertThatThrownBy(() -> question.accept(table))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void textsAreReadInTheMeaningThatTheyHave() {
        assertThat(parse("a = [\"2\", \"1.0\"]").texts("a", Version::parse))
                .isEqualTo(List.of(Version.parse("2"), Version.parse("1.0")));
    }
}
