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
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.nio.file.Path;
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
        return new SelectWheels(NO_INDEX, LockFixture.FRESH).from(lock, app(target, List.of(), List.of()));
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
                List.of(),
                Optional.empty(),
                Optional.empty(),
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
    void withoutAWheelForTheTargetTheNearestIsNamed() {
        assertThatThrownBy(() -> uv(
                        library("lib-1.0-cp311-cp311-manylinux_2_39_x86_64.whl", "lib-1.0-cp311-cp311-win_amd64.whl"),
                        LockFixture.DEBIAN))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("""
                        No wheel of lib 1.0 fits the base.
                          where  uv.lock: package "lib" 1.0
                          why    the base has CPython 3.11 (cp311) with glibc 2.36 on linux x86_64; the nearest of its 2 wheels, \
                        lib-1.0-cp311-cp311-manylinux_2_39_x86_64.whl, is for""");
    }

    @Test
    void aPackageWithoutAnyWheelIsRefused() {
        assertThatThrownBy(() -> uv(library(), LockFixture.DEBIAN)).hasMessage("""
                Package "lib" 1.0 has no wheel, only a source distribution.
                  where  uv.lock: package "lib" 1.0
                  why    lib-1.0.tar.gz would have to be built, which runs its code on this machine
                  do     lock a version that has a wheel""");
        assertThatThrownBy(() -> uv(library().replaceAll("(?m)^sdist.*$", ""), LockFixture.DEBIAN))
                .hasMessage("""
                        Package "lib" 1.0 has no wheel.
                          where  uv.lock: package "lib" 1.0
                          why    the lock lists no file of it
                          do     lock a version that has a wheel""");
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

        SelectedWheel selected = new SelectWheels(index, LockFixture.FRESH)
                .from(lock, app())
                .wheels()
                .get(0);

        assertThat(selected.fileName()).isEqualTo("lib-1.0-py3-none-any.whl");
        assertThat(selected.yanked()).contains("broken");
    }

    @Test
    void anIndexWithSourcesAloneHasNoWheel() {
        Lock lock = LockFixture.read(directory, "requirements.txt", "lib==1.0 --hash=sha256:" + A);
        LockedFileSource index =
                packages -> Map.of(PackageName.of("lib"), List.of(file("lib-1.0.tar.gz", A, Optional.empty())));

        assertThatThrownBy(() -> new SelectWheels(index, LockFixture.FRESH).from(lock, app()))
                .hasMessage("""
                Package "lib" 1.0 has no wheel, only a source distribution.
                  where  requirements.txt: package "lib" 1.0
                  why    lib-1.0.tar.gz would have to be built, which runs its code on this machine
                  do     lock a version that has a wheel""");
    }

    private static LockedFile file(String name, String hash, Optional<String> yanked) {
        return new LockedFile(
                name,
                new Digest(hash),
                OptionalLong.empty(),
                new FileLocation.Url("https://index.example/f/" + name),
                yanked);
    }
}
