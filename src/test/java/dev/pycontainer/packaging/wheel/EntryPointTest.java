package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Entry points specification", "Data model" and "File format". */
class EntryPointTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // "foomod:main"
                "foomod:main                   | foomod           | main",
                "package.module:Class.method   | package.module   | Class.method",
                // "readers must accept and ignore spaces … before or after the colon"
                "foomod  :  main               | foomod           | main",
                // "foomod:main_bar [bar,baz]"
                "foomod:main_bar [bar,baz]     | foomod           | main_bar",
                "foomod:main_bar [ bar , baz ] | foomod           | main_bar",
                "foomod:main[]                 | foomod           | main",
            })
    void anObjectReferenceHasAModuleAndAnAttribute(String text, String module, String attribute) {
        assertThat(EntryPoint.parse(text)).isEqualTo(new EntryPoint(module, attribute));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"foomod", "foomod:", ":main", "foo mod:main", "foomod:main()", "foomod:main [a", "a:b:c", ""})
    void whatCannotBeCalledIsRefused(String text) {
        assertThatThrownBy(() -> EntryPoint.parse(text))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The entry point "%s" cannot be called.
                          why    a script needs module:attribute, such as package.cli:main""".formatted(text));
    }

    @Test
    void itReadsAsItIsWritten() {
        assertThat(EntryPoint.parse("a.b : c.d [x]")).hasToString("a.b:c.d");
        assertThat(EntryPoint.parse("a.b:c.d").importName()).isEqualTo("c");
    }
}
