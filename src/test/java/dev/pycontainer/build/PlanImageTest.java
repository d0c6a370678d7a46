package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Work;
import dev.pycontainer.layer.KnownLayer;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.LibcVersion;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.LockFixture;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan tells, with a base and without, and what it asks of the network for that. */
class PlanImageTest {

    @TempDir
    Path directory;

    private TestBuild build;

    @BeforeEach
    void start() throws IOException {
        build = new TestBuild(directory);
    }

    @AfterEach
    void stop() {
        build.close();
    }

    @Test
    void thePlanTellsWhatABuildDoesAndNoWheelIsDownloaded() throws IOException {
        ImagePlan plan = build.plan();

        assertThat(build.count(Work.FILES_DOWNLOADED)).isZero();
        assertThat(build.count(Work.WHEELS_OPENED)).isZero();
        assertThat(plan.command().cmd()).contains(List.of("python", "/app/app.py"));
        assertThat(plan.facts())
                .extracting(fact -> fact.name())
                .containsExactly("interpreter", "machine", "python", "libc");
        assertThat(plan.packages()).extracting(PlannedPackage::toString).containsExactly("alpha 1.0", "beta 2.0");

        build.build();

        assertThat(plan.layers().stream()
                        .filter(layer -> !layer.kind().word().equals("base"))
                        .map(layer -> layer.kind() + " " + layer.packages()))
                .containsExactlyElementsOf(build.layers.stream()
                        .map(layer -> layer.kind() + " "
                                + layer.packages().stream()
                                        .map(held -> held.name())
                                        .toList())
                        .toList());
    }

    @Test
    void thePlanIsAFunctionOfTheInputsAlone() throws IOException {
        build.plan();
        String first = build.planJson();
        assertThat(build.count(Work.REQUESTS_SENT)).isGreaterThan(2);

        build.plan();
        assertThat(build.planJson()).isEqualTo(first);
        // How the registry speaks, and what the tag means.
        assertThat(build.count(Work.REQUESTS_SENT)).isEqualTo(2);

        build.build();
        build.output = directory.resolve("elsewhere");
        build.plan();
        assertThat(build.planJson()).isEqualTo(first);
    }

    /** CI may keep the small index of a cache and leave its blobs out. */
    @Test
    void layersThatWereWrittenBeforeAreKnownFromACacheWithoutBlobs() throws IOException {
        assertThat(build.plan().layers()).allMatch(layer -> layer.known().isEmpty());
        BuiltImage image = build.build();
        build.deleteBlobs();

        ImagePlan plan = build.plan();

        assertThat(build.count(Work.FILES_DOWNLOADED) + build.count(Work.WHEELS_OPENED))
                .isZero();
        List<Integer> wheels = IntStream.range(0, plan.layers().size())
                .filter(i -> plan.layers().get(i).kind() == LayerKind.DEPENDENCIES)
                .boxed()
                .toList();
        assertThat(wheels).isNotEmpty().allSatisfy(i -> {
            KnownLayer known = plan.layers().get(i).known().orElseThrow();
            assertThat(known.descriptor()).isEqualTo(image.manifest().layers().get(i));
            assertThat(known.diffId()).isEqualTo(build.layers.get(i - 1).diffId());
            assertThat(new PlanReport(plan).lines())
                    .contains("  " + (i + 1) + "  " + known.descriptor().digest() + ", "
                            + ByteCount.of(known.descriptor().size()));
        });

        assertThat(build.build().digest())
                .as("what was lost is made again, and is the same")
                .isEqualTo(image.digest());
    }

