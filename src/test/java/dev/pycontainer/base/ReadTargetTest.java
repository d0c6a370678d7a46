package dev.pycontainer.base;

import static dev.pycontainer.base.TestBases.DEBIAN_PATH;
import static dev.pycontainer.base.TestBases.LOADER;
import static dev.pycontainer.base.TestBases.debian;
import static dev.pycontainer.base.TestBases.debianWithoutPython;
import static dev.pycontainer.base.TestBases.python;
import static dev.pycontainer.testkit.MinimalElf.AARCH64;
import static dev.pycontainer.testkit.MinimalElf.X86_64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Work;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.store.Remembered;
import dev.pycontainer.testkit.MinimalElf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadTargetTest {

    private static final String PATCHLEVEL = """
            /* Version parsed out into numeric values */
            #define PY_MAJOR_VERSION        3
            /* Version as a string */
            #define PY_VERSION              "%s"
            """;

    /** Neither its version nor anything else of it is asked for. */
    private static final byte[] OTHER = MinimalElf.executable(X86_64, LOADER);

    @TempDir
    Path cache;

    private TestBases bases;
    private ReadTarget readTarget;

    @BeforeEach
    void open() {
        bases = new TestBases(cache);
        readTarget = new ReadTarget(new Remembered(cache));
    }

    @Test
    void everythingIsReadFromALayoutAsDebians() throws IOException {
        Base base = bases.base(DEBIAN_PATH, debian());

        BaseTarget read = read(base);

        assertThat(read.target())
                .isEqualTo(new Target(
                        "cpython",
                        Version.parse("3.11.2"),
                        "cp311",
                        Libc.GLIBC,
                        "2.36",
                        "x86_64",
                        "/usr/bin/python3.11",
                        "lib/python3.11/site-packages"));
        Digest layer = base.layers().get(0).descriptor().digest();
        assertThat(read.facts())
                .containsExactly(
                        new Fact("interpreter", "/usr/bin/python3.11", "/usr/bin/python3.11", layer),
                        new Fact("machine", "x86_64", "/usr/bin/python3.11", layer),
                        new Fact("python", "3.11.2", "/usr/bin/python3.11", layer),
                        new Fact("libc", "glibc 2.36", "/usr/lib/x86_64-linux-gnu/libc.so.6", layer));
        assertThat(read.facts().get(2)).hasToString("python 3.11.2 – read from /usr/bin/python3.11 in layer " + layer);
        assertThat(read.passwd().orElseThrow()).asString(UTF_8).isEqualTo("root:x:0:0:root:/root:/bin/bash\n");
        assertThat(read.group().orElseThrow()).asString(UTF_8).isEqualTo("root:x:0:\n");
    }

    @Test
    void eachFactNamesTheLayerThatHoldsIt() throws IOException {
        Base base = bases.base(
                DEBIAN_PATH,
                debian(),
                new LayerTar()
                        .program("usr/local/bin/python3.12", python("3.12.1"))
                        .link("usr/local/bin/python3", "python3.12"),
                new LayerTar().file("usr/local/include/python3.12/patchlevel.h", PATCHLEVEL.formatted("3.12.1")));

        assertThat(read(base).facts())
                .extracting(Fact::value, Fact::file, fact -> layerNumber(base, fact))
                .containsExactly(
                        tuple("/usr/local/bin/python3.12", "/usr/local/bin/python3.12", 1),
                        tuple("x86_64", "/usr/local/bin/python3.12", 1),
                        tuple("3.12.1", "/usr/local/include/python3.12/patchlevel.h", 2),
                        tuple("glibc 2.36", "/usr/lib/x86_64-linux-gnu/libc.so.6", 0));
    }

    @Test
    void theSecondTimeNoLayerIsRead() throws IOException {
        Base base = bases.base(DEBIAN_PATH, debian());
        BaseTarget first = read(base);
        long blobs = bases.tally.of(Work.BLOBS_READ);

        BaseTarget second = read(base);

        assertThat(blobs).isEqualTo(1);
        assertThat(bases.tally.of(Work.BLOBS_READ)).isEqualTo(blobs);
        assertThat(second.target()).isEqualTo(first.target());
        assertThat(second.facts()).isEqualTo(first.facts());
        assertThat(second.passwd().orElseThrow()).isEqualTo(first.passwd().orElseThrow());
        assertThat(second.group().orElseThrow()).isEqualTo(first.group().orElseThrow());
    }

    @Test
    void aBaseWithoutAccountsHasNone() throws IOException {
        Base base = bases.base(
                DEBIAN_PATH, debian(), new LayerTar().file("etc/.wh.passwd", "").file("etc/.wh.group", ""));

        assertThat(read(base).passwd()).isEmpty();
        assertThat(read(base).group()).isEmpty();
    }

    @Test
    void accountsAreReadWhereverALinkPutsThem() throws IOException {
        // given: no name that hints at it, so that the layer is read once more
        Base base = bases.base(
                DEBIAN_PATH,
                debian(),
                new LayerTar().link("etc/passwd", "../usr/share/accounts").file("usr/share/accounts", "root:x:0:0\n"));

        assertThat(read(base).passwd().orElseThrow()).asString(UTF_8).isEqualTo("root:x:0:0\n");
        assertThat(bases.tally.of(Work.BLOBS_READ)).isEqualTo(3);
    }

    // The interpreter along PATH

    @Test
    void theFirstDirectoryOfThePathWins() throws IOException {
        LayerTar local = new LayerTar()
                .program("usr/local/bin/python3.13", python("3.13.0"))
                .link("usr/local/bin/python3", "python3.13");

        assertThat(python3(DEBIAN_PATH, debian(), local)).isEqualTo("/usr/local/bin/python3.13 3.13.0");
    }

    @Test
    void withoutAPathDockersOwnCounts() throws IOException {
        LayerTar local = new LayerTar()
                .program("usr/local/sbin/python3.12", python("3.12.1"))
                .link("usr/local/sbin/python3", "python3.12");

        assertThat(python3(Map.of(), debian(), local)).isEqualTo("/usr/local/sbin/python3.12 3.12.1");
    }

    @Test
    void python3OfTheWholePathComesBeforePython() throws IOException {
        LayerTar local = new LayerTar()
                .program("usr/local/bin/python3.13", python("3.13.0"))
                .link("usr/local/bin/python", "python3.13");

        assertThat(python3(DEBIAN_PATH, debian(), local)).isEqualTo("/usr/bin/python3.11 3.11.2");
        assertThat(python3(
                        DEBIAN_PATH,
                        debianWithoutPython(),
                        new LayerTar()
                                .program("usr/local/bin/python3.13", python("3.13.0"))
                                .link("usr/local/bin/python", "python3.13")))
                .isEqualTo("/usr/local/bin/python3.13 3.13.0");
    }

    @Test
    void danglingLinksAndPlainFilesArePassedOver() throws IOException {
        LayerTar local =
                new LayerTar().link("usr/local/bin/python3", "/nowhere").file("opt/bin/python3", "text");

        assertThat(python3(Map.of("PATH", "/opt/bin:/usr/local/bin:/bin"), debian(), local))
                .isEqualTo("/usr/bin/python3.11 3.11.2");
    }

    @Test
    void linksLeadThroughDirectoriesAndLayers() throws IOException {
        LayerTar alternatives = new LayerTar()
                .link("opt/python", "/usr/local/python/3.12")
                .link("usr/bin/python3", "/etc/alternatives/python3")
                .link("etc/alternatives/python3", "../../opt/python/bin/python3.12");
        LayerTar install = new LayerTar().program("usr/local/python/3.12/bin/python3.12", python("/opt/x/3.12.7"));

        assertThat(python3(Map.of("PATH", "/bin"), debian(), alternatives, install))
                .isEqualTo("/usr/local/python/3.12/bin/python3.12 3.12.7");
    }

    @Test
    void aPythonThatAnUpperLayerHidesOrReplacesIsGone() throws IOException {
        LayerTar local = new LayerTar()
                .program("usr/local/bin/python3.13", python("3.13.0"))
                .link("usr/local/bin/python3", "python3.13");
        assertThat(python3(DEBIAN_PATH, debian(), local, new LayerTar().file("usr/local/bin/.wh..wh..opq", "")))
                .isEqualTo("/usr/bin/python3.11 3.11.2");

        LayerTar newer = new LayerTar().program("usr/bin/python3.11", python("3.11.14"));
        assertThat(python3(DEBIAN_PATH, debian(), newer)).isEqualTo("/usr/bin/python3.11 3.11.14");
    }

    // Which Python it is

    @Test
    void aHeaderTellsTheVersionBeforeTheBinaries() throws IOException {
        LayerTar header = new LayerTar().file("usr/include/python3.11/patchlevel.h", PATCHLEVEL.formatted("3.11.3"));

        assertThat(python3(DEBIAN_PATH, debian(), header)).isEqualTo("/usr/bin/python3.11 3.11.3");
    }

    @Test
    void aSharedLibpythonTellsTheVersionOfASmallExecutable() throws IOException {
        LayerTar shared = new LayerTar()
                .program("usr/local/bin/python3.13", MinimalElf.executable(X86_64, LOADER, "/build/Python-3.13.9"))
                .link("usr/local/bin/python3", "python3.13")
                .file("usr/local/lib/libpython3.13.so.1.0", MinimalElf.library(X86_64, "3.13.0"))
                .link("usr/local/lib/libpython3.13.so", "libpython3.13.so.1.0");

        assertThat(python3(DEBIAN_PATH, debianWithoutPython(), shared)).isEqualTo("/usr/local/bin/python3.13 3.13.0");
    }

    @Test
    void aLibpythonInDebiansLibraryDirectoryIsFound() throws IOException {
        LayerTar shared = new LayerTar()
                .program("usr/bin/python3.11", MinimalElf.executable(X86_64, LOADER))
                .file("usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", MinimalElf.library(X86_64, "3.11.2"));

        assertThat(python3(DEBIAN_PATH, debian(), shared)).isEqualTo("/usr/bin/python3.11 3.11.2");
    }

    @Test
    void aLargeExecutableIsReadThrough() throws IOException {
        String[] strings = new String[3000];
        Arrays.fill(strings, "\u0001".repeat(1000));
        strings[2999] = "3.11.9";
        LayerTar large = new LayerTar().program("usr/bin/python3.11", MinimalElf.executable(X86_64, LOADER, strings));

        assertThat(python3(DEBIAN_PATH, debian(), large)).isEqualTo("/usr/bin/python3.11 3.11.9");
    }

    @Test
    void anInterpreterWithoutAVersionInItsNameIsToldByItsLibrary() throws IOException {
        LayerTar plain = new LayerTar()
                .program("usr/local/bin/python3", python("3.12.4"))
                .file("usr/local/lib/python3.12/os.py", "");

        assertThat(python3(DEBIAN_PATH, debian(), plain)).isEqualTo("/usr/local/bin/python3 3.12.4");
    }

    @Test
    void aVersionBetweenReleasesIsALocalVersion() throws IOException {
        assertThat(python3(DEBIAN_PATH, debian(), new LayerTar().program("usr/bin/python3.11", python("3.11.2+"))))
                .isEqualTo("/usr/bin/python3.11 3.11.2+local");
    }

    @Test
    void aFreeThreadedPythonIsToldByItsOtherName() throws IOException {
        // given: as `make install` leaves it, python3.13 being a hard link
        LayerTar freeThreaded = new LayerTar()
                .program("usr/local/bin/python3.13", python("3.13.0"))
                .hardLink("usr/local/bin/python3.13t", "usr/local/bin/python3.13")
                .link("usr/local/bin/python3", "python3.13");

        Target target = read(bases.base(DEBIAN_PATH, debian(), freeThreaded)).target();

        assertThat(target.abi()).isEqualTo("cp313t");
        assertThat(target.sitePackages()).isEqualTo("lib/python3.13t/site-packages");
    }

    @Test
    void aFreeThreadedPythonIsToldByItsLibrary() throws IOException {
        LayerTar freeThreaded = new LayerTar()
                .program("usr/local/bin/python3.13", python("3.13.0"))
                .link("usr/local/bin/python3", "python3.13")
                .file("usr/local/lib/python3.13t/os.py", "");

        assertThat(read(bases.base(DEBIAN_PATH, debian(), freeThreaded))
                        .target()
                        .abi())
                .isEqualTo("cp313t");
    }

    @Test
    void muslIsReadFromItsLoader() throws IOException {
        LayerTar alpine = new LayerTar()
                .file(
                        "lib/ld-musl-x86_64.so.1",
                        MinimalElf.library(X86_64, "1.2.5_git20240801", "musl libc (x86_64)\nVersion %s\n"))
                .link("lib/libc.musl-x86_64.so.1", "ld-musl-x86_64.so.1")
                .program(
                        "usr/local/bin/python3.13", MinimalElf.executable(X86_64, "/lib/ld-musl-x86_64.so.1", "3.13.0"))
                .link("usr/local/bin/python3", "python3.13");

        BaseTarget read = read(bases.base(Map.of(), alpine));

        assertThat(read.target().libc()).isEqualTo(Libc.MUSL);
        assertThat(read.target().libcVersion()).isEqualTo("1.2.5");
        assertThat(read.facts().get(3))
                .extracting(Fact::value, Fact::file)
                .containsExactly("musl 1.2.5", "/lib/ld-musl-x86_64.so.1");
    }

    @Test
    void anOldGlibcIsToldByItsFilesName() throws IOException {
        LayerTar old = new LayerTar()
                .file("usr/lib/x86_64-linux-gnu/.wh.libc.so.6", "")
                .link("usr/lib/x86_64-linux-gnu/libc.so.6", "libc-2.31.so")
                .file("usr/lib/x86_64-linux-gnu/libc-2.31.so", MinimalElf.library(X86_64));

        assertThat(read(bases.base(DEBIAN_PATH, debian(), old)).target().libcVersion())
                .isEqualTo("2.31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.11.2", "3.11", "3", ""})
    void aClaimThatAgreesIsFine(String claim) throws IOException {
        assertThat(python3(Map.of("PATH", "/bin", "PYTHON_VERSION", claim), debian()))
                .isEqualTo("/usr/bin/python3.11 3.11.2");
    }

    // Layers in their other forms

    @Test
    void zstdAndManyMemberedGzipLayersAreRead() throws IOException {
        byte[] tar = debian().tar();

        for (byte[] blob : List.of(LayerTar.zstd(tar), LayerTar.gzipMembers(tar, 1000), tar)) {
            Base base = bases.base(DEBIAN_PATH, List.of(blob), List.of(Digest.of(tar)));
            assertThat(read(base).target().interpreter()).isEqualTo("/usr/bin/python3.11");
        }
    }

    // What is refused

    @Test
    void aBaseWithoutPythonIsRefused() throws IOException {
        Base base = bases.base(DEBIAN_PATH, debianWithoutPython());
        Base withoutPath = bases.base(Map.of(), debianWithoutPython());

        assertRefused(base, """
                The base has no Python.
                  where  base registry.test/base:1
                  why    there is neither python3 nor python in /usr/local/bin:/usr/bin:/bin, its PATH
                  do     set from.image to an image with a Python of its own, such as python:3.13-slim, or let the base's \
                PATH name the directory of its Python""");
        assertThatThrownBy(() -> read(withoutPath))
                .hasMessageContaining(
                        "in /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin, docker's own PATH, as it sets none");
    }

    @Test
    void aClaimThatDisagreesIsRefused() throws IOException {
        assertRefused(bases.base(Map.of("PATH", "/usr/bin", "PYTHON_VERSION", "3.12.7"), debian()), """
                The base says PYTHON_VERSION=3.12.7, but its Python is 3.11.2.
                  where  base registry.test/base:1
                  why    /usr/bin/python3.11 comes first on its PATH; its version was read from /usr/bin/python3.11
                  do     let the base's PATH lead to the Python that it means, or use another base""");
        assertThatThrownBy(() -> read(bases.base(Map.of("PATH", "/usr/bin", "PYTHON_VERSION", "3.1"), debian())))
                .hasMessageContaining("PYTHON_VERSION=3.1, but its Python is 3.11.2");
    }

    @Test
    void anotherImplementationIsRefusedByName() throws IOException {
        LayerTar pypy = new LayerTar().program("opt/pypy/bin/pypy3.10", OTHER).link("opt/pypy/bin/python3", "pypy3.10");
        LayerTar graal =
                new LayerTar().program("opt/graalpy/bin/graalpy", OTHER).link("opt/graalpy/bin/python3", "graalpy");
        Map<String, String> toPypy = Map.of("PATH", "/opt/pypy/bin:/usr/bin");
        Map<String, String> toGraal = Map.of("PATH", "/opt/graalpy/bin:/usr/bin");

        assertOther(bases.base(toPypy, debian(), pypy), "PyPy", "/opt/pypy/bin/pypy3.10");
        assertOther(bases.base(toGraal, debian(), graal), "GraalPy", "/opt/graalpy/bin/graalpy");
    }

    /** What the links are called does not hide it, nor that it is a copy. */
    @Test
    void anotherImplementationInDisguiseIsRefusedByName() throws IOException {
        LayerTar linked = new LayerTar()
                .program("opt/python/bin/python3.10", OTHER)
                .hardLink("opt/python/bin/pypy3.10", "opt/python/bin/python3.10")
                .link("opt/python/bin/python3", "python3.10");
        LayerTar copied = new LayerTar()
                .program("opt/python/bin/python3", OTHER)
                .program("opt/python/bin/libpypy3.10-c.so", MinimalElf.library(X86_64))
                .file("opt/python/lib/pypy3.10/os.py", "");
        Map<String, String> path = Map.of("PATH", "/opt/python/bin:/usr/bin");

        assertOther(bases.base(path, debian(), linked), "PyPy", "/opt/python/bin/python3.10");
        assertOther(bases.base(path, debian(), copied), "PyPy", "/opt/python/bin/python3");
    }

    @ParameterizedTest
    @CsvSource({
        "PyPy, opt/pypy/bin/pypy3",
        "PyPy, usr/bin/pypy3",
        "PyPy, usr/local/bin/pypy",
        "GraalPy, opt/graalpy/bin/graalpy",
        "GraalPy, usr/local/bin/graalpython"
    })
    void anotherImplementationUnderItsOwnNameAloneIsRefusedByName(String name, String path) throws IOException {
        LayerTar layer = new LayerTar().program(path, OTHER);

        assertOther(bases.base(Map.of("PATH", "/bin"), debianWithoutPython(), layer), name, "/" + path);
    }

    @Test
    void anotherImplementationBesideCPythonDoesNotMatter() throws IOException {
        LayerTar beside = new LayerTar()
                .program("opt/pypy/bin/pypy3", OTHER)
                .link("usr/bin/pypy3", "/opt/pypy/bin/pypy3")
                .program("usr/bin/graalpy", OTHER);

        assertThat(read(bases.base(DEBIAN_PATH, debian(), beside)).target().interpreter())
                .isEqualTo("/usr/bin/python3.11");
    }

    private void assertOther(Base base, String name, String interpreter) {
        assertRefused(base, """
                The base's Python is %s, and only CPython is supported.
                  where  base registry.test/base:1
                  why    its interpreter is %s
                  do     set from.image to an image with CPython, such as python:3.13-slim""".formatted(name, interpreter));
    }

    @Test
    void anInterpreterThatCannotBeUsedIsRefusedWithItsReason() throws IOException {
        byte[] script = "#!/bin/sh\nexec pyenv exec python\n".getBytes(UTF_8);
        assertInterpreterRefused(
                new LayerTar().program("usr/local/bin/python3", script),
                "The base's Python, /usr/local/bin/python3, cannot be used.",
                "it is not an ELF executable",
                "let the base's PATH name the directory of the real interpreter");
        assertInterpreterRefused(
                new LayerTar().program("usr/local/bin/python3", MinimalElf.library(X86_64, "3.12.0")),
                "The base's Python, /usr/local/bin/python3, cannot be used.",
                "it is linked statically, so that it loads no compiled modules of wheels",
                "use a base whose Python is linked dynamically");
        assertInterpreterRefused(
                new LayerTar().program("usr/local/bin/python3", python("3.12.0")),
                "neither its name nor a directory lib/python3.* beside it tells its version");
        assertInterpreterRefused(
                new LayerTar()
                        .program("usr/local/bin/python3", python("3.12.0"))
                        .file("usr/local/lib/python3.12/os.py", "")
                        .file("usr/local/lib/python3.13/os.py", ""),
                "its version may be any of 3.12, 3.13");
        assertInterpreterRefused(
                new LayerTar()
                        .program("usr/local/bin/python3.7", python("3.7.16"))
                        .link("usr/local/bin/python3", "python3.7"),
                "it is Python 3.7, older than 3.8");
        assertInterpreterRefused(
                new LayerTar()
                        .program("usr/local/bin/python2.7", python("2.7.18"))
                        .link("usr/local/bin/python3", "python2.7"),
                "neither its name nor a directory lib/python3.* beside it tells its version");
        assertInterpreterRefused(
                new LayerTar()
                        .program("usr/local/bin/python3.13", python("3.13.0"))
                        .hardLink("usr/local/bin/python3.13d", "usr/local/bin/python3.13")
                        .link("usr/local/bin/python3", "python3.13"),
                "it is a debug build, for which no wheels are made",
                "use a base with a release build");
    }

    @Test
    void aVersionThatCannotBeToldIsRefused() throws IOException {
        assertInterpreterRefused(
                new LayerTar().program("usr/bin/python3.11", MinimalElf.executable(X86_64, LOADER)),
                "The base does not tell the full version of its Python 3.11.",
                "there is no /usr/include/python3.11/patchlevel.h, and neither /usr/bin/python3.11 nor a libpython holds a"
                        + " version");
        assertInterpreterRefused(
                new LayerTar().program("usr/bin/python3.11", MinimalElf.executable(X86_64, LOADER, "3.11.2", "3.11.4")),
                "The base does not tell the full version of its Python clearly.",
                "/usr/bin/python3.11 holds 3.11.2 and 3.11.4");
        assertInterpreterRefused(
                new LayerTar().file("usr/include/python3.11/patchlevel.h", PATCHLEVEL.formatted("3.12.0")),
                "The base's Python 3.11 and its headers do not agree.",
                "/usr/include/python3.11/patchlevel.h is not of 3.11");
    }

    @Test
    void aCLibraryThatDoesNotFitIsRefused() throws IOException {
        assertInterpreterRefused(
                new LayerTar()
                        .program(
                                "usr/bin/python3.11",
                                MinimalElf.executable(X86_64, "/lib/ld-musl-x86_64.so.1", "3.11.2")),
                "The base's Python cannot run in it.",
                "/usr/bin/python3.11 needs the loader /lib/ld-musl-x86_64.so.1, which the base lacks");
        assertInterpreterRefused(
                new LayerTar()
                        .program("usr/bin/python3.11", MinimalElf.executable(X86_64, "/lib/ld-uClibc.so.0", "3.11.2"))
                        .file("usr/lib/ld-uClibc.so.0", MinimalElf.library(X86_64)),
                "The base's C library is neither glibc nor musl.",
                "/usr/bin/python3.11 needs the loader /lib/ld-uClibc.so.0");
        assertInterpreterRefused(
                new LayerTar().file("usr/lib/x86_64-linux-gnu/.wh.libc.so.6", ""),
                "The base has no libc.so.6.",
                "there is none in /usr/lib/x86_64-linux-gnu, /lib64, /usr/lib64, /lib, /usr/lib");
        assertInterpreterRefused(
                new LayerTar().file("usr/lib/x86_64-linux-gnu/libc.so.6", MinimalElf.library(X86_64)),
                "The base does not tell the version of its glibc.",
                "/usr/lib/x86_64-linux-gnu/libc.so.6 holds none");
    }

    @Test
    void aPythonForAnotherMachineIsRefused() throws IOException {
        assertInterpreterRefused(
                new LayerTar().program("usr/bin/python3.11", MinimalElf.executable(AARCH64, LOADER, "3.11.2")),
                "The base says that it is linux/amd64, but its Python is for aarch64.",
                "/usr/bin/python3.11 says so in its ELF header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PYTHONHOME", "PYTHONPATH"})
    void variablesThatBringInOtherModulesAreRefused(String name) throws IOException {
        Base base = bases.base(Map.of("PATH", "/usr/bin", name, "/opt/lib"), debian());

        assertRefused(base, """
                The base sets %1$s=/opt/lib.
                  where  base registry.test/base:1
                  why    its Python would then find other modules than those of the virtual environment
                  do     set %1$s to the empty text in container.environment, or use another base""".formatted(name));
        assertThat(readTarget.of(base, "/opt/venv", Map.of(name, "")).target().python())
                .hasToString("3.11.2");
    }

    @Test
    void aPrefixThatIsTakenIsRefused() throws IOException {
        LayerTar venv = new LayerTar().directory("opt/venv");
        Base base = bases.base(DEBIAN_PATH, debian(), venv);

        assertRefused(base, """
                The base already has /opt/venv, where the virtual environment belongs.
                  where  base registry.test/base:1
                  do     set python.prefix to a directory that the base does not have""");
        assertThat(readTarget.of(base, "/srv/venv", Map.of()).target().python()).hasToString("3.11.2");
    }

    @Test
    void aPrefixBelowALinkOrAFileIsRefused() throws IOException {
        for (LayerTar odd : List.of(
                new LayerTar().link("opt", "var/opt"),
                new LayerTar().link("opt", "usr"),
                new LayerTar().file("opt", ""))) {
            assertRefused(bases.base(DEBIAN_PATH, debian(), odd), """
                    The base's /opt, above the virtual environment, is not a directory.
                      where  base registry.test/base:1
                      why    runtimes differ in how they unpack a layer through a link
                      do     set python.prefix to a directory whose parents are directories""");
        }
    }

    @Test
    void hostileLayersAreRefusedByName() throws IOException {
        byte[] tar = debian().tar();
        Digest diffId = Digest.of(tar);
        byte[] gzip = LayerTar.gzip(tar);
        Base cut = bases.base(DEBIAN_PATH, List.of(Arrays.copyOf(gzip, gzip.length / 2)), List.of(diffId));
        Base wrongDiffId = bases.base(DEBIAN_PATH, List.of(gzip), List.of(Digest.of("other")));
        Base noTar = bases.base(DEBIAN_PATH, List.of("no tar at all".repeat(100).getBytes(UTF_8)), List.of(diffId));
        Base escape = bases.base(DEBIAN_PATH, new LayerTar().file("a/../../etc/passwd", ""));
        String layer = "layer " + cut.layers().get(0).descriptor().digest();

        assertThatThrownBy(() -> read(cut))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(
                        "A layer of the base cannot be read.\n  where  base registry.test/base:1: " + layer);
        assertThatThrownBy(() -> read(wrongDiffId))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The uncompressed layer ")
                .hasMessageContaining("is not what was expected.")
                .hasMessageContaining("its digest is " + diffId + " instead of " + Digest.of("other"));
        assertThatThrownBy(() -> read(noTar)).isInstanceOf(BuildRefused.class).hasMessageContaining("this is no tar");
        assertThatThrownBy(() -> read(escape))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The tar has an entry \"a/../../etc/passwd\", which leaves its root.");
    }

    @Test
    void anAccountsFileOfAnExtraordinarySizeIsRefused() throws IOException {
        assertInterpreterRefused(
                new LayerTar().file("etc/passwd", new byte[(1 << 20) + 1]),
                "The base's /etc/passwd is not a text file of ordinary size.");
    }

    private BaseTarget read(Base base) throws IOException {
        return readTarget.of(base, "/opt/venv", Map.of());
    }

    private String python3(Map<String, String> environment, LayerTar... layers) throws IOException {
        Target target = read(bases.base(environment, layers)).target();
        return target.interpreter() + " " + target.python();
    }

    private static int layerNumber(Base base, Fact fact) {
        return base.layers().stream()
                .map(layer -> layer.descriptor().digest())
                .toList()
                .indexOf(fact.layer());
    }

    private void assertInterpreterRefused(LayerTar layer, String... parts) throws IOException {
        Base base = bases.base(DEBIAN_PATH, debian(), layer);
        assertThatThrownBy(() -> read(base))
                .isInstanceOf(BuildRefused.class)
                .message()
                .contains(parts);
    }

    private void assertRefused(Base base, String message) {
        assertThatThrownBy(() -> read(base)).isInstanceOf(BuildRefused.class).hasMessage(message);
    }
}
