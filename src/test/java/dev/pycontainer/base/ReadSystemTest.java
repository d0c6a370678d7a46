package dev.pycontainer.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Work;
import dev.pycontainer.debian.DebianSuite;
import dev.pycontainer.debian.InstalledFiles;
import dev.pycontainer.debian.InstalledFiles.Kind;
import dev.pycontainer.debian.RecordForm;
import dev.pycontainer.debian.TriggeringPackage;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadSystemTest {

    private static final String LIBC = """
            Package: libc6
            Status: install ok installed
            Priority: optional
            Architecture: amd64
            Multi-Arch: same
            Version: 2.41-12
            Replaces: libc6-amd64
            Provides: libc6-2.41
            """;

    private static final String GLIB = """
            Package: libglib2.0-0t64
            Status: install ok installed
            Architecture: amd64
            Version: 2.84-1
            """;

    @TempDir
    Path directory;

    private TestBases bases;

    @BeforeEach
    void open() {
        bases = new TestBases(directory);
    }

    @Test
    void aDebianBaseTellsItsReleaseAndItsPackages() throws Exception {
        BaseSystem system = of(trixie());
        assertThat(system.suite()).isEqualTo(DebianSuite.TRIXIE);
        assertThat(system.architecture()).isEqualTo("amd64");
        assertThat(system.form()).isEqualTo(RecordForm.STATUS);
        assertThat(system.installed().toString()).isEqualTo("[libc6 2.41-12, libglib2.0-0t64 2.84-1]");
    }

    @Test
    void theLayersAreReadOnceEver() throws Exception {
        Base base = bases.base(Map.of(), trixie());
        BaseSystem system = read().of(base);
        InstalledFiles files = read().files(base);
        long opened = bases.tally.of(Work.BLOBS_READ);
        assertThat(read().of(base).installed()).isEqualTo(system.installed());
        assertThat(read().of(base).config())
                .isEqualTo(system.config())
                .isEqualTo(Digest.of(base.config().bytes()));
        assertThat(read().files(base).packages("usr/lib/x86_64-linux-gnu/libc.so.6"))
                .isEqualTo(files.packages("usr/lib/x86_64-linux-gnu/libc.so.6"))
                .containsExactly("libc6");
        Map<String, byte[]> records = read().records(base);
        assertThat(records)
                .containsOnlyKeys(
                        "var/lib/dpkg/status", "var/lib/dpkg/triggers/File", "var/lib/dpkg/triggers/ldconfig");
        assertThat(new String(records.getOrDefault("var/lib/dpkg/status", new byte[0]), UTF_8))
                .isEqualTo(LIBC + "\n" + GLIB);
        assertThat(opened).isEqualTo(1);
        assertThat(bases.tally.of(Work.BLOBS_READ)).isEqualTo(opened);
    }

    @Test
    void theFilesOfTheBaseAreKnownWithTheirPackages() throws Exception {
        InstalledFiles files = read().files(bases.base(Map.of(), trixie()));
        assertThat(files.kind("usr/lib/x86_64-linux-gnu")).contains(Kind.DIRECTORY);
        assertThat(files.kind("usr/lib/x86_64-linux-gnu/libc.so.6")).contains(Kind.FILE);
        assertThat(files.kind("lib")).contains(Kind.LINK);
        assertThat(files.kind("usr/share/doc/libc6/changelog.gz")).contains(Kind.ABSENT);
        assertThat(files.has("usr/share/doc/libc6/changelog.gz")).isFalse();
        assertThat(files.packages("usr/share/doc/libc6/changelog.gz")).containsExactly("libc6");
        assertThat(files.kind("usr/share/doc/libc6"))
                .as("a directory that is gone")
                .isEmpty();
        assertThat(files.kind("usr/bin/x")).isEmpty();
        assertThat(files.packages("usr/lib")).isEmpty();
        assertThat(files.diverter("usr/bin/sh")).contains("dash");
        assertThat(files.diverter("usr/bin/sh.distrib")).contains("dash");
        assertThat(files.diverter("usr/bin/dash")).isEmpty();
    }

    @Test
    void whatInstalledPackagesAreInterestedInIsKnown() throws Exception {
        InstalledFiles files = read().files(bases.base(Map.of(), trixie()));
        assertThat(files.interested())
                .containsExactly(
                        new TriggeringPackage("libc6", "interest ldconfig", List.of()),
                        new TriggeringPackage(
                                "libglib2.0-0t64",
                                "interest /usr/lib/gio\ninterest /usr/share/glib-2.0/schemas",
                                List.of()));
    }

    @Test
    void aLargeRecordCostsASecondReadingOfItsLayer() throws Exception {
        StringBuilder status = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            status.append(
                    "Package: p%d\nArchitecture: all\nVersion: 1\nDescription: %s\n\n".formatted(i, "x".repeat(2000)));
        }
        Base base = bases.base(Map.of(), trixie(), new LayerTar().file("var/lib/dpkg/status", status.toString()));
        assertThat(read().of(base).installed()).hasSize(1000);
        assertThat(bases.tally.of(Work.BLOBS_READ)).isEqualTo(3);
        assertThat(read().records(base).getOrDefault("var/lib/dpkg/status", new byte[0]))
                .hasSize(status.length());
    }

    @Test
    void aHigherLayersRecordCountsAndWhiteoutsAreObeyed() throws Exception {
        LayerTar upper = new LayerTar()
                .file("var/lib/dpkg/status", GLIB)
                .file("var/lib/dpkg/info/.wh.libc6:amd64.list", "")
                .file("etc/.wh.os-release", "");
        assertThat(of(trixie(), upper).installed().toString()).isEqualTo("[libglib2.0-0t64 2.84-1]");
    }

    @Test
    void distrolessHasARecordForEachPackage() throws Exception {
        LayerTar base = merged().file("usr/lib/os-release", """
                        PRETTY_NAME="Distroless"
                        NAME="Debian GNU/Linux"
                        ID="debian"
                        VERSION_ID="13"
                        VERSION="Debian GNU/Linux 13 (trixie)"
                        """)
                .link("etc/os-release", "../usr/lib/os-release")
                .file("var/lib/dpkg/status.d/libc6", LIBC.replaceFirst("Status: .*\n", ""))
                .file(
                        "var/lib/dpkg/status.d/libc6.md5sums",
                        "d41d8cd98f00b204e9800998ecf8427e  lib/x86_64-linux-gnu/libc.so.6\n");
        BaseSystem system = of(base);
        assertThat(system.form()).isEqualTo(RecordForm.STATUS_D);
        assertThat(system.suite()).isEqualTo(DebianSuite.TRIXIE);
        assertThat(system.installed()).hasToString("[libc6 2.41-12]");
        InstalledFiles files = read().files(bases.base(
                Map.of(),
                merged().file("etc/os-release", "ID=debian\nVERSION_CODENAME=trixie\n")
                        .file("var/lib/dpkg/status.d/libc6", LIBC)
                        .file(
                                "var/lib/dpkg/status.d/libc6.md5sums",
                                "d41d8cd98f00b204e9800998ecf8427e  lib/x86_64-linux-gnu/libc.so.6\n")));
        assertThat(files.packages("usr/lib/x86_64-linux-gnu/libc.so.6")).containsExactly("libc6");
    }

    @Test
    void bothFormsCountWhereBothAreThere() throws Exception {
        LayerTar both = trixie().file("var/lib/dpkg/status.d/tzdata", """
                Package: tzdata
                Architecture: all
                Version: 2026b
                """);
        BaseSystem system = of(both);
        assertThat(system.form()).isEqualTo(RecordForm.STATUS);
        assertThat(system.installed()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "ID=alpine;PRETTY_NAME=\"Alpine Linux v3.22\", Alpine Linux v3.22, alpine",
        "ID=ubuntu;ID_LIKE=debian;PRETTY_NAME='Ubuntu 24.04 LTS', Ubuntu 24.04 LTS, ubuntu",
        "ID=\"rhel\";NAME=\"Red Hat Enterprise Linux\", Red Hat Enterprise Linux, rhel",
        "ID=fedora;NAME=Fedora, Fedora, fedora",
        "ID=wolfi;PRETTY_NAME=Wolfi, Wolfi, wolfi",
        "# nothing, linux, linux"
    })
    void anotherDistributionIsRefusedByName(String release, String name, String id) throws Exception {
        refused(merged().file("etc/os-release", release.replace(';', '\n'))).hasMessage("""
                The base is %s, and only to Debian packages can be added.
                  where  base registry.test/base:1
                  why    /etc/os-release has ID=%s
                  do     use the Debian variant of the image, such as python:3.13-slim, or install what is needed in an \
                image of your own with the distribution's package manager, and make that the base""".formatted(name, id));
    }

    @Test
    void aBaseThatDoesNotSayWhatItIsIsRefused() throws Exception {
        refused(new LayerTar().file("bin/busybox", "elf")).hasMessage("""
                The base does not say that it is Debian, and only to Debian packages can be added.
                  where  base registry.test/base:1
                  why    it has no /etc/os-release
                  do     use the Debian variant of the image, such as python:3.13-slim, or install what is needed in an \
                image of your own with the distribution's package manager, and make that the base""");
    }

    @ParameterizedTest
    @CsvSource({
        "VERSION_CODENAME=bullseye, Debian bullseye",
        "VERSION_CODENAME=forky, Debian forky",
        "PRETTY_NAME='Debian GNU/Linux', Debian GNU/Linux without a codename"
    })
    void anotherReleaseOfDebianIsRefusedByName(String line, String name) throws Exception {
        refused(merged().file("etc/os-release", "ID=debian\n" + line + "\n")).hasMessage("""
                The base is %s, to which no package can be added.
                  where  base registry.test/base:1
                  why    known are bookworm and trixie: what scripts would do, and where files lie, differs between releases
                  do     use a variant of the image for one of them, such as python:3.13-slim-trixie""".formatted(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lib", "bin", "sbin"})
    void anUnmergedBaseIsRefused(String directory) throws Exception {
        LayerTar base = new LayerTar().file("etc/os-release", "ID=debian\nVERSION_CODENAME=bookworm\n");
        for (String name : new String[] {"bin", "lib", "sbin"}) {
            if (name.equals(directory)) {
                base.file(name + "/x", "x");
            } else {
                base.directory("usr").directory("usr/" + name).link(name, "usr/" + name);
            }
        }
        refused(base).hasMessage("""
                The base's /%s is no link to /usr/%s, and to such a system no package can be added.
                  where  base registry.test/base:1
                  why    Debian 12 and later have a merged /usr, and packages are unpacked for it
                  do     use a base that is made of Debian packages as debootstrap does, such as python:3.13-slim; of \
                distroless' images those of Debian 13 have such links""".formatted(directory, directory));
    }

    @Test
    void aBaseWithoutARecordIsRefused() throws Exception {
        refused(merged().file("etc/os-release", "ID=debian\nVERSION_CODENAME=trixie\n"))
                .hasMessage("""
                The base has no record of the packages that are installed in it.
                  where  base registry.test/base:1
                  why    there is none in /var/lib/dpkg/status, nor in /var/lib/dpkg/status.d/
                  do     use a base that keeps its record, such as python:3.13-slim""");
    }

    @Test
    void aRecordThatDpkgWouldNotReadIsRefused() throws Exception {
        refused(trixie().file("var/lib/dpkg/status", "Package: a\nStatus: installed\n"))
                .hasMessageContaining("The Status of a package is not three words.")
                .hasMessageContaining("base registry.test/base:1: var/lib/dpkg/status: paragraph 1 (package a)");
    }

    @Test
    void aBaseInWhichDpkgWasInterruptedIsRefused() throws Exception {
        refused(trixie().file("var/lib/dpkg/updates/0001", "Package: a\n")).hasMessage("""
                In the base dpkg was interrupted in the midst of its work.
                  where  base registry.test/base:1
                  why    /var/lib/dpkg/updates is not empty
                  do     use a base in which dpkg --configure -a has been run""");
    }

    @Test
    void diversionsThatAreNotThreeLinesEachAreRefused() throws Exception {
        refused(trixie().file("var/lib/dpkg/diversions", "/bin/sh\n/bin/sh.distrib\n"))
                .hasMessage("""
                The base's record of diverted files is damaged.
                  where  base registry.test/base:1
                  why    /var/lib/dpkg/diversions has 2 lines, and three belong to each file
                  do     use another base""");
    }

    @Test
    void packagesForAnotherMachineThanTheBasesAreRefused() throws Exception {
        refused(trixie().file("var/lib/dpkg/status", LIBC.replace("amd64", "arm64")))
                .hasMessage("""
                The base says that it is linux/amd64, but its packages are for arm64.
                  where  base registry.test/base:1
                  why    Debian's name of linux/amd64 is amd64
                  do     use a base whose packages are for its own platform""");
    }

    private static LayerTar merged() throws IOException {
        LayerTar base = new LayerTar().directory("usr");
        for (String name : new String[] {"bin", "lib", "lib64", "sbin"}) {
            base.directory("usr/" + name).link(name, "usr/" + name);
        }
        return base;
    }

    private static LayerTar trixie() throws IOException {
        return merged().file("usr/lib/os-release", "ID=debian\nVERSION_CODENAME=trixie\n")
                .link("etc/os-release", "../usr/lib/os-release")
                .file("usr/lib/x86_64-linux-gnu/libc.so.6", "elf")
                .file("var/lib/dpkg/status", LIBC + "\n" + GLIB)
                .file("var/lib/dpkg/info/libc6:amd64.list", """
                        /.
                        /lib
                        /lib/x86_64-linux-gnu
                        /lib/x86_64-linux-gnu/libc.so.6
                        /usr/share/doc/libc6
                        /usr/share/doc/libc6/changelog.gz
                        """)
                .file("var/lib/dpkg/info/gone.list", "/usr/lib/gone\n")
                .file("var/lib/dpkg/info/libc6:amd64.triggers", "interest-await ldconfig\nactivate-noawait other\n")
                .file("var/lib/dpkg/info/libglib2.0-0t64.triggers", "interest-await /usr/share/glib-2.0/schemas\n")
                .file("var/lib/dpkg/triggers/File", "/usr/lib/gio libglib2.0-0t64/noawait\n/usr/lib/gone gone\n")
                .file("var/lib/dpkg/triggers/ldconfig", "libc6\n")
                .file("var/lib/dpkg/triggers/Lock", "")
                .file("var/lib/dpkg/diversions", "/bin/sh\n/bin/sh.distrib\ndash\n");
    }

    private ReadSystem read() {
        return new ReadSystem(new Remembered(directory));
    }

    private BaseSystem of(LayerTar... layers) throws IOException {
        return read().of(bases.base(Map.of(), layers));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(LayerTar layer) throws IOException {
        Base base = bases.base(Map.of(), layer);
        return assertThatThrownBy(() -> read().of(base)).isInstanceOf(BuildRefused.class);
    }
}
