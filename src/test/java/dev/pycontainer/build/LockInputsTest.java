package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Work;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.layer.LayerPackage;
import dev.pycontainer.packaging.lock.LearnedHash;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal {@code lock}, and builds of pins without hashes before and after it. */
class LockInputsTest {

    @TempDir
    Path directory;

    private TestBuild its;

    @BeforeEach
    void start() throws IOException {
        its = new TestBuild(directory);
        pins("alpha==1\nbeta==2.0\n");
    }

    @AfterEach
    void stop() {
        its.close();
    }

    private void pins(String text) throws IOException {
        Files.writeString(its.project.resolve("requirements.txt"), text);
    }

    private Path file() {
        return its.project.resolve("pycontainer.lock");
    }

    private String alpha() {
        return "alpha==1 --hash=" + its.wheel("alpha");
    }

    private String beta() {
        return "beta==2.0 --hash=" + its.wheel("beta");
    }

    @Test
    void pinsWithoutHashesAreRefusedUntilTheirHashesAreKept() {
        assertThatThrownBy(its::build).isInstanceOf(BuildRefused.class).hasMessage("""
                2 packages are unhashed: alpha 1, beta 2.0.
                  where  requirements.txt
                  why    without a hash the index decides what is installed, today and tomorrow
                  do     run mvn pycontainer:lock, which keeps the hashes in pycontainer.lock, or write the file with `pip-compile --generate-hashes`""");
    }

    @Test
    void whereThatOnlyWarnsTheBuildTellsTheHashesThatItUsed() throws IOException {
        its.unhashed = Check.Level.WARN;

        its.build();

        assertThat(its.learned).extracting(LearnedHash::requirement).containsExactly(alpha(), beta());
        assertThat(its.warnings)
                .singleElement()
                .satisfies(
                        warning -> assertThat(warning.what()).isEqualTo("2 packages are unhashed: alpha 1, beta 2.0."));
        assertThat(file()).doesNotExist();
    }

    @Test
    void theLockKeepsWhatABuildWouldLearn() throws IOException {
        its.lockInputs();

        assertThat(its.changes)
                .satisfiesExactly(
                        base -> assertThat(base)
                                .matches("base \\Q" + its.baseName() + "\\E for linux/amd64: sha256:[0-9a-f]{64}"),
                        python -> assertThat(python).isEqualTo("python 3.11"),
                        first -> assertThat(first).isEqualTo(alpha()),
                        second -> assertThat(second).isEqualTo(beta()),
                        layers -> assertThat(layers).isEqualTo("layers of 2 wheels for linux/amd64"));
        assertThat(PycontainerLock.in(new Disk(), its.project).python()).contains("3.11");
        assertThat(its.count(Work.FILES_DOWNLOADED)).isZero();
    }

    @Test
    void aBuildUsesWhatIsKeptAndAsksForNoTag() throws IOException {
        its.lockInputs();
        its.registry.clearLog();

        its.build();

        assertThat(its.learned).isEmpty();
        assertThat(its.layers).hasSize(4);
        assertThat(its.registry.log()).noneMatch(line -> line.contains("/manifests/"));
        its.registry.clearLog();
        its.build();
        assertThat(its.count(Work.REQUESTS_SENT)).isZero();
        List<Digest> wheels = its.layerDigests().subList(0, 3);
        pins(alpha() + "\n" + beta());
        Files.delete(file());
        its.build();
        assertThat(its.layerDigests()).startsWith(wheels.toArray(Digest[]::new));
    }

    @Test
    void aSecondTimeNothingHasChanged() throws IOException {
        its.lockInputs();
        byte[] before = Files.readAllBytes(file());

        its.lockInputs();

        assertThat(its.changes).isEmpty();
        assertThat(file()).hasBinaryContent(before);
    }

    @Test
    void aFileOfTheSameNameWithOtherBytesIsRefusedByBuildAndLock() throws IOException {
        its.lockInputs();
        its.lock(TestWheels.named("alpha", "1.0").file("alpha/__init__.py", "EVIL = 1\n"));
        pins("alpha==1\nbeta==2.0\n");
        its.cache = directory.resolve("another cache");

        for (Runs run : new Runs[] {its::build, its::lockInputs}) {
            assertThatThrownBy(run::run)
                    .isInstanceOf(BuildRefused.class)
                    .hasMessageStartingWith("No index has a file of alpha 1 with a hash of pycontainer.lock.\n"
                            + "  where  requirements.txt: package \"alpha\" 1\n  why    the page of ")
                    .hasMessageEndingWith("lists 1 file of all versions, none with one of the 1 hash\n"
                            + "  do     find out why the file is another now; if that is right, remove its entry from"
                            + " pycontainer.lock and run mvn pycontainer:lock");
        }
    }

    @Test
    void wheelsStayInTheLayersThatAreKept() throws IOException {
        pins(alpha() + "\n" + beta());
        its.lockInputs();
        its.build();
        List<String> apart = dependencies();
        Files.writeString(
                file(),
                Files.readString(file())
                        .replaceFirst(
                                "(?s)\"shared\" : .*",
                                "\"shared\" : [{\"number\": 5, \"packages\": [\"alpha\", \"beta\"]}]}]}"));

        its.build();

        assertThat(apart).hasSize(2);
        assertThat(dependencies()).containsExactly("[alpha, beta]");
        its.lockInputs();
        assertThat(its.changes).isEmpty();
    }

