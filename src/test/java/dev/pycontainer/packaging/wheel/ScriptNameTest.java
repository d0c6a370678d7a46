package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"django-admin", "pip3.11", "2to3", "activate", "python-argcomplete", "pythonx", "With.Dot", "ü x"
            })
    void ordinaryNamesAreTaken(String name) {
        assertThat(new ScriptName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python",
                "pythonw",
                "python3",
                "python3.12",
                "python3.13t",
                "pythonw3.13t",
                "pypy",
                "pypy2",
                "pypy3",
                "graalpy",
                "Python3",
                "python.py",
                "PYTHON.EXE"
            })
    void theInterpretersNamesAreReserved(String name) {
        assertThatThrownBy(() -> new ScriptName(name))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The script name "%s" is reserved for the interpreter.
                          why    the script would replace the Python of the environment""".formatted(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../x", "/x"})
    void aPathIsNoName(String name) {
        assertThatThrownBy(() -> new ScriptName(name))
                .hasMessageStartingWith("The script name \"" + name + "\" is not the name of a file in bin.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\b", "a\nb", "a\0b", ".wh.python"})
    void aNameThatIsNoneInALayerIsRefused(String name) {
        assertThatThrownBy(() -> new ScriptName(name)).hasMessageContaining("is not a path that can be installed.");
    }
}
