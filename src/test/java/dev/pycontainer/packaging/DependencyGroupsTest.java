package dev.pycontainer.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** "Dependency Groups" (PEP 735). */
class DependencyGroupsTest {

    private static Map<String, List<String>> groups(String toml) {
        return Pyproject.parse(("[dependency-groups]\n" + toml).getBytes(UTF_8)).dependencyGroups().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        group -> group.getValue().stream()
                                .map(requirement -> requirement.name().value())
                                .toList()));
    }

    @Test
    void aGroupHoldsWhatItIncludes() {
        assertThat(groups("""
                Coverage = ["coverage[toml]"]
                test = ["pytest>7", { include-group = "coverage" }]
                all = [{ include-group = "test" }, { include-group = "COVERAGE" }]
                """))
                .isEqualTo(Map.of(
                        "coverage", List.of("coverage"),
                        "test", List.of("pytest", "coverage"),
                        "all", List.of("pytest", "coverage")));
    }

    /** Each group twice in the one before it: two to the power of forty, told out. */
    @Test
    void aGroupThatIsIncludedTwiceCountsOnce() {
        StringBuilder toml = new StringBuilder("g0 = [\"web\"]\n");
        for (int i = 1; i <= 40; i++) {
            String include = "{ include-group = \"g" + (i - 1) + "\" }";
            toml.append("g%d = [%s, %s]\n".formatted(i, include, include));
        }

        assertThat(groups(toml.toString())).hasSize(41).containsEntry("g40", List.of("web"));
    }

    @Test
    void groupsThatIncludeOneAnotherTooDeepAreRefused() {
        StringBuilder toml = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            toml.append("g%d = [{ include-group = \"g%d\" }]\n".formatted(i, i + 1));
        }
        toml.append("g10000 = [\"web\"]\n");

        assertThatThrownBy(() -> groups(toml.toString())).hasMessage("""
                The dependency groups include one another deeper than they are read.
                  where  pyproject.toml: dependency-groups.g100
                  why    at most 100 of them may, one in the other
                  do     let them include fewer, each what it needs""");
    }

    @Test
    void whatIsNoGroupIsRefused() {
        assertThatThrownBy(() -> groups("a = [{ include-group = \"b\" }]\nb = [{ include-group = \"a\" }]"))
                .hasMessage("""
                The dependency group "a" includes itself.
                  where  pyproject.toml: dependency-groups.a
                  why    a includes b includes a""");
        assertThatThrownBy(() -> groups("a = [{ include-group = \"lost\" }]")).hasMessage("""
                There is no dependency group "lost".
                  where  pyproject.toml: dependency-groups
                  why    it is included by another one""");
        assertThatThrownBy(() -> groups("a-b = []\nA_B = []")).hasMessage("""
                The dependency groups "a-b" and "A_B" are one.
                  where  pyproject.toml: dependency-groups.A_B
                  why    names are compared without regard to case, `-`, `_` and `.`
                  do     rename one of them""");
        assertThatThrownBy(() -> groups("a = [3]")).hasMessage("""
                An element is neither a requirement nor { include-group = "…" }.
                  where  pyproject.toml: dependency-groups.a""");
        assertThatThrownBy(() -> groups("a = [\"not a requirement!\"]"))
                .hasMessageContaining("where  pyproject.toml: dependency-groups.a");
    }
}