    @Test
    void everythingIsInPlanJson() throws IOException {
        lockOfAGraph();
        ImagePlan plan = build.plan();

        assertThat(build.planJson()).isEqualTo("""
                {
                  "formatVersion" : 1,
                  "lock" : {
                    "file" : "uv.lock",
                    "kind" : "uv.lock",
                    "sha256" : "LOCK"
                  },
                  "base" : {
                    "reference" : "BASE",
                    "digest" : "DIGEST"
                  },
                  "platforms" : [
                    {
                      "platform" : "linux/amd64",
                      "target" : {
                        "implementation" : "cpython",
                        "python" : "3.11.2",
                        "abi" : "cp311",
                        "libc" : "glibc",
                        "libcVersion" : "2.36",
                        "machine" : "x86_64",
                        "interpreter" : "/usr/bin/python3.11",
                        "sitePackages" : "lib/python3.11/site-packages",
                        "facts" : [
                          {
                            "name" : "interpreter",
                            "value" : "/usr/bin/python3.11",
                            "file" : "/usr/bin/python3.11",
                            "layer" : "LAYER"
                          },
                          {
                            "name" : "machine",
                            "value" : "x86_64",
                            "file" : "/usr/bin/python3.11",
                            "layer" : "LAYER"
                          },
                          {
                            "name" : "python",
                            "value" : "3.11.2",
                            "file" : "/usr/bin/python3.11",
                            "layer" : "LAYER"
                          },
                          {
                            "name" : "libc",
                            "value" : "glibc 2.36",
                            "file" : "/usr/lib/x86_64-linux-gnu/libc.so.6",
                            "layer" : "LAYER"
                          }
                        ]
                      },
                      "command" : {
                        "entrypoint" : [ ],
                        "cmd" : [
                          "python",
                          "/app/app.py"
                        ],
                        "why" : "python.run names a file of the project"
                      },
                      "packages" : [
                        {
                          "name" : "core",
                          "version" : "2.0",
                          "kind" : "wheel",
                          "source" : "index",
                          "file" : "core-2.0-py3-none-any.whl",
                          "sha256" : "HASH",
                          "size" : 3072,
                          "url" : "https://index.example/core-2.0-py3-none-any.whl",
                          "extras" : [ ],
                          "groups" : [
                            "test"
                          ],
                          "requiredBy" : [
                            "shop (group test)",
                            "web"
                          ],
                          "layer" : 2
                        },
                        {
                          "name" : "web",
                          "version" : "1.0",
                          "kind" : "wheel",
                          "source" : "index",
                          "file" : "web-1.0-py3-none-any.whl",
                          "sha256" : "HASH",
                          "size" : 1024,
                          "url" : "https://index.example/web-1.0-py3-none-any.whl",
                          "extras" : [
                            "fast"
                          ],
                          "groups" : [ ],
                          "requiredBy" : [
                            "shop"
                          ],
                          "layer" : 3
                        },
                        {
                          "name" : "zip",
                          "version" : "3.0",
                          "kind" : "wheel",
                          "source" : "index",
                          "file" : "zip-3.0-py3-none-any.whl",
                          "sha256" : "HASH",
                          "size" : 100,
                          "url" : "https://index.example/zip-3.0-py3-none-any.whl",
                          "extras" : [ ],
                          "groups" : [ ],
                          "requiredBy" : [
                            "web[fast]"
                          ],
                          "layer" : 4
                        }
                      ],
                      "omitted" : [
                        {
                          "name" : "winonly",
                          "version" : "1.0",
                          "reason" : "REASON"
                        }
                      ],
                      "layers" : [
                        {
                          "kind" : "base",
                          "size" : SIZE
                        },
                        {
                          "kind" : "environment"
                        },
                        {
                          "kind" : "dependencies",
                          "size" : 3072,
                          "packages" : [
                            "core"
                          ],
                          "why" : "shared layer 15 of 15: below 64 KiB, chosen by the first word of the name"
                        },
                        {
                          "kind" : "dependencies",
                          "size" : 1024,
                          "packages" : [
                            "web"
                          ],
                          "why" : "shared layer 2 of 15: below 64 KiB, chosen by the first word of the name"
                        },
                        {
                          "kind" : "dependencies",
                          "size" : 100,
                          "packages" : [
                            "zip"
                          ],
                          "why" : "shared layer 9 of 15: below 64 KiB, chosen by the first word of the name"
                        },
                        {
                          "kind" : "project",
                          "size" : PROJECT
                        }
                      ]
                    }
                  ]
                }
                """.replace(
                        "LOCK", plan.lock().sha256().hex())
                .replace("BASE", build.baseName())
                .replace("DIGEST", plan.base().orElseThrow().digest().toString())
                .replace("LAYER", plan.facts().get(0).layer().toString())
                .replace("HASH", LockFixture.A)
                .replace("REASON", plan.omitted().get(0).reason().replace("\"", "\\\""))
                .replace("SIZE", Long.toString(plan.layers().get(0).size().orElseThrow()))
                .replace("PROJECT", Long.toString(plan.layers().get(5).size().orElseThrow())));
        assertThat(build.count(Work.FILES_DOWNLOADED)).isZero();
    }

