package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.B;
import static dev.pycontainer.packaging.lock.LockFixture.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins without hashes, and what was learned of them before. */
class HashedLockTest {

    private static final LearnedHash WEB = learned("web", "1", "web-1.0-py3-none-any.whl", A);

    @TempDir
    Path directory;

    @TempDir
    Path wheels;

    private final List<BuildRefused> warnings = new ArrayList<>();

    private HashedLock lock(String text, LearnedHash... learned) {
        return new HashedLock(
                LockFixture.read(directory, "requirements.txt", text),
                Arrays.asList(learned),
                "pycontainer.lock",
                new Wheelhouse(new Disk(), List.of(wheels), List.of()),
                new Check("checks.unhashed", Check.Level.WARN, warnings::add));
    }

    private static LearnedHash learned(String name, String version, String file, String sha256) {
        return new LearnedHash(
                PackageName.of(name), Version.parse(version), WheelFileName.parse(file), new Digest(sha256));
    }

    private static List<LockedFiles> files(HashedLock lock) {
        return lock.select(LockFixture.app()).packages().stream()
                .map(LockedPackage::files)
                .toList();
    }

    private static LockedFiles kept(String sha256) {
        return new LockedFiles.Hashed(List.of(new Digest(sha256)), "pycontainer.lock");
    }

    @Test
    void aPinGetsTheHashThatWasLearned() {
        assertThat(files(lock("web==1.0\nlib==2 ; os_name == 'nt'", WEB))).containsExactly(kept(A));
        assertThat(warnings).isEmpty();
    }

    @Test
    void anotherVersionOrPackageIsNoAnswer() {
        assertThat(files(lock("lib==1\nweb==1.1", WEB)))
                .containsExactly(new LockedFiles.Unhashed(), new LockedFiles.Unhashed());
        assertThat(warnings).extracting(BuildRefused::what).containsExactly("2 packages are unhashed: lib 1, web 1.1.");
    }

    @Test
    void whatWasLearnedForAnotherTargetIsNoAnswer() {
        LearnedHash windows = learned("web", "1", "web-1-cp311-cp311-win32.whl", B);
        LearnedHash linux = learned("web", "1", "web-1-cp311-cp311-manylinux_2_17_x86_64.whl", C);

        assertThat(files(lock("web==1", windows))).containsExactly(new LockedFiles.Unhashed());
        assertThat(files(lock("web==1", windows, WEB, linux))).containsExactly(kept(C));
    }

    @Test
    void aWheelThatTheUserHasBuiltNeedsNoHash() throws IOException {
        Path built = Files.writeString(wheels.resolve("web-1.0-py3-none-any.whl"), "built");
        Files.writeString(wheels.resolve("lib-2-cp311-cp311-win32.whl"), "for another target");

        assertThat(files(lock("lib==2\nweb==1\nweb==1.0")))
                .containsExactly(
                        new LockedFiles.Unhashed(),
                        new LockedFiles.Listed(
                                List.of(new LockedFile(
                                        "web-1.0-py3-none-any.whl",
                                        Digest.of("built"),
                                        OptionalLong.of(5),
                                        new FileLocation.Local(built))),
                                List.of()));
        assertThat(warnings).extracting(BuildRefused::what).containsExactly("Package lib 2 is unhashed.");
        assertThat(files(lock("web==1", WEB))).containsExactly(kept(A));
        assertThat(files(lock("web==1 --hash=sha256:" + B)))
                .containsExactly(new LockedFiles.Hashed(List.of(new Digest(B))));
    }

    @Test
    void aPinsOwnHashesStand() {
        assertThat(files(lock("web==1 --hash=sha256:" + B, WEB)))
                .containsExactly(new LockedFiles.Hashed(List.of(new Digest(B))));
    }

    @Test
    void thePlaceOfPackagesAndWhoNeedsThemStay() {
        LockedPackage web = lock("-i https://index.example/simple\nweb[fast]==1", WEB)
                .select(LockFixture.app())
                .packages()
                .get(0);

        assertThat(web.indexes()).containsExactly("https://index.example/simple");
        assertThat(web.extras()).containsExactly("fast");
    }

    @Test
    void whatIsOfNoPinThatLacksAHashIsUnneeded() {
        Wanted wanted = LockFixture.app();
        LearnedHash lib = learned("lib", "2", "lib-2-py3-none-any.whl", B);
        HashedLock lock = lock("web==1\nlib==2 ; os_name == 'nt'", WEB, lib);
        assertThat(lock.stillNeeded(wanted)).containsExactly(WEB, lib);
        assertThat(lock.unneeded(wanted)).isEmpty();

        for (String text : List.of(
                "web==1.1\nlib==2",
                "lib==2",
                "web==1 --hash=sha256:" + A + "\nlib==2 --hash=sha256:" + B,
                "web==1.1 ; os_name == 'nt'\nlib==2")) {
            assertThat(lock(text, WEB).unneeded(wanted)).containsExactly(WEB);
            assertThat(lock(text, WEB).stillNeeded(wanted)).isEmpty();
        }
        assertThat(lock("web>=1").unneeded(wanted)).isEmpty();
        assertThat(lock("web>=1").stillNeeded(wanted)).isEmpty();
        assertThatThrownBy(() -> lock("web>=1", WEB).unneeded(wanted))
                .hasMessageContaining("  where  requirements.txt: line 1\n");
    }

    @Test
    void theFindingSaysWhichCommandHelps() {
        files(lock("web==1"));
        files(lock(IntStream.range(10, 22).mapToObj(i -> "p" + i + "==1").collect(Collectors.joining("\n"))));

        assertThat(warnings.get(0)).hasMessage("""
                Package web 1 is unhashed.
                  why    without a hash the index decides what is installed, today and tomorrow
                  do     run mvn pycontainer:lock, which keeps the hashes in pycontainer.lock, or write the file with `pip-compile --generate-hashes`""");
        assertThat(warnings.get(1).what())
                .isEqualTo(
                        "12 packages are unhashed: p10 1, p11 1, p12 1, p13 1, p14 1, p15 1, p16 1, p17 1, p18 1, p19 1"
                                + " and others.");
    }

    @Test
    void theLocksOwnWordsAreHandedOn() {
        HashedLock lock = lock("-i https://me:${TOKEN}@index.example/simple".replace("me:${TOKEN}@", "") + "\nweb==1");

        assertThat(lock.file().kind()).isEqualTo("requirements.txt");
        assertThat(lock.credentials()).isEmpty();
        assertThat(lock.stale(LockFixture.app())).isEmpty();
    }
}
