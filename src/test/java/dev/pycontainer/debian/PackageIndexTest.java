package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackageIndexTest {

    private static List<String> meeting(PackageIndex index, String relation) {
        return index.meeting(Relations.parse(relation).all().get(0).get(0)).stream()
                .map(IndexedPackage::toString)
                .toList();
    }

    @Test
    void theGreatestVersionOfANameWinsWhateverItsSuite() {
        PackageIndex index = TinyArchive.amd64()
                .in("trixie")
                .has("a 1.0-1")
                .in("trixie")
                .has("b 2.0~rc1")
                .in("trixie-updates")
                .has("a 1.0-2")
                .in("trixie-security")
                .has("a 1.0-1+deb13u1")
                .in("trixie-security")
                .has("b 2.0")
                .index();

        assertThat(index.named("a")).get().hasToString("a 1.0-2");
        assertThat(index.named("a").orElseThrow().suite()).isEqualTo("trixie-updates");
        assertThat(index.named("b")).get().hasToString("b 2.0");
        assertThat(index.named("c")).isEmpty();
        assertThat(index.suites()).isEqualTo("trixie, trixie-updates, trixie-security");
        assertThat(index.architecture()).isEqualTo("amd64");
    }

    @Test
    void ofEqualVersionsTheFirstGivenWins() {
        PackageIndex index = TinyArchive.amd64()
                .in("trixie")
                .has("a 1.0")
                .in("trixie-security")
                .has("a 1.0-0")
                .index();

        assertThat(index.named("a").orElseThrow().suite()).isEqualTo("trixie");
    }

    @Test
    void aRelationFindsTheRealPackageAndThenThoseThatProvideIt() {
        PackageIndex index = TinyArchive.amd64()
                .has("awk 1")
                .has("zawk 1", "Provides: awk")
                .has("mawk 1", "Provides: awk (= 3), awk (= 4)")
                .has("gawk 1", "Architecture: all", "Provides: awk (= 2)", "Priority: standard")
                .has("bawk 1", "Provides: awk", "Priority: optional")
                .has("kawk 1", "Provides: awk", "Essential: yes", "Priority: optional")
                .index();

        // essential before others, then by priority, then the last by name
        assertThat(meeting(index, "awk")).containsExactly("awk 1", "kawk 1", "gawk 1", "bawk 1", "zawk 1", "mawk 1");
        assertThat(meeting(index, "awk (>= 2)")).containsExactly("gawk 1", "mawk 1");
        assertThat(meeting(index, "awk (= 1)")).containsExactly("awk 1");
        assertThat(meeting(index, "mawk (>> 1)")).isEmpty();
        assertThat(meeting(index, "nawk")).isEmpty();
    }

    @Test
    void aPackageThatProvidesItsOwnNameIsOne() {
        PackageIndex index = TinyArchive.amd64().has("a 1", "Provides: a").index();

        assertThat(meeting(index, "a")).containsExactly("a 1");
    }

    @Test
    void whatAnOlderVersionProvidedIsForgotten() {
        PackageIndex index = TinyArchive.amd64()
                .in("trixie")
                .has("a 1", "Provides: v")
                .in("trixie-updates")
                .has("a 2")
                .index();

        assertThat(meeting(index, "v")).isEmpty();
    }

    @Test
    void aPackageOfAnotherArchitectureIsRefused() {
        TinyArchive archive = TinyArchive.amd64().has("a 1", "Architecture: arm64");

        assertThatThrownBy(archive::index).isInstanceOf(BuildRefused.class).hasMessage("""
                        a 1 is for arm64, in a list of packages for amd64.
                          where  Packages of trixie for amd64: paragraph 1 (package a)""");
    }

    @Test
    void whatCannotBeReadIsRefusedWithItsPlace() {
        PackageList list = TinyArchive.list(
                "trixie",
                "Package: a\nVersion: 1\nArchitecture: all\nFilename: ../x.deb\nSize: 1\nSHA256: " + "0".repeat(64)
                        + "\n");

        assertThatThrownBy(() -> PackageIndex.read("amd64", List.of(list))).hasMessage("""
                        "../x.deb" is not the path of a package below a mirror's root.
                          where  Packages of trixie for amd64: paragraph 1 (package a)""");
    }

    @Test
    void aListThatFailsToBeReadIsNoIndex() {
        PackageList broken = new PackageList("trixie", () -> {
            throw new IOException("broken");
        });

        assertThatThrownBy(() -> PackageIndex.read("amd64", List.of(broken)))
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
    }

    @Test
    void anEmptyListIsAnEmptyIndex() throws IOException {
        PackageIndex index = PackageIndex.read("amd64", List.of(TinyArchive.list("trixie-updates", "")));

        assertThat(index.names()).isEmpty();
    }

    @Test
    void manyProvidersOfOneNameAreFound() {
        TinyArchive archive = TinyArchive.amd64();
        IntStream.range(0, 5000).forEach(it -> archive.has("p" + it + " 1", "Provides: v"));
        String names = IntStream.range(0, 5000).mapToObj(it -> "v" + it).collect(Collectors.joining(", "));

        assertThat(meeting(archive.has("all 1", "Provides: " + names).index(), "v"))
                .hasSize(5000);
        assertThat(meeting(archive.index(), "v4999")).containsExactly("all 1");
    }
}