    @Test
    void aUrlsSecretIsNotWrittenDown() throws IOException {
        uvLock("{ name = \"web\" }", locked("web", "1.0", 10, "").replace(".whl\"", ".whl?token=s3cret\""));

        build.plan();

        assertThat(build.output.resolve("plan.json"))
                .content()
                .contains("\"https://index.example/web-1.0-py3-none-any.whl?token=…\"")
                .doesNotContain("s3cret");
    }

    @Test
    void peopleGetATableAndATree() throws IOException {
        lockOfAGraph();
        PlanReport report = new PlanReport(build.plan());

        assertThat(String.join("\n", report.lines())).isEqualTo("""
                command    python /app/app.py (python.run names a file of the project)

                   size  layer  package    version  wheel
                3.0 KiB      3  core       2.0      core-2.0-py3-none-any.whl
                1.0 KiB      4  web[fast]  1.0      web-1.0-py3-none-any.whl
                  100 B      5  zip        3.0      zip-3.0-py3-none-any.whl

                3 wheels, 4.1 KiB in 3 layers; 1 package of the lock left out

                layers of wheels, the lowest first
                  3  shared layer 15 of 15: below 64 KiB, chosen by the first word of the name
                  4  shared layer 2 of 15: below 64 KiB, chosen by the first word of the name
                  5  shared layer 9 of 15: below 64 KiB, chosen by the first word of the name

                left out
                  winonly 1.0: its marker `sys_platform == "win32"` does not hold""");
        assertThat(report.tree())
                .containsExactly(
                        "shop 1.0",
                        "+- core 2.0 (group test)",
                        "\\- web 1.0",
                        "   +- core 2.0",
                        "   \\- zip 3.0 (extra fast)");
        assertThat(report.warning()).isEmpty();
    }

    /** As of a requirements.txt: the wheels know. */
    @Test
    void whereTheLockDoesNotTellWhoRequiresWhatTheWheelsDo() throws IOException {
        build.lock(
                TestWheels.named("web", "1.0").metadata("""
                        Metadata-Version: 2.1
                        Name: web
                        Version: 1.0
                        Requires-Dist: core >= 1
                        Requires-Dist: winonly; sys_platform == "win32"
                        Requires-Dist: core[all]; extra == "fast"
                        Requires-Dist: zip; extra == "fast"
                        """),
                TestWheels.named("core", "2.0"),
                TestWheels.named("winonly", "1.0"),
                TestWheels.named("zip", "3.0"));

        assertThat(new PlanReport(build.plan()).tree())
                .containsExactly(
                        "shop 1.0",
                        "+- core 2.0",
                        "+- web 1.0",
                        "+- winonly 1.0",
                        "\\- zip 3.0",
                        "",
                        "what these require is told by neither the lock nor their index: core, web, winonly, zip");
        build.build();
        assertThat(new PlanReport(build.plan()).tree())
                .containsExactly("shop 1.0", "+- web 1.0", "|  \\- core 2.0", "+- winonly 1.0", "\\- zip 3.0");
    }

    @Test
    void extrasRequireTheirsWhoeverWantsThem() throws IOException {
        build.lock(
                TestWheels.named("web", "1.0").metadata("""
                        Metadata-Version: 2.1
                        Name: web
                        Version: 1.0
                        Requires-Dist: web[more]; extra == "fast"
                        Requires-Dist: core[all]; extra == "more"
                        Requires-Dist: zip; extra == "slow"
                        """),
                TestWheels.named("core", "2.0").metadata("""
                        Metadata-Version: 2.1
                        Name: core
                        Version: 2.0
                        Requires-Dist: zip; extra == "all"
                        """),
                TestWheels.named("zip", "3.0"));
        Path lock = build.project.resolve("requirements.txt");
        Files.writeString(lock, Files.readString(lock).replaceFirst("web", "web[fast]"));
        build.build();

        assertThat(new PlanReport(build.plan()).tree())
                .containsExactly(
                        "shop 1.0", "\\- web 1.0", "   \\- core 2.0 (extra more)", "      \\- zip 3.0 (extra all)");
    }

