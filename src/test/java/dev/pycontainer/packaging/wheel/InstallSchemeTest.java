package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.PackageName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallSchemeTest {

    private static final InstallScheme SCHEME =
            new InstallScheme("/opt/venv", "lib/python3.11/site-packages", "/opt/venv/bin/python", "3.11");

    @ParameterizedTest
    @CsvSource({
        "lib/python3.11/site-packages/demo/__init__.py, demo/__init__.py",
        "bin/demo,                                      ../../../bin/demo",
        "lib/libdemo.so,                                ../../libdemo.so",
        "lib/python3.11/x,                              ../x",
        "lib/python3.11/site-packages,                  ../site-packages",
        "share/demo/x,                                  ../../../share/demo/x",
    })
    void recordNamesPathsFromSitePackages(String installed, String recorded) {
        assertThat(SCHEME.recorded(installed)).isEqualTo(recorded);
    }

    @Test
    void headersHaveADirectoryOfTheirPackage() {
        assertThat(SCHEME.headers(PackageName.of("My.Pkg"))).isEqualTo("include/site/python3.11/my-pkg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/opt/../venv", "/opt//venv", "/opt/venv/", "/opt/.wh.x"})
    void aPrefixIsAPathThatMeansItself(String prefix) {
        assertThatThrownBy(() -> new InstallScheme(prefix, "lib", "/python", "3.11"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("is not a path that can be installed.");
    }

    @Test
    void aPrefixIsAbsolute() {
        assertThatThrownBy(() -> new InstallScheme("opt/venv", "lib", "/python", "3.11"))
                .hasMessage("The prefix \"opt/venv\" is not an absolute path.");
    }
}
