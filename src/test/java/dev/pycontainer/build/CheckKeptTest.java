package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.lock.HashedLock;
import dev.pycontainer.packaging.lock.LearnedHash;
import dev.pycontainer.packaging.lock.LockFixture;
import dev.pycontainer.packaging.lock.Wheelhouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pycontainer.lock} says and no longer holds. */
class CheckKeptTest {

    @TempDir
    Path directory;

    private final List<BuildRefused> warnings = new ArrayList<>();

    private void check(Check.Level level, String python, String requirements) {
        PycontainerLock locked = PycontainerLock.in(new Disk(), directory)
                .withPython(python)
                .withHashes(List.of(new LearnedHash(
                        PackageName.of("web"),
                        Version.parse("1.0"),
                        WheelFileName.parse("web-1.0-py3-none-any.whl"),
                        Digest.of("wheel"))));
        HashedLock lock = new HashedLock(
                LockFixture.read(directory, "requirements.txt", requirements),
                locked.hashes(),
                PycontainerLock.FILE,
                new Wheelhouse(new Disk(), List.of(), List.of()),
                new Check("checks.unhashed", Check.Level.OFF, finding -> {}));
        new CheckKept(new Check("checks.staleLock", level, warnings::add))
                .in(locked, LockFixture.DEBIAN, lock, LockFixture.app());
    }

    @Test
    void whatStillHoldsIsNoFinding() {
        check(Check.Level.FAIL, "3.11", "web==1");
    }

    @Test
    void eachThingIsAFinding() {
        check(Check.Level.WARN, "3.12", "web==2");

        assertThat(warnings)
                .extracting(BuildRefused::what)
                .containsExactly(
                        "pycontainer.lock is stale: it was written for Python 3.12.",
                        "pycontainer.lock is stale: it keeps a hash of web 1.0.");
        assertThatThrownBy(() -> check(Check.Level.FAIL, "3.11", "web==2")).hasMessage("""
                pycontainer.lock is stale: it keeps a hash of web 1.0.
                  why    requirements.txt no longer pins that version without a hash
                  do     run mvn pycontainer:lock, or set checks.staleLock to warn""");
    }

    @Test
    void nothingIsLookedForWhereItIsOff() {
        check(Check.Level.OFF, "3.12", "web>=2");

        assertThat(warnings).isEmpty();
    }
}
