package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.B;
import static dev.pycontainer.packaging.lock.LockFixture.C;
import static dev.pycontainer.packaging.lock.LockFixture.app;
import static dev.pycontainer.packaging.lock.LockFixture.locked;
import static dev.pycontainer.packaging.lock.LockFixture.project;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectWheelsTest {

    private static final LockedFileSource NO_INDEX = packages -> {
        throw new AssertionError("the index is not to be asked");
    };

    @TempDir
    Path directory;

    private Selection uv(String text, Target target) {
        Lock lock = LockFixture.read(directory, "uv.lock", text);
        return new SelectWheels(NO_INDEX, LockFixture.NO_WHEELS, LockFixture.FRESH)
                .from(lock, app(target, List.of(), List.of()), LockFixture.COMMAND);
    }

    private static String library(String... wheels) {
        String files = Arrays.stream(wheels)
                .map(wheel -> "{ url = \"https://index.example/f/%s\", hash = \"sha256:%s\" }".formatted(wheel, A))
                .collect(Collectors.joining(", "));
        return project("dependencies = [{ name = \"lib\" }]") + """

                [[package]]
                name = "lib"
                version = "1.0"
                source = { registry = "https://index.example/simple" }
                sdist = { url = "https://index.example/f/lib-1.0.tar.gz", hash = "sha256:%s" }
                wheels = [%s]
                """.formatted(B, files);
    }

    @ParameterizedTest
    @CsvSource({
        "3.11.2, cp311, GLIBC, 2.36, lib-1.0-cp311-cp311-manylinux_2_28_x86_64.whl",
        "3.11.2, cp311, GLIBC, 2.17, lib-1.0-cp311-cp311-manylinux_2_17_x86_64.whl",
        "3.11.2, cp311, MUSL, 1.2, lib-1.0-cp311-cp311-musllinux_1_1_x86_64.whl",
        "3.12.1, cp312, GLIBC, 2.36, lib-1.0-cp39-abi3-manylinux_2_28_x86_64.whl",
        "3.13.0, cp313t, GLIBC, 2.36, lib-1.0-py3-none-any.whl"
    })
    void theBestWheelForTheTargetIsChosen(String python, String abi, Libc libc, String libcVersion, String wheel) {
        Selection selection = uv(
                library(
                        "lib-1.0-py3-none-any.whl",
                        "lib-1.0-cp39-abi3-manylinux_2_28_x86_64.whl",
                        "lib-1.0-cp311-cp311-manylinux_2_17_x86_64.whl",
                        "lib-1.0-cp311-cp311-manylinux_2_28_x86_64.whl",
                        "lib-1.0-cp311-cp311-manylinux_2_28_aarch64.whl",
                        "lib-1.0-cp311-cp311-musllinux_1_1_x86_64.whl",
                        "lib-1.0-cp311-cp311-win_amd64.whl"),
                LockFixture.target(python, abi, libc, libcVersion));

        assertThat(selection.wheels()).singleElement().satisfies(selected -> {
            assertThat(selected.fileName()).isEqualTo(wheel);
            assertThat(selected.location()).isEqualTo(new FileLocation.Url("https://index.example/f/" + wheel));
            assertThat(selected.sha256()).isEqualTo(new Digest(A));
        });
    }

    @Test
    void wheelsStandInTheOrderOfTheirNames() {
        Selection selection = uv(
                project("dependencies = [{ name = \"zebra\" }, { name = \"ape\" }]")
                        + locked("zebra", "1", "")
                        + locked("ape", "2", ""),
                LockFixture.DEBIAN);

        assertThat(selection.lock().kind()).isEqualTo("uv.lock");
        assertThat(selection.wheels())
                .containsExactly(
                        wheel("ape", "2", "https://index.example/files/ape-2-py3-none-any.whl"),
                        wheel("zebra", "1", "https://index.example/files/zebra-1-py3-none-any.whl"));
    }

    private static SelectedWheel wheel(String name, String version, String url) {
        return new SelectedWheel(
                PackageName.of(name),
                Version.parse(version),
                WheelFileName.parse(LockedFile.fileNameOf(url)),
                new Digest(A),
                OptionalLong.of(3),
                new FileLocation.Url(url),
                List.of("https://index.example/simple"),
                Optional.empty(),
                IndexNotes.NONE,
                List.of(),
                List.of("app"));
    }

    @Test
    void aLocalVersionsWheelIsKnownByItsUnescapedName() {
        String lock = library("lib-1.0%2Bcpu-cp311-cp311-linux_x86_64.whl");

        assertThat(uv(lock, LockFixture.DEBIAN).wheels().get(0).fileName())
                .isEqualTo("lib-1.0+cpu-cp311-cp311-linux_x86_64.whl");
        assertThat(uv(lock.replace("\"1.0\"", "\"1.0+cpu\""), LockFixture.DEBIAN)
                        .wheels())
                .hasSize(1);
    }

    @Test
    void aWheelWithAnInvalidNameIsNoCandidate() {
        Selection selection = uv(library("lib-1.0.linux-x86_64.whl", "lib-1.0-py3-none-any.whl"), LockFixture.DEBIAN);

        assertThat(selection.wheels().get(0).fileName()).isEqualTo("lib-1.0-py3-none-any.whl");
        assertThatThrownBy(() -> uv(library("lib-1.0.linux-x86_64.whl"), LockFixture.DEBIAN))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("""
                        "lib-1.0.linux-x86_64.whl" is not a wheel's file name.
                          where  uv.lock: package "lib" 1.0
                        """);
    }

    @Test
    void whereNoneFitsTheNearestWheelsAreToldAndWhatWouldHelp() {
        assertThatThrownBy(() -> uv(
                        library(
                                "lib-1.0-cp311-cp311-win_amd64.whl",
                                "lib-1.0-cp311-cp311-manylinux_2_39_x86_64.whl",
                                "lib-1.0-cp312-cp312-manylinux_2_39_x86_64.whl"),
                        LockFixture.DEBIAN))
                .hasMessage("""
                        No wheel of lib 1.0 fits the base.
                          where  uv.lock: package "lib" 1.0
                          why    the base has CPython 3.11 (cp311) with glibc 2.36 on linux x86_64; its 3 wheels are for something else, the nearest:
                                 lib-1.0-cp311-cp311-manylinux_2_39_x86_64.whl: for glibc 2.39
                                 lib-1.0-cp312-cp312-manylinux_2_39_x86_64.whl: for Python 3.12 and glibc 2.39
                                 lib-1.0-cp311-cp311-win_amd64.whl: for Windows
                          do     use a base with glibc 2.39 or newer, lock a version of lib that has a wheel for this base, \
                        or build one into a directory that python.wheelhouse names:
                                 build lib==1.0 from https://index.example/simple""");
    }

    @Test
    void everyPackageWithoutAWheelIsToldAtOnce() {
        String lock = project(
                        "dependencies = [{ name = \"lib\" }, { name = \"other\" }, { name = \"own\" }, { name = \"tool\" },"
                                + " { name = \"web\" }]")
                + locked("web", "2.0", "")
                + """

                [[package]]
                name = "lib"
                version = "1.0"
                source = { registry = "https://index.example/simple" }
                sdist = { url = "https://index.example/f/lib-1.0.tar.gz", hash = "sha256:%1$s" }

                [[package]]
                name = "other"
                version = "2"
                source = { registry = "https://index.example/simple" }
                sdist = { url = "https://index.example/f/other-2.tar.gz", hash = "sha256:%1$s" }

                [[package]]
                name = "own"
                version = "1"
                source = { registry = "https://own.example/simple/" }
                sdist = { url = "https://own.example/f/own-1.tar.gz", hash = "sha256:%1$s" }

                [[package]]
                name = "tool"
                version = "3"
                source = { registry = "https://index.example/simple" }
                wheels = [{ url = "https://index.example/f/tool-3-cp312-cp312-any.whl", hash = "sha256:%1$s" }]
                """.formatted(A);

        assertThatThrownBy(() -> uv(lock, LockFixture.DEBIAN)).hasMessage("""
                4 packages have no wheel that fits the base.
                  where  uv.lock
                  why    the base has CPython 3.11 (cp311) with glibc 2.36 on linux x86_64
                         lib 1.0: lib-1.0.tar.gz would have to be built, which runs its code on this machine
                         other 2: other-2.tar.gz would have to be built, which runs its code on this machine
                         own 1: own-1.tar.gz would have to be built, which runs its code on this machine
                         tool 3: its only wheel, tool-3-cp312-cp312-any.whl, is for Python 3.12
                  do     use a base with Python 3.12, for tool
                         or lock versions that have wheels for this base
                         or put wheels of tool into a directory that python.wheelhouse names
                         or build wheels into a directory that python.wheelhouse names:
                         build lib==1.0 other==2 from https://index.example/simple
                         build own==1 from https://own.example/simple/""");
    }

    @Test
    void aPackageWithoutAnyWheelIsRefused() {
        assertThatThrownBy(() -> uv(library(), LockFixture.DEBIAN)).hasMessage("""
                Package lib 1.0 has no wheel, only sources.
                  where  uv.lock: package "lib" 1.0
                  why    lib-1.0.tar.gz would have to be built, which runs its code on this machine
                  do     lock a version of lib that has a wheel for this base, or build one into a directory that python.wheelhouse names:
                         build lib==1.0 from https://index.example/simple""");
        assertThatThrownBy(() -> uv(library().replaceAll("(?m)^sdist.*$", ""), LockFixture.DEBIAN))
                .hasMessage("""
                        Package lib 1.0 has no wheel.
                          where  uv.lock: package "lib" 1.0
                          why    the lock lists no file of it
                          do     lock a version of lib that has a wheel for this base, or put one into a directory that python.wheelhouse names""");
    }

    @ParameterizedTest
    @CsvSource({"other-1.0-py3-none-any.whl", "lib-1.1-py3-none-any.whl"})
    void aWheelOfAnotherPackageOrVersionIsRefused(String wheel) {
        assertThatThrownBy(() -> uv(library(wheel), LockFixture.DEBIAN)).hasMessage("""
                The wheel %s is not of package "lib" 1.0.
                  where  uv.lock: package "lib" 1.0
                  why    the lock lists it for this package, and its name says otherwise
                  do     lock again with the tool that wrote the lock""".formatted(wheel));
    }

    @Test
    void filesKnownByTheirHashesAreLookedForInTheIndex() {
        Lock lock = LockFixture.read(
                directory,
                "requirements.txt",
                "lib==1.0 --hash=sha256:%s --hash=sha256:%s --hash=sha256:%s".formatted(C, A, B));
        LockedFileSource index = packages -> {
            assertThat(packages)
                    .extracting(LockedPackage::place, LockedPackage::files)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(
                            "package \"lib\" 1.0",
                            new LockedFiles.Hashed(List.of(new Digest(A), new Digest(B), new Digest(C)))));
            return Map.of(
                    PackageName.of("lib"),
                    List.of(
                            file("lib-1.0.tar.gz", A, Optional.empty()),
                            file("lib-1.0-cp311-cp311-win_amd64.whl", B, Optional.empty()),
                            file("lib-1.0-py3-none-any.whl", C, Optional.of("broken"))));
        };

        SelectedWheel selected = new SelectWheels(index, LockFixture.NO_WHEELS, LockFixture.FRESH)
                .from(lock, app(), LockFixture.COMMAND)
                .wheels()
                .get(0);

        assertThat(selected.fileName()).isEqualTo("lib-1.0-py3-none-any.whl");
        assertThat(selected.notes().yanked()).contains("broken");
    }

    @Test
    void aWheelThatIsForOtherPythonsAsItsIndexSaysIsPassedOver() {
        Lock lock = LockFixture.read(
                directory, "requirements.txt", "lib==1.0 --hash=sha256:%s --hash=sha256:%s".formatted(A, B));
        LockedFileSource index = packages -> Map.of(
                PackageName.of("lib"),
                List.of(
                        fileFor(">=3.12", "lib-1.0-2-py3-none-any.whl", A),
                        fileFor(">=3.9,<3.12", "lib-1.0-1-py3-none-any.whl", B)));

        assertThat(new SelectWheels(index, LockFixture.NO_WHEELS, LockFixture.FRESH)
                        .from(lock, app(), LockFixture.COMMAND)
                        .wheels())
                .extracting(SelectedWheel::fileName)
                .containsExactly("lib-1.0-1-py3-none-any.whl");
    }

    @Test
    void whereAllAreForOtherPythonsTheAdviceNamesThese() {
        Lock lock = LockFixture.read(
                directory, "requirements.txt", "lib==1.0 --hash=sha256:%s --hash=sha256:%s".formatted(A, B));
        LockedFileSource index = packages -> Map.of(
                PackageName.of("lib"),
                List.of(
                        fileFor(">=3.12", "lib-1.0-cp312-cp312-win_amd64.whl", A),
                        fileFor(">=3.12", "lib-1.0-py3-none-any.whl", B)));

        assertThatThrownBy(() -> new SelectWheels(index, LockFixture.NO_WHEELS, LockFixture.FRESH)
                        .from(lock, app(), LockFixture.COMMAND))
                .hasMessage("""
                No wheel of lib 1.0 fits the base.
                  where  requirements.txt: package "lib" 1.0
                  why    the base has CPython 3.11 (cp311) with glibc 2.36 on linux x86_64; its 2 wheels are for something else, the nearest:
                         lib-1.0-py3-none-any.whl: for Python >=3.12, as its index says
                         lib-1.0-cp312-cp312-win_amd64.whl: for Python 3.12 and Windows
                  do     use a base with Python >=3.12, lock a version of lib that has a wheel for this base, or put one into a directory that python.wheelhouse names""");
    }

    @Test
    void anIndexWithSourcesAloneHasNoWheel() {
        Lock lock = LockFixture.read(directory, "requirements.txt", "lib==1.0 --hash=sha256:" + A);
        LockedFileSource index =
                packages -> Map.of(PackageName.of("lib"), List.of(file("lib-1.0.tar.gz", A, Optional.empty())));

        assertThatThrownBy(() -> new SelectWheels(index, LockFixture.NO_WHEELS, LockFixture.FRESH)
                        .from(lock, app(), LockFixture.COMMAND))
                .hasMessage("""
                Package lib 1.0 has no wheel, only sources.
                  where  requirements.txt: package "lib" 1.0
                  why    lib-1.0.tar.gz would have to be built, which runs its code on this machine
                  do     lock a version of lib that has a wheel for this base, or build one into a directory that python.wheelhouse names:
                         build lib==1.0""");
    }

    @Test
    void aWheelhouseStandsInWhereTheLockHasNoWheelThatFits() throws IOException {
        Path house = Files.createDirectories(directory.resolve("house"));
        Path built = Files.writeString(house.resolve("lib-1.0-cp311-cp311-linux_x86_64.whl"), "wheel");
        Files.writeString(house.resolve("lib-1.0-cp312-cp312-linux_x86_64.whl"), "of another Python");
        Files.writeString(house.resolve("lib-1.1-py3-none-any.whl"), "of another version");
        Files.writeString(house.resolve("web-1.0-py3-none-any.whl"), "not needed");

        Selection selection = from(new Wheelhouse(new Disk(), List.of(house), List.of()), library());

        SelectedWheel wheel = selection.wheels().get(0);
        assertThat(wheel.location()).isEqualTo(new FileLocation.Local(built.toAbsolutePath()));
        assertThat(wheel.sha256()).isEqualTo(Digest.of("wheel"));
        assertThat(wheel.size()).hasValue(5);
    }

    @Test
    void theLocksOwnWheelIsTakenBeforeTheWheelhouses() throws IOException {
        Files.writeString(directory.resolve("lib-1.0-cp311-cp311-linux_x86_64.whl"), "wheel");

        Selection selection =
                from(new Wheelhouse(new Disk(), List.of(directory), List.of()), library("lib-1.0-py3-none-any.whl"));

        assertThat(selection.wheels().get(0).fileName()).isEqualTo("lib-1.0-py3-none-any.whl");
    }

    @Test
    void aWheelThatARepositoryRenamedTellsItsOwnTags() throws IOException {
        Path wheel = TestWheels.named("lib", "1.0").file("lib.py", "x = 1\n").in(directory);
        Path artifact = Files.move(wheel, directory.resolve("lib-7-SNAPSHOT.whl"));

        Selection selection = from(new Wheelhouse(new Disk(), List.of(), List.of(artifact)), library());

        assertThat(selection.wheels().get(0).fileName()).isEqualTo("lib-1.0-py3-none-any.whl");
        assertThat(selection.wheels().get(0).sha256()).isEqualTo(Digest.of(Files.readAllBytes(artifact)));
    }

    @Test
    void aWheelhouseThatCannotBeReadIsRefused() throws IOException {
        Path absent = directory.resolve("absent");
        assertThatThrownBy(() -> from(new Wheelhouse(new Disk(), List.of(absent), List.of()), library()))
                .hasMessage("""
                        The directory of wheels %s does not exist.
                          where  uv.lock
                          do     make it, or remove it from python.wheelhouse""".formatted(absent));
        Files.writeString(directory.resolve("lib.whl"), "");
        assertThatThrownBy(() -> from(new Wheelhouse(new Disk(), List.of(directory), List.of()), library()))
                .hasMessageStartingWith("""
                        "lib.whl" is not a wheel's file name.
                          where  uv.lock: python.wheelhouse %s
                        """.formatted(directory))
                .hasMessageEndingWith("do     give the file the name that it was built under, or remove it");
    }

    private Selection from(Wheelhouse wheelhouse, String lock) {
        return new SelectWheels(NO_INDEX, wheelhouse, LockFixture.FRESH)
                .from(LockFixture.read(directory, "uv.lock", lock), app(), LockFixture.COMMAND);
    }

    /** Of the files that the lock lists one is chosen by name; then the index is asked where that one is. */
    @Test
    void aFileThatTheLockKnowsByNameAloneIsLookedForInTheIndex() {
        LockedFile linux = named("lib-1.0-cp311-cp311-linux_x86_64.whl", A);
        LockedFile windows = named("lib-1.0-cp311-cp311-win_amd64.whl", B);
        Lock lock = lockOf(new LockedFiles.Listed(List.of(windows, linux), List.of()));
        List<LockedPackage> asked = new ArrayList<>();
        LockedFileSource index = packages -> {
            asked.addAll(packages);
            return Map.of(PackageName.of("lib"), List.of(file(linux.fileName(), A, Optional.of("broken"))));
        };

        Selection selection = new SelectWheels(index, LockFixture.NO_WHEELS, LockFixture.FRESH)
                .from(lock, app(), LockFixture.COMMAND);

        assertThat(asked)
                .extracting(LockedPackage::files)
                .containsExactly(new LockedFiles.Hashed(List.of(linux.sha256())));
        assertThat(selection.wheels().get(0).location())
                .isEqualTo(new FileLocation.Url("https://index.example/f/" + linux.fileName()));
        assertThat(selection.wheels().get(0).notes().yanked()).contains("broken");
    }

    @Test
    void aMirrorIsAskedInsteadOfTheLocksUrl() {
        Lock lock = LockFixture.read(directory, "uv.lock", library("lib-1.0-py3-none-any.whl"));
        LockedFileSource mirror = new LockedFileSource() {
            @Override
            public Map<PackageName, List<LockedFile>> files(List<LockedPackage> packages) {
                LockedFile file = LockedFile.of(
                        "https://mirror.example/lib-1.0-py3-none-any.whl", new Digest(A), OptionalLong.empty());
                return Map.of(PackageName.of("lib"), List.of(file));
            }

            @Override
            public boolean isMirrored(List<String> indexes) {
                return true;
            }
        };

        Selection selection = new SelectWheels(mirror, LockFixture.NO_WHEELS, LockFixture.FRESH)
                .from(lock, app(), LockFixture.COMMAND);

        assertThat(selection.wheels().get(0).location())
                .isEqualTo(new FileLocation.Url("https://mirror.example/lib-1.0-py3-none-any.whl"));
    }

    @Test
    void anotherLocalProjectIsSelectedAsAMember() {
        Lock lock = lockOf(new LockedFiles.Member(directory.resolve("lib")));

        Selection selection = new SelectWheels(NO_INDEX, LockFixture.NO_WHEELS, LockFixture.FRESH)
                .from(lock, app(), LockFixture.COMMAND);

        assertThat(selection.wheels()).isEmpty();
        assertThat(selection.members())
                .containsExactly(
                        new SelectedMember(PackageName.of("lib"), directory.resolve("lib"), List.of(), List.of("app")));
    }

    @Test
    void aStaleLockIsRefusedWithTheLine() {
        Lock stale = lockOf(
                new LockedFiles.Member(directory),
                new StaleEntry("pyproject.toml: project.dependencies", "lib>=2", "the lock was made from lib>=1"));

        assertThatThrownBy(() -> new SelectWheels(NO_INDEX, LockFixture.NO_WHEELS, LockFixture.FRESH)
                        .from(stale, app(), LockFixture.COMMAND))
                .hasMessage("""
                        The lock is stale: the project now says lib>=2.
                          where  some.lock: pyproject.toml: project.dependencies
                          why    the lock was made from lib>=1
                          do     lock again, or set checks.staleLock to warn""");
    }

    private static Lock lockOf(LockedFiles files, StaleEntry... stale) {
        LockedPackage lib = new LockedPackage(
                PackageName.of("lib"),
                Optional.of(Version.parse("1.0")),
                files,
                List.of("https://index.example/simple"),
                List.of(),
                List.of("app"));
        return new Lock() {
            @Override
            public LockFile file() {
                return new LockFile(Path.of("some.lock"), "some.lock", Digest.of(""));
            }

            @Override
            public Needed select(Wanted wanted) {
                return new Needed(List.of(lib), List.of());
            }

            @Override
            public List<StaleEntry> stale(Wanted wanted) {
                return List.of(stale);
            }
        };
    }

    private static LockedFile named(String name, String hash) {
        return new LockedFile(name, new Digest(hash), OptionalLong.empty(), new FileLocation.InIndex());
    }

    private static LockedFile file(String name, String hash, Optional<String> yanked) {
        return file(name, hash, new IndexNotes(yanked, Optional.empty(), Optional.empty()));
    }

    private static LockedFile fileFor(String pythons, String name, String hash) {
        return file(
                name,
                hash,
                new IndexNotes(Optional.empty(), Optional.of(SpecifierSet.parse(pythons)), Optional.empty()));
    }

    private static LockedFile file(String name, String hash, IndexNotes notes) {
        return new LockedFile(
                name,
                new Digest(hash),
                OptionalLong.empty(),
                new FileLocation.Url("https://index.example/f/" + name),
                notes);
    }
}
