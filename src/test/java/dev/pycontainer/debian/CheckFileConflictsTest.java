package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.debian.InstalledFiles.Kind;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckFileConflictsTest {

    private static final String ADVICE =
            "\n  do     leave out one of the packages that were asked for, or use another base image";

    private final InstalledFiles.Collecting base = new InstalledFiles.Collecting();

    @Test
    void aFileOfTwoPackagesIsRefused() {
        refused(List.of(lion(), tiger())).hasMessage("""
                tiger 2 and lion 1 both have /usr/bin/x.
                  why    neither says that it replaces files of the other: Debian Policy, section 7.6.1""" + ADVICE);
    }

    @Test
    void whoReplacesTheOtherWinsFromALayerAbove() {
        PackageFacts replacing = lion("Replaces: tiger (<< 3)");
        check(List.of(List.of(tiger()), List.of(replacing)));
        assertThatThrownBy(() -> check(List.of(List.of(replacing), List.of(tiger()))))
                .hasMessage("""
                tiger 2 and lion 1 both have /usr/bin/x, and the wrong one would win.
                  why    lion replaces files of tiger, but its layer is the lower one""" + ADVICE);
        refused(List.of(tiger(), replacing)).hasMessage("""
                lion 1 and tiger 2 both have /usr/bin/x, and would be in one layer.
                  why    lion replaces files of tiger, which only a layer of its own above can""" + ADVICE);
        assertThatThrownBy(() -> check(List.of(List.of(tiger()), List.of(lion("Replaces: tiger (<< 2)")))))
                .hasMessageContaining("neither says");
    }

    @Test
    void directoriesAreShared() {
        check(List.of(List.of(
                TinyFacts.of("lion 1").path("d usr/lib").facts(),
                TinyFacts.of("tiger 2").path("d usr/lib").facts())));
    }

    @ParameterizedTest
    @CsvSource({"d, f, file, directory", "l, d, directory, link", "d, l, link, directory"})
    void aPathThatIsADirectoryOfOneAloneIsRefused(String lower, String upper, String above, String below) {
        PackageFacts tiger = TinyFacts.of("tiger 2").path(lower + " usr/lib/x").facts();
        PackageFacts lion = TinyFacts.of("lion 1")
                .field("Replaces: tiger")
                .path(upper + " usr/lib/x")
                .facts();
        assertThatThrownBy(() -> check(List.of(List.of(tiger), List.of(lion))))
                .hasMessage("lion 1 and tiger 2 both have /usr/lib/x, one as a " + above + ", one as a " + below + "."
                        + ADVICE);
    }

    @Test
    void aFileOfAPackageOfTheBaseIsNeverReplaced() {
        base.lies("usr/bin/x", Kind.FILE);
        base.belongs("/bin/x", "bear");
        refused(List.of(lion("Replaces: bear"))).hasMessage("""
                lion 1 has /usr/bin/x, and so has bear of the base.
                  why    a file of the base's packages is never replaced""" + ADVICE);
    }

    @Test
    void aFileThatTheBasesPackageHadCountsAsWell() {
        base.belongs("/usr/bin/x", "bear");
        refused(List.of(lion())).hasMessageContaining("and so has bear of the base");
    }

    @Test
    void theSamePackageForAnotherMachineSharesItsFiles() {
        base.lies("usr/bin/x", Kind.FILE);
        base.belongs("/usr/bin/x", "lion");
        check(List.of(List.of(lion("Multi-Arch: same"))));
        refused(List.of(lion())).hasMessageContaining("and so has lion of the base");
    }

    @Test
    void whatBelongsToNoPackageIsReplaced() {
        base.lies("usr/bin/x", Kind.FILE);
        check(List.of(List.of(lion())));
        base.lies("usr/bin/x", Kind.LINK);
        check(List.of(List.of(lion())));
    }

    @ParameterizedTest
    @CsvSource({
        "DIRECTORY, f, file, directory, one would hide the other",
        "DIRECTORY, l, link, directory, one would hide the other",
        "FILE, d, directory, file, one would hide the other",
        "LINK, d, directory, link, runtimes differ in how they unpack a layer through a link"
    })
    void aDirectoryMeetsOnlyDirectories(Kind there, String letter, String own, String others, String why) {
        base.lies("var/run", there);
        PackageFacts lion = TinyFacts.of("lion 1").path(letter + " var/run").facts();
        refused(List.of(lion)).hasMessage("""
                lion 1 has /var/run as a %s, and the base has a %s there.
                  why    %s""".formatted(own, others, why) + ADVICE);
    }

    @ParameterizedTest
    @CsvSource({"dash, dash", ":, whoever made it"})
    void aDivertedFileIsRefused(String by, String who) {
        base.diverts("/bin/x", by);
        refused(List.of(lion())).hasMessage("""
                lion 1 has /usr/bin/x, which is diverted in the base.
                  why    %s has moved files of that name elsewhere: dpkg-divert(1)""".formatted(who) + ADVICE);
    }

    @Test
    void aConfigurationThatIsThereIsNotOverwritten() {
        PackageFacts lion = TinyFacts.of("lion 1")
                .path("f etc/lion.conf")
                .conffile("/etc/lion.conf", "abc")
                .conffile("/etc/old", "newconffile")
                .facts();
        base.lies("etc/old", Kind.FILE);
        check(List.of(List.of(lion)));
        base.lies("etc/lion.conf", Kind.FILE);
        refused(List.of(lion)).hasMessage("""
                lion 1 has the configuration file /etc/lion.conf, and the base has one already.
                  why    no package of the base has it, so that somebody wrote it, and it would be lost
                  do     leave out lion, or use a base without that file""");
    }

    @Test
    void theFilesOfABaseAreReadAgainAsTheyWereWritten() throws Exception {
        base.lies("usr", Kind.DIRECTORY);
        base.lies("usr/ünï/code", Kind.LINK);
        base.lies("usr/ünï/coda", Kind.FILE);
        base.belongs("/usr/ünï/coda", "lion");
        base.belongs("/usr/ünï/coda", "tiger");
        base.belongs("/usr/gone", "tiger");
        base.diverts("/bin/sh", "dash");
        base.interested("tiger", "/usr/ünï");
        InstalledFiles written = base.done();
        InstalledFiles read = InstalledFilesForm.read(InstalledFilesForm.write(written));
        assertThat(read.entries()).isEqualTo(written.entries()).hasSize(4);
        assertThat(read.diversions()).isEqualTo(written.diversions()).hasSize(1);
        assertThat(read.interested()).isEqualTo(written.interested()).hasSize(1);
        assertThat(read.packages("usr/ünï/coda")).containsExactly("lion", "tiger");
    }

    private static PackageFacts lion(String... fields) {
        TinyFacts facts = TinyFacts.of("lion 1").path("d usr").path("d usr/bin").path("f usr/bin/x");
        for (String field : fields) {
            facts.field(field);
        }
        return facts.facts();
    }

    private static PackageFacts tiger() {
        return TinyFacts.of("tiger 2").path("f usr/bin/x").facts();
    }

    private void check(List<List<PackageFacts>> layers) {
        new CheckFileConflicts("amd64", base.done()).among(layers);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(List<PackageFacts> layer) {
        return assertThatThrownBy(() -> check(List.of(layer))).isInstanceOf(BuildRefused.class);
    }
}
