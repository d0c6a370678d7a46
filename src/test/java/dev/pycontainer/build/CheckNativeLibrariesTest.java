package dev.pycontainer.build;

import static dev.pycontainer.testkit.MinimalElf.AARCH64;
import static dev.pycontainer.testkit.MinimalElf.X86_64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.base.LayerTar;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.layer.FindPackage;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.layer.LayerPackage;
import dev.pycontainer.layer.LayerStore;
import dev.pycontainer.layer.Runnables;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.rootfs.ReadLayerIndex;
import dev.pycontainer.rootfs.TarLayer;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import dev.pycontainer.testkit.DynamicElf;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckNativeLibrariesTest {

    private static final String GLIBC = "/lib64/ld-linux-x86-64.so.2";
    private static final String SITE = "opt/venv/lib/python3.11/site-packages/";
    private static final Target TARGET = target(Libc.GLIBC, "2.36");

    @TempDir
    Path cache;

    private final Tally tally = new Tally();
    private final List<String> warnings = new ArrayList<>();
    private Check.Level level = Check.Level.WARN;
    private Map<String, String> environment = Map.of();
    private BlobStore blobs;
    private TarLayer base;

    @BeforeEach
    void aDebian() throws IOException {
        blobs = new BlobStore(cache, tally);
        base = base("ID=debian\nVERSION_CODENAME=bookworm\n");
    }

    @Test
    void aLibraryThatIsMissingIsToldOnceWithThePackageThatHasIt() throws IOException {
        check(wheel(
                "cv2",
                new LayerTar()
                        .file(SITE + "cv2/a.so", elf().needs("libGL.so.1").bytes())
                        .file(SITE + "cv2/b.so", elf().needs("libGL.so.1").bytes())
                        .file(SITE + "cv2/c.so", elf().needs("libGL.so.1").bytes())));

        assertThat(warnings).containsExactly("""
                cv2-1.0-py3-none-any.whl needs libGL.so.1, which is not in the image.
                  why    libGL.so.1, needed by /opt/venv/lib/python3.11/site-packages/cv2/a.so and 2 files more
                  do     add libgl1 to from.packages, or set checks.nativeLibraries to off""");
    }

    @Test
    void allThatAPackageLacksIsOneAnswer() throws IOException {
        check(wheel(
                "cv2",
                new LayerTar()
                        .file(
                                SITE + "cv2/a.so",
                                elf().needs("libgthread-2.0.so.0")
                                        .needs("libglib-2.0.so.0")
                                        .needs("libown.so.7")
                                        .bytes())
                        .file(SITE + "cv2/b.so", elf().needs("libglib-2.0.so.0").bytes())));

        assertThat(warnings).containsExactly("""
                cv2-1.0-py3-none-any.whl needs 3 libraries that are not in the image.
                  why    libgthread-2.0.so.0, needed by /opt/venv/lib/python3.11/site-packages/cv2/a.so
                         libglib-2.0.so.0, needed by /opt/venv/lib/python3.11/site-packages/cv2/a.so and 1 file more
                         libown.so.7, needed by /opt/venv/lib/python3.11/site-packages/cv2/a.so
                  do     add libglib2.0-0 to from.packages, and the Debian package with the rest, \
                or set checks.nativeLibraries to off""");
    }

    @Test
    void ofManyTheFirstAreShown() throws IOException {
        DynamicElf module = elf();
        for (int i = 10; i < 22; i++) {
            module.needs("libn" + i + ".so");
        }
        check(wheel("many", new LayerTar().file(SITE + "m.so", module.bytes())));

        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("needs 12 libraries", "libn19.so, needed by", "\n         and 2 more\n")
                .doesNotContain("libn20")
                .endsWith("add the Debian package with each of them to from.packages,"
                        + " or set checks.nativeLibraries to off");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ID=debian;VERSION_CODENAME=trixie;| add the Debian package with it to from.packages",
                "ID=debian;VERSION_CODENAME=sid;| add the Debian package with it to from.packages",
                "ID=ubuntu;VERSION_CODENAME=noble;| use a base that has it",
                "| use a base that has it"
            })
    void onOtherSystemsTheAdviceIsAnother(String release, String advice) throws IOException {
        base = base(release == null ? "" : release.replace(';', '\n'));

        check(wheel(
                "own",
                new LayerTar().file(SITE + "m.so", elf().needs("libown.so.7").bytes())));

        assertThat(warnings).singleElement().asString().contains("  do     " + advice + ", or set");
    }

    @Test
    void aNewerLibraryThatIsNeededIsTold() throws IOException {
        check(wheel(
                "new",
                new LayerTar()
                        .file(
                                SITE + "a.so",
                                elf().needs("libc.so.6", "GLIBC_2.36", "GLIBC_2.38")
                                        .bytes())
                        .file(
                                SITE + "b.so",
                                elf().needs("libc.so.6", "GLIBC_2.39").bytes())));

        assertThat(warnings).containsExactly("""
                new-1.0-py3-none-any.whl needs a newer libc.so.6 than the image has.
                  why    GLIBC_2.38, GLIBC_2.39 of libc.so.6, needed by \
                /opt/venv/lib/python3.11/site-packages/a.so and 1 file more
                  do     use a newer base, or lock a version of the package that is made for older ones, \
                or set checks.nativeLibraries to off""");
    }

    @Test
    void newerLibrariesAreToldTogether() throws IOException {
        check(wheel(
                "new",
                new LayerTar()
                        .file(
                                SITE + "a.so",
                                elf().needs("libc.so.6", "GLIBC_2.38")
                                        .needs("libstdc++.so.6", "GLIBCXX_3.4.32")
                                        .bytes())));

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("new-1.0-py3-none-any.whl needs newer libraries than the image has.");
    }

    @Test
    void aFileForAnotherMachineIsTold() throws IOException {
        check(wheel(
                "arm",
                new LayerTar()
                        .file(SITE + "arm/m.abi3.so", DynamicElf.of(AARCH64).bytes())));

        assertThat(warnings).containsExactly("""
                arm-1.0-py3-none-any.whl holds files for aarch64, and the image is for x86_64.
                  why    /opt/venv/lib/python3.11/site-packages/arm/m.abi3.so: for aarch64
                  do     take files that are made for x86_64, or set checks.nativeLibraries to off""");
    }

    @Test
    void aModuleOfAnotherMachinesPythonIsTold() throws IOException {
        check(wheel(
                "arm",
                new LayerTar()
                        .file(
                                SITE + "arm/m.cpython-311-aarch64-linux-gnu.so",
                                DynamicElf.of(AARCH64).bytes())));

        assertThat(warnings).singleElement().asString().startsWith("arm-1.0-py3-none-any.whl holds files for aarch64");
    }

    @Test
    void aProgramWithoutItsLoaderIsTold() throws IOException {
        check(wheel(
                "tool",
                new LayerTar()
                        .program(
                                "opt/venv/bin/tool",
                                elf().interpreter("/lib/ld-musl-x86_64.so.1").bytes())));

        assertThat(warnings).containsExactly("""
                tool-1.0-py3-none-any.whl holds programs whose loader is not in the image.
                  why    /lib/ld-musl-x86_64.so.1, for /opt/venv/bin/tool
                  do     use a base that has it, or a package made for the base's C library, \
                or set checks.nativeLibraries to off""");
    }

    @Test
    void whatIsMadeForMuslIsToldOnGlibc() throws IOException {
        check(wheel(
                "musl",
                new LayerTar()
                        .file(
                                SITE + "m.so",
                                elf().needs("libc.musl-x86_64.so.1").bytes())));

        assertThat(warnings).containsExactly("""
                musl-1.0-py3-none-any.whl holds libraries made for musl, and the image's C library is glibc.
                  why    libc.musl-x86_64.so.1, needed by /opt/venv/lib/python3.11/site-packages/m.so
                  do     lock a wheel that is made for glibc, whose tag is manylinux, \
                or set checks.nativeLibraries to off""");
    }

    @Test
    void whatIsMadeForGlibcIsToldOnMusl() throws IOException {
        base = TarLayer.of(new LayerTar()
                .file("lib/ld-musl-x86_64.so.1", DynamicElf.library(X86_64, "libc.musl-x86_64.so.1"))
                .program(
                        "usr/bin/python3.11",
                        elf().interpreter("/lib/ld-musl-x86_64.so.1").bytes()));

        check(
                target(Libc.MUSL, "1.2"),
                wheel(
                        "gnu",
                        new LayerTar()
                                .file(
                                        SITE + "m.so",
                                        elf().needs("libc.so.6", "GLIBC_2.17").bytes())));

        assertThat(warnings).containsExactly("""
                gnu-1.0-py3-none-any.whl holds libraries made for glibc, and the image's C library is musl.
                  why    libc.so.6, needed by /opt/venv/lib/python3.11/site-packages/m.so
                  do     lock a wheel that is made for musl, whose tag is musllinux, \
                or set checks.nativeLibraries to off""");
    }

    @Test
    void theLibraryPathOfTheImageIsSearched() throws IOException {
        base = TarLayer.of(debian("").file("opt/cuda/libfoo.so.1", DynamicElf.library(X86_64, "libfoo.so.1")));
        LayerBlob wheel = wheel(
                "gpu",
                new LayerTar().file(SITE + "m.so", elf().needs("libfoo.so.1").bytes()));

        environment = Map.of("LD_LIBRARY_PATH", "relative::/opt/cuda");
        check(wheel);
        assertThat(warnings).isEmpty();

        environment = Map.of();
        check(wheel);
        assertThat(warnings).as("the verdict depends on it").hasSize(1);
    }

    @Test
    void theDirectoriesOfTheLoadersConfigurationAreSearched() throws IOException {
        base = TarLayer.of(debian("")
                .file("etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf\n")
                .file("etc/ld.so.conf.d/local.conf", "/usr/local/lib\n")
                .file("usr/local/lib/libfoo.so.1", DynamicElf.library(X86_64, "libfoo.so.1")));

        check(wheel(
                "m",
                new LayerTar().file(SITE + "m.so", elf().needs("libfoo.so.1").bytes())));

        assertThat(warnings).isEmpty();
    }

    @Test
    void aConfigurationThatCannotBeFollowedIsAFinding() throws IOException {
        base = TarLayer.of(debian("").file("etc/ld.so.conf", "lib\n"));

        check(wheel(
                "m",
                new LayerTar().file(SITE + "m.so", elf().needs("libfoo.so.1").bytes())));

        assertThat(warnings).containsExactly("""
                The loader's configuration names "lib", which is no absolute path.
                  where  /etc/ld.so.conf
                  do     correct it in the base, or set checks.nativeLibraries to off""");
    }

    // the host's driver; threading layers, bindings and plug-ins that are taken where they can be loaded
    @ParameterizedTest
    @CsvSource({
        "torch, libcuda.so.1",
        "anything, libnvidia-ml.so.1",
        "nvidia-nvshmem-cu13, libibverbs.so.1",
        "numba, libgomp.so.1.0.0",
        "tbb, libhwloc.so.15"
    })
    void whatNobodyMissesIsNotTold(String owner, String library) throws IOException {
        check(wheel(
                owner, new LayerTar().file(SITE + "m.so", elf().needs(library).bytes())));

        assertThat(warnings).isEmpty();
    }

    @Test
    void aLibraryOfTheSystemThatAnotherWheelBringsIsNoHelp() throws IOException {
        check(
                wheel(
                        "lightgbm",
                        new LayerTar()
                                .file(
                                        SITE + "lightgbm/m.so",
                                        elf().needs("libgomp.so.1").bytes())),
                wheel(
                        "torch",
                        new LayerTar()
                                .file(SITE + "torch/lib/libgomp.so.1", DynamicElf.library(X86_64, "libgomp.so.1"))),
                wheel(
                        "gpu",
                        new LayerTar()
                                .file(
                                        SITE + "gpu/m.so",
                                        elf().needs("libcudart.so.13").bytes())),
                wheel(
                        "nvidia",
                        new LayerTar()
                                .file(SITE + "nvidia/libcudart.so.13", DynamicElf.library(X86_64, "libcudart.so.13"))));

        assertThat(warnings).singleElement().asString().startsWith("lightgbm-1.0-py3-none-any.whl needs libgomp.so.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m.cpython-310-x86_64-linux-gnu.so",
                "cv2/qt/plugins/platforms/libqxcb.so",
                "cv2.libs/libnobody.so"
            })
    void whatNobodyLoadsLacksNothing(String file) throws IOException {
        check(wheel(
                "m",
                new LayerTar().file(SITE + file, elf().needs("libnone.so.1").bytes())));

        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "debugpy/attach_linux_arm64.so",
                "driver/linux-aarch64/tool",
                "driver/aarch64/tool",
                "m.cpython-310-aarch64-linux-gnu.so"
            })
    void filesThatAreNamedForAnotherMachineAreForIt(String file) throws IOException {
        check(wheel("m", new LayerTar().file(SITE + file, DynamicElf.of(AARCH64).bytes())));

        assertThat(warnings).isEmpty();
    }

    @Test
    void filesForTestsEndNoBuild() throws IOException {
        level = Check.Level.FAIL;

        check(wheel(
                "m",
                new LayerTar()
                        .file(SITE + "m/tests/t.so", elf().needs("libnone.so.1").bytes())));

        assertThat(warnings).containsExactly("""
                m-1.0-py3-none-any.whl needs libnone.so.1, which is not in the image.
                  why    libnone.so.1, needed by /opt/venv/lib/python3.11/site-packages/m/tests/t.so
                  do     add the Debian package with it to from.packages, or let checks.nativeLibraries be off""");
    }

    @Test
    void whatIsNeededElsewhereTooEndsIt() throws IOException {
        level = Check.Level.FAIL;
        LayerBlob wheel = wheel(
                "m",
                new LayerTar()
                        .file(SITE + "m/tests/t.so", elf().needs("libnone.so.1").bytes())
                        .file(SITE + "m/z.so", elf().needs("libnone.so.1").bytes()));

        assertThatThrownBy(() -> check(wheel))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("needed by /opt/venv/lib/python3.11/site-packages/m/z.so and 1 file more")
                .hasMessageEndingWith("or set checks.nativeLibraries to warn");
        assertThat(warnings).isEmpty();
    }

    @Test
    void ownersAreToldByWhatTheyAre() throws IOException {
        LayerBlob system = layer(
                LayerKind.SYSTEM,
                new LayerTar()
                        .file(
                                "usr/lib/liba.so.1",
                                elf().soname("liba.so.1").needs("libx.so.1").bytes()),
                "liba1");
        LayerBlob several = layer(
                LayerKind.SYSTEM,
                new LayerTar()
                        .file(
                                "usr/lib/libb.so.1",
                                elf().soname("libb.so.1").needs("libx.so.2").bytes()),
                "libb1",
                "libb2",
                "libb3",
                "libb4");
        LayerBlob member = layer(
                LayerKind.MEMBER,
                new LayerTar()
                        .file("opt/members/m/m.so", elf().needs("libx.so.3").bytes()),
                "m");
        LayerBlob project = layer(
                LayerKind.PROJECT,
                new LayerTar().file("app/p.so", elf().needs("libx.so.4").bytes()),
                "shop");
        LayerBlob extra = layer(
                LayerKind.EXTRA,
                new LayerTar().file("srv/e.so", elf().needs("libx.so.5").bytes()));

        new CheckNativeLibraries(index(), remembered(), toCheck())
                .in(List.of(base, system), TARGET, List.of(several, member, project, extra), environment, find());

        assertThat(warnings.stream().map(warning -> warning.substring(0, warning.indexOf(" needs"))))
                .containsExactlyInAnyOrder(
                        "The package liba1",
                        "One of the packages libb1, libb2, libb3 and 1 more",
                        "The member m",
                        "The project",
                        "The layer of the extra");
    }

    @Test
    void eachLayerIsReadOnceEverAndTheVerdictOnTheSameLayersIsRemembered() throws IOException {
        LayerBlob wheel = wheel(
                "m",
                new LayerTar().file(SITE + "m.so", elf().needs("libnone.so.1").bytes()));
        LayerBlob project = layer(LayerKind.PROJECT, new LayerTar().file("app/one.py", "1"), "shop");

        check(wheel, project);
        assertThat(base.opened()).isEqualTo(1);
        assertThat(tally.of(Work.BLOBS_READ)).isEqualTo(2);
        assertThat(warnings).hasSize(1);

        check(wheel, project);
        assertThat(base.opened()).isEqualTo(1);
        assertThat(tally.of(Work.BLOBS_READ)).isEqualTo(2);
        assertThat(warnings).as("told in every build").hasSize(2).allMatch(warnings.get(0)::equals);

        check(wheel, layer(LayerKind.PROJECT, new LayerTar().file("app/one.py", "2"), "shop"));
        assertThat(base.opened()).isEqualTo(1);
        assertThat(tally.of(Work.BLOBS_READ)).as("the project's layer alone").isEqualTo(3);
        assertThat(warnings).hasSize(3);
    }

    @Test
    void aLayerThatCannotBeReadIsRefusedWithTheWayOut() throws IOException {
        base = TarLayer.of(debian("").hardLink("usr/bin/alias", "usr/bin/none"));

        assertThatThrownBy(() -> check(wheel("m", new LayerTar().file(SITE + "m.py", ""))))
                .isInstanceOf(BuildRefused.class)
                .hasMessageEndingWith(
                        "do     use another base, or set checks.nativeLibraries to off, for which no layer is read");
    }

    @Test
    void whereItIsOffNothingIsRead() throws IOException {
        level = Check.Level.OFF;

        check(wheel(
                "m",
                new LayerTar().file(SITE + "m.so", elf().needs("libnone.so.1").bytes())));

        assertThat(base.opened()).isZero();
        assertThat(tally.of(Work.BLOBS_READ)).isZero();
        assertThat(warnings).isEmpty();
    }

    @Test
    void theBaseIsNotLookedAt() throws IOException {
        base = TarLayer.of(debian("")
                .file("usr/lib/libold.so.1", elf().needs("libnone.so.1").bytes()));

        check(wheel("m", new LayerTar().file(SITE + "m.py", "")));

        assertThat(warnings).isEmpty();
    }

    private static Target target(Libc libc, String version) {
        return new Target(
                "cpython",
                Version.parse("3.11.2"),
                "cp311",
                libc,
                version,
                "x86_64",
                "/usr/bin/python3.11",
                "lib/python3.11/site-packages");
    }

    private static TarLayer base(String release) throws IOException {
        return TarLayer.of(debian(release));
    }

    private static LayerTar debian(String release) throws IOException {
        return new LayerTar()
                .link("lib64", "usr/lib64")
                .link("lib", "usr/lib")
                .file("usr/lib/os-release", release)
                .link("etc/os-release", "../usr/lib/os-release")
                .file("usr/lib64/ld-linux-x86-64.so.2", DynamicElf.library(X86_64, "ld-linux-x86-64.so.2"))
                .file(
                        "usr/lib/x86_64-linux-gnu/libc.so.6",
                        elf().soname("libc.so.6")
                                .defines("GLIBC_2.2.5", "GLIBC_2.36")
                                .bytes())
                .file(
                        "usr/lib/x86_64-linux-gnu/libstdc++.so.6",
                        elf().soname("libstdc++.so.6").defines("GLIBCXX_3.4.30").bytes())
                .program("usr/bin/python3.11", elf().interpreter(GLIBC).bytes());
    }

    private static DynamicElf elf() {
        return DynamicElf.of(X86_64);
    }

    private LayerBlob wheel(String name, LayerTar tar) throws IOException {
        return layer(LayerKind.DEPENDENCIES, tar, name);
    }

    private LayerBlob layer(LayerKind kind, LayerTar content, String... names) throws IOException {
        byte[] tar = content.tar();
        byte[] blob = LayerTar.gzip(tar);
        List<LayerPackage> packages = List.of(names).stream()
                .map(name -> new LayerPackage(
                        name,
                        "1.0",
                        kind == LayerKind.DEPENDENCIES
                                ? Optional.of(new LayerPackage.File(name + "-1.0-py3-none-any.whl", Digest.of(name)))
                                : Optional.empty()))
                .toList();
        return new LayerBlob(
                kind,
                Digest.of(tar),
                Descriptor.of(MediaTypes.OCI_LAYER_GZIP, Digest.of(blob), blob.length),
                blobs.keep(new ByteArrayInputStream(blob), Digest.of(blob), blob.length, "a layer"),
                packages,
                Runnables.union(List.of()),
                false);
    }

    private void check(LayerBlob... above) throws IOException {
        check(TARGET, above);
    }

    private void check(Target target, LayerBlob... above) throws IOException {
        List<Layer> below = List.of(base);
        new CheckNativeLibraries(index(), remembered(), toCheck())
                .in(below, target, List.of(above), environment, find());
    }

    private Check toCheck() {
        return new Check("checks.nativeLibraries", level, warning -> warnings.add(warning.getMessage()));
    }

    private ReadLayerIndex index() {
        return new ReadLayerIndex(blobs, remembered());
    }

    private Remembered remembered() {
        return new Remembered(cache);
    }

    private FindPackage find() {
        return new FindPackage(
                new LayerStore(blobs, remembered(), tally, LayerForm.GZIP),
                InstallScheme.of("/opt/venv", TARGET),
                FileFilter.NONE);
    }
}
