package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Work;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A build that finds nothing changed does nothing, and one that should not find so does not. */
class UnchangedImageTest {

    @TempDir
    Path directory;

    private TestBuild its;

    @BeforeEach
    void start() throws IOException {
        its = new TestBuild(directory);
        Files.createDirectories(its.project.resolve("lib"));
        Files.writeString(its.project.resolve("lib/text.py"), "TEXT = 1\n");
        Files.createSymbolicLink(its.project.resolve("link.py"), Path.of("app.py"));
        Files.writeString(its.project.resolve(".gitignore"), "*.log\n");
        Files.writeString(its.project.resolve("note.log"), "\n");
    }

    @AfterEach
    void stop() {
        its.close();
    }

    @Test
    void withNothingChangedTheBaseIsAskedForAndNothingElseIsDone() throws IOException {
        Digest first = its.build().digest();
        Map<String, String> before = filesOf(its.output);

        BuiltImage second = its.build();

        assertThat(its.unchanged).isTrue();
        assertThat(second.digest()).isEqualTo(first);
        assertThat(its.count(Work.PROJECT_FILES_READ)).isZero();
        assertThat(its.count(Work.WHEELS_OPENED)).isZero();
        assertThat(its.count(Work.LAYERS_WRITTEN)).isZero();
        assertThat(its.count(Work.BLOBS_READ)).as("the base's configuration").isEqualTo(1);
        Map<String, String> after = filesOf(its.output);
        assertThat(after.remove("untouched.index"))
                .as("known to be right from here on")
                .isNotNull();
        assertThat(after).isEqualTo(before);
    }

    /** Some of these change no byte of the image, and are nevertheless looked at. */
    private enum Change {
        SOURCE_OF_THE_SAME_SIZE("app.py") {
            @Override
            void make(TestBuild its) throws IOException {
                Files.writeString(its.project.resolve("app.py"), "print('two')\n");
            }
        },
        SOURCE_WITH_ITS_OLD_TIME("app.py") {
            @Override
            void make(TestBuild its) throws IOException {
                Path file = its.project.resolve("app.py");
                FileTime time = Files.getLastModifiedTime(file);
                Files.writeString(file, "print('two')\n");
                Files.setLastModifiedTime(file, time);
            }
        },
        NEW_SOURCE("lib") {
            @Override
            void make(TestBuild its) throws IOException {
                Files.writeString(its.project.resolve("lib/more.py"), "MORE = 1\n");
            }
        },
        SOURCE_GONE("lib") {
            @Override
            void make(TestBuild its) throws IOException {
                Files.delete(its.project.resolve("lib/text.py"));
            }
        },
        EXECUTABLE("lib/text.py") {
            @Override
            void make(TestBuild its) throws IOException {
                Files.setPosixFilePermissions(
                        its.project.resolve("lib/text.py"), PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        },
        LINK_TO_ANOTHER_FILE("link.py") {
            @Override
            void make(TestBuild its) throws IOException {
                Files.delete(its.project.resolve("link.py"));
                Files.createSymbolicLink(its.project.resolve("link.py"), Path.of("lib/text.py"));
            }
        },
        IGNORED_NO_MORE(".gitignore") {
            @Override
            void make(TestBuild its) throws IOException {
                Files.writeString(its.project.resolve(".gitignore"), "*.lag\n");
            }
        },
        PROJECT("pyproject.toml") {
            @Override
            void make(TestBuild its) throws IOException {
                Files.writeString(
                        its.project.resolve("pyproject.toml"), "[project]\nname = \"shop\"\nversion = \"1.1\"\n");
            }
        },
        LOCK("requirements.txt") {
            @Override
            void make(TestBuild its) throws IOException {
                its.lock(TestWheels.named("gamma", "3.0").file("gamma/__init__.py", ""));
            }
        },
        PINS(".") {
            @Override
            void make(TestBuild its) throws IOException {
                its.lockInputs();
            }
        },
        TAG_OF_THE_BASE("base ") {
            @Override
            void make(TestBuild its) throws IOException {
                its.moveTagOfBase();
            }
        };

        private final String told;

        Change(String told) {
            this.told = told;
        }

        abstract void make(TestBuild its) throws IOException;
    }

    static Stream<Change> changes() {
        return Stream.of(Change.values());
    }

    /** The shorter way, which is gone from the third build on, may not miss what the longer one sees. */
    static Stream<Arguments> changesAfterBuilds() {
        return changes().flatMap(change -> Stream.of(Arguments.of(change, 1), Arguments.of(change, 2)));
    }

    @ParameterizedTest
    @MethodSource("changesAfterBuilds")
    void everyInputIsLookedAt(Change change, int builds) throws IOException {
        for (int build = 0; build < builds; build++) {
            its.build();
        }
        change.make(its);

        its.build();

        assertThat(its.unchanged).isFalse();
        assertThat(its.changedInput).startsWith(change.told);
        its.build();
        assertThat(its.unchanged)
                .as("what the change led to is remembered, too")
                .isTrue();
    }

    @Test
    void whatIsConfiguredIsLookedAt() throws IOException {
        its.build();
        its.args = Optional.of(List.of("--verbose"));
        Digest other = its.build().digest();
        assertThat(its.unchanged).isFalse();

        its.args = Optional.empty();
        assertThat(its.build().digest()).isNotEqualTo(other);
        assertThat(its.unchanged).as("both are remembered").isTrue();
    }

    @Test
    void afterCleanTheLayoutIsLinkedAnewAndNoWheelOrLayerIsRead() throws IOException {
        Digest first = its.build().digest();
        Map<String, String> records = contentOf(its.output);
        its.clean();

        assertThat(its.build().digest()).isEqualTo(first);

        assertThat(its.unchanged).isTrue();
        assertThat(its.count(Work.WHEELS_OPENED) + its.count(Work.LAYERS_WRITTEN))
                .isZero();
        assertThat(its.count(Work.BLOBS_READ)).as("the base's configuration").isEqualTo(1);
        assertThat(contentOf(its.output)).isEqualTo(records);
    }

    /** Else the bound would take the small index first, and the next change of a source would write every layer anew. */
    @Test
    void whatTheCacheKnowsOfTheImagesPartsStaysInUse() throws IOException {
        its.build();
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(its.cache.resolve("remembered"))) {
            entries = walk.filter(Files::isRegularFile).toList();
        }
        assertThat(entries).anyMatch(entry -> entry.toString().contains("wheel-layer"));
        for (Path entry : entries) {
            Files.setLastModifiedTime(entry, FileTime.fromMillis(0));
        }

        its.build();

        assertThat(its.unchanged).isTrue();
        assertThat(entries)
                .allSatisfy(entry ->
                        assertThat(Files.getLastModifiedTime(entry).toMillis()).isPositive());
    }

