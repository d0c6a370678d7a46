package dev.pycontainer.rootfs;

import static dev.pycontainer.testkit.MinimalElf.AARCH64;
import static dev.pycontainer.testkit.MinimalElf.X86_64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.base.LayerTar;
import dev.pycontainer.content.Tally;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import dev.pycontainer.testkit.DynamicElf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindLoadFaultsTest {

    private static final String GLIBC = "/lib64/ld-linux-x86-64.so.2";
    private static final String MUSL = "/lib/ld-musl-x86_64.so.1";
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    Path directory;

    private final LayerTar base = new LayerTar();
    private final LayerTar above = new LayerTar();
    private final LayerTar other = new LayerTar();
    private List<String> libraryPath = List.of();

    // ld.so(8): "If the DT_RUNPATH attribute does not exist: DT_RPATH", and the tokens that it knows
    @ParameterizedTest
    @CsvSource({
        "RUNPATH, $ORIGIN/../a.libs, opt/a.libs",
        "RUNPATH, ${ORIGIN}/../a.libs, opt/a.libs",
        "RUNPATH, /nowhere:/opt/far, opt/far",
        "RUNPATH, /opt/$LIB, opt/lib/x86_64-linux-gnu",
        "RUNPATH, /opt/${LIB}, opt/lib64",
        "RUNPATH, /opt/$PLATFORM, opt/x86_64",
        "RPATH, $ORIGIN, opt/a",
        "RPATH, $ORIGIN/./../a.libs/, opt/a.libs"
    })
    void aLibraryIsFoundWhereTheFileSays(String tag, String path, String place) throws IOException {
        DynamicElf module = elf().needs("libfoo.so.1");
        above.file("opt/a/m.so", (tag.equals("RPATH") ? module.rpath(path) : module.runpath(path)).bytes());
        base.file(place + "/libfoo.so.1", library("libfoo.so.1"));

        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "lib:a", "$ORIGIN/none", "$OTHER/a.libs", "/opt"})
    void aPathThatLeadsElsewhereFindsNothing(String path) throws IOException {
        above.file("opt/a/m.so", elf().needs("libfoo.so.1").runpath(path).bytes());
        base.file("opt/a.libs/libfoo.so.1", library("libfoo.so.1"));

        assertThat(faults()).containsExactly("LIBRARY /opt/a/m.so libfoo.so.1 []");
    }

    @Test
    void theSystemsDirectoriesAreSearchedAndThoseOfTheEnvironment() throws IOException {
        above.file("opt/a/m.so", elf().needs("libfoo.so.1").needs("libbar.so.1").bytes());
        base.file("usr/lib/libfoo.so.1", library("libfoo.so.1"));
        base.file("opt/env/libbar.so.1", library("libbar.so.1"));
        RootFiles root = root();

        assertThat(faults(root)).containsExactly("LIBRARY /opt/a/m.so libbar.so.1 []");
        libraryPath = List.of("/opt/env");
        assertThat(faults(root)).isEmpty();
    }

    @Test
    void theRpathOfWhatLoadsALibraryIsItsOwnToo() throws IOException {
        above.file(
                "opt/a/m.so",
                elf().needs("libfoo.so.1").rpath("/opt/foo:/opt/bar").bytes());
        base.file(
                "opt/foo/libfoo.so.1",
                elf().soname("libfoo.so.1").needs("libbar.so.1").bytes());
        base.file("opt/bar/libbar.so.1", library("libbar.so.1"));

        assertThat(faults()).isEmpty();
    }

    @Test
    void aRunpathIsNot() throws IOException {
        above.file(
                "opt/a/m.so",
                elf().needs("libfoo.so.1").runpath("/opt/foo:/opt/bar").bytes());
        base.file(
                "opt/foo/libfoo.so.1",
                elf().soname("libfoo.so.1").needs("libbar.so.1").bytes());
        base.file("opt/bar/libbar.so.1", library("libbar.so.1"));

        assertThat(faults())
                .as("told of the file above the base")
                .containsExactly("LIBRARY /opt/a/m.so libbar.so.1 []");
    }

    @Test
    void besideARunpathAnRpathMeansNothing() throws IOException {
        above.file(
                "opt/a/m.so",
                elf().needs("libfoo.so.1").rpath("/opt/foo").runpath("/opt/bar").bytes());
        base.file("opt/foo/libfoo.so.1", library("libfoo.so.1"));

        assertThat(faults()).containsExactly("LIBRARY /opt/a/m.so libfoo.so.1 []");
    }

    @Test
    void theRpathOfPythonIsThatOfItsModules() throws IOException {
        base.program(
                "usr/bin/python3",
                elf().interpreter(GLIBC).rpath("$ORIGIN/../py").bytes());
        base.file("usr/py/libfoo.so.1", library("libfoo.so.1"));
        above.file("opt/a/m.so", elf().needs("libfoo.so.1").bytes());

        assertThat(faultsWithPython()).isEmpty();
    }

    @Test
    void whatPythonHasLoadedIsThereByItsName() throws IOException {
        base.program(
                "usr/bin/python3",
                elf().interpreter(GLIBC)
                        .needs("libpython3.11.so.1.0")
                        .runpath("/usr/py")
                        .bytes());
        base.file("usr/py/libpython3.11.so.1.0", library("libpython3.11.so.1.0"));
        above.file("opt/a/m.so", elf().needs("libpython3.11.so.1.0").bytes());
        above.file("opt/a/n.so", elf().needs("libpython3.12.so.1.0").bytes());

        assertThat(faultsWithPython()).containsExactly("LIBRARY /opt/a/n.so libpython3.12.so.1.0 []");
    }

    @Test
    void whatWasLoadedBeforeByItsSonameIsThere() throws IOException {
        // breadth first: both of the module's libraries are loaded before what the first of them needs
        above.file(
                "opt/a/m.so",
                elf().needs("libfoo.so.1").needs("bar.so").runpath("/opt/foo").bytes());
        base.file(
                "opt/foo/libfoo.so.1",
                elf().soname("libfoo.so.1").needs("libbar.so.1").bytes());
        base.file("opt/foo/bar.so", library("libbar.so.1"));

        assertThat(faults()).isEmpty();
    }

    @Test
    void aLibraryIsLookedAtThroughWhatLoadsIt() throws IOException {
        above.file(
                "opt/a/m.so",
                elf().needs("libfoo.so.1").rpath("$ORIGIN:/opt/bar").bytes());
        above.file(
                "opt/a/libfoo.so.1",
                elf().soname("libfoo.so.1").needs("libbar.so.1").bytes());
        base.file("opt/bar/libbar.so.1", library("libbar.so.1"));

        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"libfoo.so.1", "libfoo.so.1.2"})
    void packagesLoadWhatTheyBringByItsPath(String file) throws IOException {
        above.file("opt/a/m.so", elf().needs("libfoo.so.1").bytes());
        above.file("opt/b/lib/" + file, library("libfoo.so.1"));

        assertThat(faults()).isEmpty();
    }

    @Test
    void whatAnotherPackageBringsIsThereWhereItIsShared() throws IOException {
        above.file(
                "opt/a/m.so",
                elf().needs("libcudart.so.13").needs("libgomp.so.1").bytes());
        other.file("opt/b/libcudart.so.13", library("libcudart.so.13"));
        other.file("opt/b/libgomp.so.1", library("libgomp.so.1"));

        assertThat(faults()).containsExactly("LIBRARY /opt/a/m.so libgomp.so.1 []");
    }

    @Test
    void whatPackagesBringForAnotherMachineIsNotThatLibrary() throws IOException {
        above.file("opt/a/m.so", elf().needs("libfoo.so.1").bytes());
        above.file("opt/b/libfoo.so.1", DynamicElf.library(AARCH64, "libfoo.so.1"));

        assertThat(faults())
                .containsExactly("MACHINE /opt/b/libfoo.so.1 aarch64 []", "LIBRARY /opt/a/m.so libfoo.so.1 []");
    }

    @Test
    void librariesOfOtherMachinesAndFilesThatAreNoneArePassedOver() throws IOException {
        base.file("lib/libfoo.so.1", DynamicElf.library(AARCH64, "libfoo.so.1"));
        base.file("lib/libbar.so.1", "INPUT(libbar.so.2)");
        base.file("usr/lib/libfoo.so.1", library("libfoo.so.1"));
        above.file("opt/a/m.so", elf().needs("libfoo.so.1").needs("libbar.so.1").bytes());

        assertThat(faults()).containsExactly("LIBRARY /opt/a/m.so libbar.so.1 []");
    }

    @Test
    void linksLeadToALibraryAndItsOriginIsThatOfTheLink() throws IOException {
        base.file(
                "opt/real/libfoo.so.1.2",
                elf().soname("libfoo.so.1")
                        .needs("libbar.so.1")
                        .runpath("$ORIGIN")
                        .bytes());
        base.link("opt/links/libfoo.so.1", "../real/libfoo.so.1.2");
        base.file("opt/links/libbar.so.1", library("libbar.so.1"));
        above.file(
                "opt/a/m.so", elf().needs("libfoo.so.1").runpath("/opt/links").bytes());

        assertThat(faults()).isEmpty();
    }

    @Test
    void aNameWithASlashIsAPath() throws IOException {
        base.file("opt/foo/libfoo.so", library("libfoo.so"));
        above.file(
                "opt/a/m.so",
                elf().needs("/opt/foo/libfoo.so").needs("build/libbar.so").bytes());

        assertThat(faults()).containsExactly("LIBRARY /opt/a/m.so build/libbar.so []");
    }

    @Test
    void versionsThatTheFoundLibraryLacksAreMissing() throws IOException {
        base.file(
                "lib/libc.so.6",
                elf().soname("libc.so.6").defines("GLIBC_2.2.5", "GLIBC_2.36").bytes());
        base.file("lib/libm.so.6", library("libm.so.6"));
        above.file(
                "opt/a/m.so",
                elf().needs("libc.so.6", "GLIBC_2.2.5", "GLIBC_2.38", "GLIBC_2.39")
                        .needs("libm.so.6", "GLIBC_2.39")
                        .bytes());

        assertThat(faults())
                .as("of a library without any version none is asked")
                .containsExactly("VERSION /opt/a/m.so libc.so.6 [GLIBC_2.38, GLIBC_2.39]");
    }

    @Test
    void aVersionIsThereWhereThePackageBringsTheLibrary() throws IOException {
        base.file(
                "lib/libstdc++.so.6",
                elf().soname("libstdc++.so.6").defines("GLIBCXX_3.4.30").bytes());
        above.file("opt/a/m.so", elf().needs("libstdc++.so.6", "GLIBCXX_3.4.32").bytes());
        above.file(
                "opt/a/lib/libstdc++.so.6",
                elf().soname("libstdc++.so.6").defines("GLIBCXX_3.4.32").bytes());
        above.file("opt/a/n.so", elf().needs("libstdc++.so.6", "GLIBCXX_3.4.33").bytes());

        assertThat(faults()).containsExactly("VERSION /opt/a/n.so libstdc++.so.6 [GLIBCXX_3.4.33]");
    }

    @Test
    void aFileForAnotherMachineIsTold() throws IOException {
        above.file("opt/a/m.so", DynamicElf.of(AARCH64).needs("libnone.so.1").bytes());
        above.file("opt/a/n.so", new DynamicElf(false, java.nio.ByteOrder.LITTLE_ENDIAN, 3).bytes());

        assertThat(faults()).containsExactly("MACHINE /opt/a/m.so aarch64 []", "MACHINE /opt/a/n.so i686 []");
    }

    // CUDA's, AMD's and BPF's code; and e_type 1, an object file for a linker
    @ParameterizedTest
    @CsvSource({"190, 2", "224, 3", "247, 1", "183, 1", "62, 1", "62, 4"})
    void dataIsNotLoaded(int machine, int type) throws IOException {
        above.file(
                "opt/a/data",
                DynamicElf.of(machine).type(type).needs("libnone.so.1").bytes());

        assertThat(faults()).isEmpty();
    }

    @Test
    void aProgramIsStartedWithItsOwnSearchPath() throws IOException {
        above.program(
                "opt/a/bin/tool",
                elf().interpreter(GLIBC)
                        .needs("libfoo.so.1")
                        .rpath("$ORIGIN/../lib")
                        .bytes());
        above.file(
                "opt/a/lib/libfoo.so.1",
                elf().soname("libfoo.so.1").needs("libbar.so.1").bytes());
        above.file("opt/a/lib/libbar.so.1", library("libbar.so.1"));
        above.program("opt/a/bin/static", elf().type(2).bytes());

        assertThat(faults()).isEmpty();
    }

    @Test
    void aProgramWhoseLoaderIsNotThereIsTold() throws IOException {
        above.program(
                "opt/a/bin/tool", elf().interpreter(MUSL).needs("libnone.so.1").bytes());

        assertThat(faults()).containsExactly("LOADER /opt/a/bin/tool " + MUSL + " []");
    }

    @Test
    void aLibraryThatNamesALoaderIsALibrary() throws IOException {
        above.file(
                "opt/a/libfoo.so.1",
                elf().soname("libfoo.so.1").interpreter(MUSL).bytes());

        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"libc.musl-x86_64.so.1", "libc.so"})
    void whatIsMadeForMuslIsToldOnGlibc(String libc) throws IOException {
        above.file("opt/a/m.so", elf().needs(libc).needs("libnone.so.1").bytes());

        assertThat(faults()).containsExactly("LIBC /opt/a/m.so " + libc + " []");
    }

    @Test
    void aProgramForMuslRunsWhereItsLoaderIs() throws IOException {
        base.file("usr/lib/x86_64-linux-musl/libc.so", library("libc.so"));
        base.link("lib/ld-musl-x86_64.so.1", "/usr/lib/x86_64-linux-musl/libc.so");
        base.file("etc/ld-musl-x86_64.path", "/opt/none:/opt/musl\n");
        base.file("opt/musl/libfoo.so.1", library("libfoo.so.1"));
        above.program(
                "opt/a/bin/tool",
                elf().interpreter(MUSL).needs("libc.so").needs("libfoo.so.1").bytes());
        above.program(
                "opt/a/bin/more", elf().interpreter(MUSL).needs("libbar.so.1").bytes());

        assertThat(faults()).containsExactly("LIBRARY /opt/a/bin/more libbar.so.1 []");
    }

    @Test
    void muslInheritsARunpathKnowsItsOwnLibrariesAndAsksForNoVersion() throws IOException {
        musl();
        base.file(
                "usr/local/lib/libversions.so.1",
                elf().soname("libversions.so.1").defines("V_1").bytes());
        above.file(
                "opt/a/m.so",
                elf().needs("libfoo.so.1")
                        .needs("libc.musl-x86_64.so.1")
                        .needs("libpthread.so.0")
                        .needs("libversions.so.1", "V_2")
                        .runpath("$ORIGIN/../a.libs:/opt/bar")
                        .bytes());
        above.file(
                "opt/a.libs/libfoo.so.1",
                elf().soname("libfoo.so.1").needs("libbar.so.1").bytes());
        base.file("opt/bar/libbar.so.1", library("libbar.so.1"));

        assertThat(faultsWithPython()).isEmpty();
    }

    @Test
    void muslTakesNoneOfAPathWithATokenThatItDoesNotKnow() throws IOException {
        musl();
        above.file(
                "opt/a/m.so", elf().needs("libfoo.so.1").rpath("$LIB:/opt/foo").bytes());
        base.file("opt/foo/libfoo.so.1", library("libfoo.so.1"));

        assertThat(faultsWithPython()).containsExactly("LIBRARY /opt/a/m.so libfoo.so.1 []");
    }

    @Test
    void whatIsMadeForGlibcIsToldOnMusl() throws IOException {
        musl();
        above.file("opt/a/m.so", elf().needs("libc.so.6", "GLIBC_2.17").bytes());

        assertThat(faultsWithPython()).containsExactly("LIBC /opt/a/m.so libc.so.6 []");
    }

    @Test
    void unlessWhatRunsItThereIs() throws IOException {
        musl();
        base.file("lib/libgcompat.so.0", library("libgcompat.so.0"));
        above.file("opt/a/m.so", elf().needs("libc.so.6", "GLIBC_2.17").bytes());

        assertThat(faultsWithPython()).isEmpty();
    }

    @Test
    void whatIsHiddenOrReplacedAboveIsNotThere() throws IOException {
        base.file("lib/libfoo.so.1", library("libfoo.so.1"));
        base.file("lib/libbar.so.1", library("libbar.so.1"));
        above.file("lib/.wh.libfoo.so.1", "");
        above.file("lib/libbar.so.1", "no library");
        above.file("opt/a/m.so", elf().needs("libfoo.so.1").needs("libbar.so.1").bytes());

        assertThat(faults())
                .containsExactly("LIBRARY /opt/a/m.so libfoo.so.1 []", "LIBRARY /opt/a/m.so libbar.so.1 []");
    }

    @Test
    void innerFilesAreLookedAtThroughOthersAlone() throws IOException {
        above.file(
                "opt/a/m.so",
                elf().needs("libused.so.1").runpath("$ORIGIN/../a.libs").bytes());
        above.file(
                "opt/a.libs/libused.so.1",
                elf().soname("libused.so.1").needs("libnone.so.1").bytes());
        above.file(
                "opt/a.libs/libunused.so.1",
                elf().soname("libunused.so.1").needs("libnone.so.2").bytes());
        above.file("opt/a.libs/libother.so.1", DynamicElf.library(AARCH64, "libother.so.1"));

        assertThat(faults())
                .containsExactly(
                        "MACHINE /opt/a.libs/libother.so.1 aarch64 []",
                        "LIBRARY /opt/a.libs/libused.so.1 libnone.so.1 []");
    }

    @Test
    void librariesThatNeedEachOtherAreLoadedOnce() throws IOException {
        base.file(
                "lib/libfoo.so.1",
                elf().soname("libfoo.so.1").needs("libbar.so.1").bytes());
        base.file(
                "lib/libbar.so.1",
                elf().soname("libbar.so.1").needs("libfoo.so.1").bytes());
        above.file("opt/a/m.so", elf().needs("libfoo.so.1").bytes());

        assertThat(faults()).isEmpty();
    }

    private void musl() throws IOException {
        base.file("lib/ld-musl-x86_64.so.1", library("libc.musl-x86_64.so.1"));
        base.program("usr/bin/python3", elf().interpreter(MUSL).bytes());
    }

    private static DynamicElf elf() {
        return DynamicElf.of(X86_64);
    }

    private static byte[] library(String soname) {
        return DynamicElf.library(X86_64, soname);
    }

    private List<String> faults() throws IOException {
        base.program("usr/bin/python3", elf().interpreter(GLIBC).bytes());
        return faultsWithPython();
    }

    private List<String> faultsWithPython() throws IOException {
        return faults(root());
    }

    private RootFiles root() throws IOException {
        base.file("lib64/ld-linux-x86-64.so.2", library("ld-linux-x86-64.so.2"));
        ReadLayerIndex read = new ReadLayerIndex(new BlobStore(directory, new Tally()), new Remembered(directory));
        return RootFiles.of(read.of(List.of(TarLayer.of(base), TarLayer.of(above), TarLayer.of(other))));
    }

    private List<String> faults(RootFiles root) {
        LoaderSettings settings = new LoaderSettings("x86_64", PYTHON, libraryPath, List.of("/lib", "/usr/lib"));
        List<LoadFault> faults =
                new FindLoadFaults(root, settings).in(root.nativeFiles(layer -> layer >= 1), new DotLibs());
        return faults.stream()
                .map(fault -> fault.kind() + " " + fault.file().path() + " " + fault.library() + " " + fault.versions())
                .toList();
    }

    private static final class DotLibs implements PackageRules {

        @Override
        public boolean isInner(NativeFile file) {
            return file.path().contains(".libs/");
        }

        @Override
        public boolean isShared(String library) {
            return library.startsWith("libcuda");
        }
    }
}