    @Test
    void manyPackagesThatAreLeftOutAreToldByTheirReasons() throws IOException {
        StringBuilder packages = new StringBuilder(locked("core", "2.0", 3072, "") + locked("web", "1.0", 1024, ""));
        packages.append(locked("winonly", "1.0", 10, ""));
        for (int i = 0; i < 60; i++) {
            packages.append(locked("other" + i, "1.0", 10, ""));
        }
        uvLock(
                "{ name = \"web\", extra = [\"fast\"] }, { name = \"winonly\", marker = \"sys_platform == 'win32'\" }",
                packages + "[package.optional-dependencies]\nfast = []\n");

        List<String> lines = new PlanReport(build.plan()).lines();

        assertThat(lines.subList(lines.indexOf("left out"), lines.size()))
                .containsExactly(
                        "left out",
                        "  60 packages: nothing requires it",
                        "  core 2.0: of the group \"test\"",
                        "  winonly 1.0: its marker `sys_platform == \"win32\"` does not hold",
                        "  which they are tells plan.json");
    }

    @Test
    void mostlyGpuPackagesAreToldWithFigures() throws IOException {
        uvLock(
                "{ name = \"torch\" }",
                locked(
                                "torch",
                                "2.0",
                                100 << 20,
                                "{ name = \"nvidia-cublas\" }, { name = \"nvidia-cudnn\" }, { name = \"nvidia-nccl\" }, { name = \"triton\" }")
                        + locked("nvidia-cublas", "12.0", 600 << 20, "")
                        + locked("nvidia-cudnn", "9.0", 500 << 20, "")
                        + locked("nvidia-nccl", "2.0", 100 << 20, "")
                        + locked("triton", "3.0", 200 << 20, ""));

        assertThat(new PlanReport(build.plan()).warning())
                .contains("GPU packages are 1.4 GiB of the wheels' 1.5 GiB (93 %): nvidia-cublas 600.0 MiB,"
                        + " nvidia-cudnn 500.0 MiB, triton 200.0 MiB and 1 more. An image that needs no GPU is smaller"
                        + " with what requires them locked from an index of builds for the CPU.");
    }

    @Test
    void otherLocalProjectsArePlannedInLayersOfTheirOwn() throws IOException {
        Files.delete(build.project.resolve("requirements.txt"));
        write("project/pylock.toml", """
                lock-version = "1.0"
                created-by = "test"

                [[packages]]
                name = "core"
                directory = { path = "libs/core", editable = true }

                [[packages]]
                name = "tools"
                directory = { path = "../tools" }
                """);
        member("project/libs/core", "core", "1.1");
        member("tools", "tools", "2");

        ImagePlan plan = build.plan();

        assertThat(plan.packages())
                .extracting(planned -> planned + " " + planned.kind() + " " + planned.source() + " of " + planned.size()
                        + " bytes in layer " + planned.layer())
                .containsExactly(
                        "core 1.1 MEMBER DIRECTORY of 0 bytes in layer 2",
                        "tools 2 MEMBER DIRECTORY of 0 bytes in layer 3");
        assertThat(plan.layers())
                .extracting(layer -> layer.kind().word() + " " + layer.packages())
                .containsExactly("base []", "environment []", "member [core]", "member [tools]", "project []");
        assertThat(build.planJson()).contains("\"kind\" : \"member\"").doesNotContain(directory.toString());
    }

    @Test
    void withoutABaseNothingIsAskedOfAnyone() throws IOException {
        lockOfAGraph();
        assumed("3.12", "musl-1.2", "linux/arm64");

        ImagePlan plan = build.plan();

        assertThat(build.count(Work.REQUESTS_SENT)).isZero();
        assertThat(plan.base()).isEmpty();
        assertThat(plan.target().description()).isEqualTo("CPython 3.12 (cp312) with musl 1.2 on linux aarch64");
        assertThat(build.planJson())
                .contains("\"platform\" : \"linux/arm64\"", "\"python\" : \"3.12.0\"")
                .doesNotContain("\"base\"", "\"interpreter\"");
        assertThat(new PlanReport(plan).lines())
                .startsWith(
                        "target     CPython 3.12 (cp312) with musl 1.2 on linux aarch64, as the parameters say; no base");
    }