    @Test
    void aLayerThatHasGoneFromLayoutAndCacheIsMadeAnew() throws IOException {
        Digest first = its.build().digest();
        Digest layer = its.layerDigests().get(2);
        Files.delete(its.cached(layer));
        its.clean();

        assertThat(its.build().digest()).isEqualTo(first);

        assertThat(its.unchanged).isFalse();
        assertThat(its.count(Work.LAYERS_WRITTEN)).isEqualTo(1);
    }

    @Test
    void whatWasWarnedOfIsToldAgain() throws IOException {
        its.unmet = Check.Level.WARN;
        its.lock(TestWheels.named("alpha", "1.0")
                .metadata("Metadata-Version: 2.1\nName: alpha\nVersion: 1.0\nRequires-Dist: missing\n")
                .file("alpha/__init__.py", ""));
        its.build();
        List<String> told = its.warnings.stream().map(BuildRefused::getMessage).toList();
        assertThat(told).isNotEmpty();
        its.warnings.clear();

        its.build();

        assertThat(its.unchanged).isTrue();
        assertThat(its.warnings).extracting(BuildRefused::getMessage).isEqualTo(told);
    }

    /** A cache is carried from one machine of CI to another, where all times and places are others. */
    @Test
    void theCacheIsGoodForTheSameProjectElsewhere() throws IOException {
        Digest first = its.build().digest();
        Path elsewhere = directory.resolve("elsewhere/deeper");
        Files.createDirectories(elsewhere);
        its.moveTo(elsewhere);

        assertThat(its.build().digest()).isEqualTo(first);

        assertThat(its.unchanged).isTrue();
        assertThat(its.count(Work.WHEELS_OPENED) + its.count(Work.LAYERS_WRITTEN))
                .isZero();
    }

    /** The git tree says nothing of the image, and so is no reason to build it. */
    @Test
    void theSourceTreeIsToldAsItIs() throws Exception {
        try (Git git = Git.init().setDirectory(its.project.toFile()).call()) {
            its.build();
            String before = its.build().sourceTree().orElseThrow();
            Files.createDirectories(its.project.resolve("docs"));
            Files.writeString(its.project.resolve("README.md"), "# Shop\n");

            BuiltImage image = its.build();

            assertThat(image.sourceTree().orElseThrow()).isNotEqualTo(before);
            assertThat(Files.readString(its.output.resolve("image.json")))
                    .contains(image.sourceTree().orElseThrow())
                    .doesNotContain(before);
            assertThat(git.getRepository().isBare()).isFalse();
        }
    }

    /** Nothing that was written while the build ran is taken for what it has read. */
    @Test
    void aBuildWhoseFilesChangeMeanwhileIsNotRemembered() throws IOException {
        Files.setLastModifiedTime(
                its.project.resolve("app.py"), FileTime.from(Instant.now().plusSeconds(3600)));
        its.build();

        its.build();

        assertThat(its.unchanged).isFalse();
    }

    private static Map<String, String> filesOf(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                files.put(
                        directory.relativize(file).toString(),
                        Files.readAttributes(file, "unix:ino,lastModifiedTime").toString());
            }
        }
        return files;
    }

    private static Map<String, String> contentOf(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String name :
                List.of("image.json", "image.digest", "image.id", "layout/index.json", "layout/oci-layout")) {
            files.put(name, Files.readString(directory.resolve(name)));
        }
        return files;
    }
}
