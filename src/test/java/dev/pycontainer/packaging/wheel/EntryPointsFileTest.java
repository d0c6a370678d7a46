package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** "Entry points specification", "File format". */
class EntryPointsFileTest {

    private static Map<String, EntryPoint> scripts(String text) {
        return EntryPointsFile.scripts(text.getBytes(StandardCharsets.UTF_8), "3.11");
    }

    @Test
    void consoleAndGuiScriptsAreReadAndOtherGroupsAreNot() {
        assertThat(scripts("""
                # a comment
                ; another
                [console_scripts]
                foo = foomod:main
                Foo-Bar.baz=foomod:main_bar [bar,baz]

                [gui_scripts]
                gui = foomod:gui
                [pytest11]
                nbval = nbval.plugin
                """))
                .isEqualTo(Map.of(
                        "foo", new EntryPoint("foomod", "main"),
                        "Foo-Bar.baz", new EntryPoint("foomod", "main_bar"),
                        "gui", new EntryPoint("foomod", "gui")));
    }

    @Test
    void namesAreCaseSensitive() {
        assertThat(scripts("[console_scripts]\nfoo = a:b\nFOO = a:c\n")).containsKeys("foo", "FOO");
    }

    @Test
    void anEmptyFileHasNoScripts() {
        assertThat(scripts("")).isEmpty();
    }

    @Test
    void pipIsNamedAfterTheEnvironmentsPython() {
        assertThat(scripts("[console_scripts]\npip = pip:main\npip3 = pip:main\npip3.9 = pip:main\n"))
                .containsOnlyKeys("pip", "pip3", "pip3.11");
    }

    @Test
    void whatIsSaidTwiceAlikeIsSaidOnce() {
        assertThat(scripts("[console_scripts]\na=b:c\na = b:c\n[gui_scripts]\na=b:c\n"))
                .isEqualTo(Map.of("a", new EntryPoint("b", "c")));
    }

    @Test
    void aLineThatIsNoEntryIsRefused() {
        assertThatThrownBy(() -> scripts("[console_scripts]\nfoo\n"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        entry_points.txt has a line that is no entry.
                          why    line 2 is "foo\"""");
        assertThatThrownBy(() -> scripts("foo = a:b\n")).hasMessageContaining("line 1 is \"foo = a:b\"");
    }

    @Test
    void aScriptWithTwoMeaningsIsRefused() {
        assertThatThrownBy(() -> scripts("[console_scripts]\nfoo = a:b\nfoo = a:c\n"))
                .hasMessage("""
                        entry_points.txt names "foo" twice in one group.
                          why    it stands for a:b and a:c""");
        assertThatThrownBy(() -> scripts("[console_scripts]\nfoo = a:b\n[gui_scripts]\nfoo = a:c\n"))
                .hasMessage("""
                        The script "foo" has two entry points.
                          where  [gui_scripts] foo
                          why    they are a:b and a:c""");
    }

    @Test
    void aNameThatLeavesBinIsRefused() {
        assertThatThrownBy(() -> scripts("[console_scripts]\n../../x = a:b\n")).hasMessage("""
                        The script name "../../x" is not the name of a file in bin.
                          where  [console_scripts] ../../x
                          why    it would be written elsewhere""");
    }
}