    @Test
    void layersOfPackagesThatHaveGoneMakeTheLockStale() throws IOException {
        pins(alpha() + "\n" + beta());
        its.lockInputs();
        pins(beta());

        assertThatThrownBy(its::build).isInstanceOf(BuildRefused.class).hasMessage("""
                pycontainer.lock is stale: it keeps layers for alpha.
                  why    requirements.txt no longer has that package
                  do     run mvn pycontainer:lock, or set checks.staleLock to warn""");
        its.lockInputs();
        assertThat(its.changes).containsExactly("layers of 1 wheel for linux/amd64");
        its.build();
    }

    @Test
    void layersOfPackagesThatTheLockHasForOthersStay() throws IOException {
        pins(alpha() + "\n" + beta());
        its.lockInputs();
        pins(alpha().replace(" --hash", " ; python_version < '3.11' --hash") + "\n" + beta());

        its.build();
        its.lockInputs();

        assertThat(its.changes).isEmpty();
    }

    private List<String> dependencies() {
        return its.layers.stream()
                .filter(layer -> layer.kind() == LayerKind.DEPENDENCIES)
                .map(layer -> layer.packages().stream()
                        .map(LayerPackage::name)
                        .toList()
                        .toString())
                .toList();
    }

    private interface Runs {
        void run() throws IOException;
    }

    @Test
    void aChangedPinMakesTheLockStale() throws IOException {
        its.lockInputs();
        its.lock(TestWheels.named("alpha", "1.1").file("alpha/__init__.py", "VERSION = 2\n"));
        pins("alpha==1.1\nbeta==2.0\n");

        assertThatThrownBy(its::build).isInstanceOf(BuildRefused.class).hasMessage("""
                pycontainer.lock is stale: it keeps a hash of alpha 1.
                  why    requirements.txt no longer pins that version without a hash
                  do     run mvn pycontainer:lock, or set checks.staleLock to warn""");
        its.staleLock = Check.Level.WARN;
        assertThatThrownBy(its::build).hasMessageStartingWith("Package alpha 1.1 is unhashed.");
        assertThat(its.warnings)
                .extracting(BuildRefused::what)
                .contains("pycontainer.lock is stale: it keeps a hash of alpha 1.");

        its.staleLock = Check.Level.FAIL;
        its.lockInputs();
        assertThat(its.changes).hasSize(2).first().asString().startsWith("alpha==1.1 --hash=");
        assertThat(its.changes.get(1)).startsWith("no longer alpha==1 --hash=");
        its.build();
    }

    @Test
    void aFaultOfTheProjectsOwnLockIsPlacedThere() throws IOException {
        its.lockInputs();
        pins("alpha>=1");

        for (Runs run : new Runs[] {its::build, its::lockInputs}) {
            assertThatThrownBy(run::run).hasMessageContaining("  where  requirements.txt: line 1\n");
        }
    }

    @Test
    void aPinThatGotItsOwnHashMakesTheLockStale() throws IOException {
        its.lockInputs();
        pins(alpha() + "\n" + beta());

        assertThatThrownBy(its::build).hasMessageStartingWith("pycontainer.lock is stale: it keeps a hash of alpha 1.");
        its.lockInputs();
        assertThat(its.changes).containsExactly("no longer " + alpha(), "no longer " + beta());
        its.build();
    }

    @Test
    void hashesOfPinsForOtherTargetsAreKept() throws IOException {
        its.lockInputs();
        pins("alpha==1 ; python_version < '3.11'\nbeta==2.0\n");

        its.lockInputs();

        assertThat(its.changes).isEmpty();
        its.build();
    }

    @Test
    void aLockOfAnotherPythonIsStale() throws IOException {
        its.lockInputs();
        Files.writeString(file(), Files.readString(file()).replace("\"3.11\"", "\"3.12\""));

        assertThatThrownBy(its::build).isInstanceOf(BuildRefused.class).hasMessage("""
                pycontainer.lock is stale: it was written for Python 3.12.
                  why    the base has Python 3.11.2
                  do     run mvn pycontainer:lock, or set checks.staleLock to warn""");
        its.lockInputs();
        assertThat(its.changes).containsExactly("python 3.11, was 3.12");
    }

    @Test
    void aLockOfAnotherBaseIsRefusedAndWrittenAnew() throws IOException {
        its.lockInputs();
        Files.writeString(file(), Files.readString(file()).replace("/base:1\"", "/base:2\""));

        assertThatThrownBy(its::build)
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("pycontainer.lock was written for another base.");
        its.lockInputs();
        its.build();
    }

    @Test
    void offlineATagCannotBeLocked() {
        its.offline = true;

        assertThatThrownBy(its::lockInputs).isInstanceOf(BuildRefused.class).hasMessage("""
                The base %s cannot be locked offline.
                  why    its registry has to be asked what the tag means now
                  do     run it without -o, or name the base with its digest""".formatted(its.baseName()));
    }

    @Test
    void theProjectLayerHoldsNoLockOfOurs() throws IOException {
        its.lockInputs();
        Digest with = its.build().digest();
        Digest project = its.layerDigests().get(3);
        Files.writeString(file(), Files.readString(file()) + "\n");

        assertThat(its.build().digest()).isEqualTo(with);
        assertThat(its.layerDigests()).contains(project);
    }
}