    @Test
    void withoutABaseThePythonMayBeChosenByTheProject() throws IOException {
        lockOfAGraph();
        assumed("3.12", "glibc-2.36", "linux/amd64");
        build.python = Optional.empty();

        assertThat(build.plan().target().pythonMinor()).isEqualTo("3.15");
        assertThat(build.warnings)
                .extracting(BuildRefused::getMessage)
                .containsExactly("python.version is not set: 3.15 is taken, the newest that requires-python allows and"
                        + " every package has a wheel for.");
    }

    @Test
    void withoutABaseNothingCanBeInheritedNorAnotherPythonAllowed() throws IOException {
        lockOfAGraph();
        assumed("3.9", "glibc-2.36", "linux/amd64");

        assertThatThrownBy(build::plan).isInstanceOf(BuildRefused.class).hasMessage("""
                The project needs Python >=3.11, the plan is for 3.9.0.
                  where  python.version
                  do     set python.version to such a Python, all three numbers where they matter""");
        assumed("3.11", "glibc-2.36", "linux/amd64");
        build.args = Optional.of(List.of("INHERIT"));
        assertThatThrownBy(build::plan).isInstanceOf(BuildRefused.class).hasMessage("""
                Nothing can be inherited of a base that is not named.
                  why    container.entrypoint or container.args is INHERIT
                  do     set from.image, or plan without them""");
    }

    @Test
    void aBaseHasItsOwnLibcAndPython() throws IOException {
        build.libc = Optional.of(LibcVersion.parse("glibc-2.36"));
        assertThatThrownBy(build::plan).isInstanceOf(BuildRefused.class).hasMessage("""
                python.libc is glibc-2.36, and an image is built on a base, which has its own.
                  where  python.libc
                  why    python.libc is for the goal plan where no base is named
                  do     remove python.libc, or plan without from.image""");

        build.libc = Optional.empty();
        build.python = Optional.of(Version.parse("3.12"));
        assertThatThrownBy(build::plan).isInstanceOf(BuildRefused.class).hasMessage("""
                The base has Python 3.11.2, python.version asks for 3.12.
                  where  base %s
                  do     set one of them to what the other has, or remove python.version""".formatted(build.baseName()));

        build.python = Optional.of(Version.parse("3.11"));
        assertThat(build.plan().target().python()).hasToString("3.11.2");
    }

    @Test
    void aSizeThatNeitherLockNorPageTellsIsAskedOfTheServer() throws IOException {
        build.pageTellsSizes = false;
        build.lock(TestWheels.named("alpha", "1.0").file("alpha.py", "x = 1\n"));
        build.plan();
        long first = build.count(Work.REQUESTS_SENT);

        ImagePlan plan = build.plan();

        // The registry's two, and one HEAD; the page is remembered.
        assertThat(build.count(Work.REQUESTS_SENT)).isEqualTo(3).isLessThan(first);
        assertThat(plan.packages().get(0).size())
                .isEqualTo(Files.size(directory.resolve("wheels/alpha-1.0-py3-none-any.whl")));
        assertThat(build.count(Work.FILES_DOWNLOADED)).isZero();
    }

    @Test
    void aSizeThatNobodyTellsIsRefusedUntilTheWheelWasFetched() throws IOException {
        build.pageTellsSizes = false;
        build.headTellsSizes = false;
        build.lock(TestWheels.named("alpha", "1.0").file("alpha.py", "x = 1\n"));

        assertThatThrownBy(build::plan)
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(
                        "Nobody tells the size of alpha-1.0-py3-none-any.whl.\n  where  wheel alpha-1.0-py3")
                .hasMessageContaining("why    the lock and the index do not, and to HEAD its server answers")
                .hasMessageContaining("405")
                .hasMessageEndingWith("do     build once: the cache tells it then");

        build.build();
        assertThat(build.plan().packages()).hasSize(1);
    }

    @Test
    void whatABuildRefusesAPlanRefusesToo() throws IOException {
        build.lock(TestWheels.named("alpha", "1.0").tag("cp39-cp39-manylinux_2_17_x86_64"));
        Throwable ofBuild = catchThrowable(build::build);

        assertThatThrownBy(build::plan)
                .isInstanceOf(BuildRefused.class)
                .hasMessage(ofBuild.getMessage())
                .hasMessageStartingWith("No wheel of alpha 1.0 fits the base.");
        assertThat(build.output.resolve("plan.json")).doesNotExist();
    }

    @Test
    void aCommandThatOnlyAWheelKnowsIsNotGuessed() throws IOException {
        build.run = "alpha";

        ImagePlan plan = build.plan();

        assertThat(plan.command().cmd()).isEmpty();
        assertThat(new PlanReport(plan).lines())
                .contains(
                        "command    not known yet (python.run names nothing of the project; whether a dependency has it,"
                                + " its wheel tells the build)");
        assertThat(build.planJson()).doesNotContain("\"cmd\"");

        build.run = "gunicorn:app";
        assertThatThrownBy(build::plan).hasMessageStartingWith("\"gunicorn:app\" names a callable");
    }

    @Test
    void anImageForAnotherMachineIsPlannedAndBuiltFromItsOwnBase() throws IOException {
        build.baseForArm64();
        build.lock(TestWheels.named("fast", "1.0")
                .tag("cp311-cp311-manylinux_2_17_aarch64")
                .file("fast.py", ""));

        assertThat(build.plan().target().machine()).isEqualTo("aarch64");
        assertThat(build.planJson()).contains("\"platform\" : \"linux/arm64\"");
        BuiltImage image = build.build();

        assertThat(Files.readString(build.output.resolve("image.json"))).contains("\"platform\" : \"linux/arm64\"");
        Digest config = image.imageId();
        assertThat(Files.readString(build.output.resolve("layout/blobs/sha256").resolve(config.hex())))
                .contains("\"architecture\":\"arm64\"");
        build.platform = Platform.LINUX_AMD64;
        assertThatThrownBy(build::build).hasMessageStartingWith("The base has no image for linux/amd64.");
    }

    private void assumed(String python, String libc, String platform) {
        build.image = Optional.empty();
        build.python = Optional.of(Version.parse(python));
        build.libc = Optional.of(LibcVersion.parse(libc));
        build.platform = Platform.parse(platform);
    }

    /** A package with an extra, one that two require, a group, and one for another system. */
    private void member(String path, String name, String version) throws IOException {
        write(path + "/pyproject.toml", """
                [project]
                name = "%s"
                version = "%s"
                [build-system]
                requires = ["hatchling"]
                build-backend = "hatchling.build"
                """.formatted(name, version));
        write(path + "/src/" + name + "/__init__.py", "");
    }

    private void write(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void lockOfAGraph() throws IOException {
        build.groups = List.of("test");
        uvLock(
                "{ name = \"web\", extra = [\"fast\"] }, { name = \"winonly\", marker = \"sys_platform == 'win32'\" }",
                locked("core", "2.0", 3072, "")
                        + locked("web", "1.0", 1024, "{ name = \"core\" }")
                        + "[package.optional-dependencies]\nfast = [{ name = \"zip\" }]\n"
                        + locked("winonly", "1.0", 10, "")
                        + locked("zip", "3.0", 100, ""));
    }

    private void uvLock(String dependencies, String packages) throws IOException {
        Files.deleteIfExists(build.project.resolve("requirements.txt"));
        build.indexInPlaceOfDefault = false;
        String requirements = "\"web[fast]\", \"winonly ; sys_platform == 'win32'\"";
        Files.writeString(build.project.resolve("pyproject.toml"), """
                [project]
                name = "shop"
                version = "1.0"
                requires-python = ">=3.11"
                dependencies = [%s]
                [dependency-groups]
                test = ["core"]
                """.formatted(
                        dependencies.contains("torch") ? "\"torch\"" : requirements));
        Files.writeString(build.project.resolve("uv.lock"), """
                version = 1
                requires-python = ">=3.11"

                [[package]]
                name = "shop"
                version = "1.0"
                source = { virtual = "." }
                dependencies = [%s]

                [package.dev-dependencies]
                test = [%s]
                %s""".formatted(
                        dependencies, dependencies.contains("torch") ? "" : "{ name = \"core\" }", packages));
    }

    private static String locked(String name, String version, long size, String dependencies) {
        return """

                [[package]]
                name = "%s"
                version = "%s"
                source = { registry = "https://index.example/simple" }
                dependencies = [%s]
                wheels = [
                    { url = "https://index.example/%s-%s-py3-none-any.whl", hash = "sha256:%s", size = %d },
                ]
                """.formatted(name, version, dependencies, name.replace('-', '_'), version, LockFixture.A, size);
    }
}
