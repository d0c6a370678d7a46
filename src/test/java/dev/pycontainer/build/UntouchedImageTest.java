package dev.pycontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Work;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where nothing was touched, nothing is opened; where anything was, the longer way is taken. */
class UntouchedImageTest {

    @TempDir
    Path directory;

    private TestBuild its;

    /** An image that was built, found unchanged, and so is known to be untouched; its base is pinned. */
    @BeforeEach
    void start() throws Exception {
        its = new TestBuild(directory);
        Files.createDirectories(its.project.resolve("lib"));
        Files.writeString(its.project.resolve("lib/text.py"), "TEXT = 1\n");
        Files.createSymbolicLink(its.project.resolve("link.py"), Path.of("app.py"));
        Files.writeString(its.project.resolve(".gitignore"), "*.log\n");
        Files.createDirectories(its.project.resolve("docs"));
        Files.writeString(its.project.resolve("docs/README.md"), "# Shop\n");
        Git.init().setDirectory(its.project.toFile()).call().close();
        its.lockInputs();
        its.build();
        its.build();
    }

    @AfterEach
    void stop() {
        its.close();
    }

    /** The longer way reads the base's configuration, whatever it finds. */
    private boolean isTakenForUntouched() throws IOException {
        its.build();
        return its.unchanged && its.count(Work.BLOBS_READ) == 0;
    }

    @Test
    void nothingIsOpenedButTheManifestAndTheCacheIsNotAsked() throws IOException {
        BuiltImage before = BuiltImage.in(its.output);
        its.cache = directory.resolve("none");

        BuiltImage image = its.build();

        assertThat(its.unchanged).isTrue();
        assertThat(image.digest()).isEqualTo(before.digest());
        assertThat(image.sourceTree()).isPresent().isEqualTo(before.sourceTree());
        assertThat(Arrays.stream(Work.values()).mapToLong(its::count).sum()).isZero();
        assertThat(its.cache).doesNotExist();
    }

    @Test
    void whatWasWarnedOfIsToldAgain() throws IOException {
        its.unmet = Check.Level.WARN;
        its.lock(TestWheels.named("alpha", "1.0")
                .metadata("Metadata-Version: 2.1\nName: alpha\nVersion: 1.0\nRequires-Dist: missing\n")
                .file("alpha/__init__.py", ""));
        its.lockInputs();
        its.build();
        its.build();
        its.warnings.clear();

        assertThat(isTakenForUntouched()).isTrue();

        assertThat(its.warnings).singleElement().asString().contains("missing");
    }

    private interface Touch {
        void make(TestBuild its) throws IOException;
    }

    private record Named(String name, Touch touch) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Named> touches() {
        return List.of(
                new Named(
                        "a source's time",
                        its -> Files.setLastModifiedTime(its.project.resolve("app.py"), FileTime.fromMillis(0))),
                new Named("a new source", its -> Files.writeString(its.project.resolve("lib/more.py"), "")),
                new Named(
                        "a source through its link",
                        its -> Files.writeString(its.project.resolve("link.py"), "print('two')\n")),
                new Named(
                        "the lock",
                        its -> Files.writeString(
                                its.project.resolve("requirements.txt"),
                                Files.readString(its.project.resolve("requirements.txt")) + "\n")),
                new Named(
                        "what was looked for",
                        its -> Files.writeString(its.project.resolve(".python-version"), "3.11\n")),
                new Named(
                        "a file of the git tree alone",
                        its -> Files.writeString(its.project.resolve("docs/README.md"), "# Store\n")),
                new Named(
                        "a new file of the git tree alone",
                        its -> Files.writeString(its.project.resolve("docs/more.md"), "# More\n")),
                new Named("what git ignores", its -> Files.writeString(its.project.resolve(".gitignore"), "docs\n")),
                new Named("what git ignores here", its -> {
                    Files.createDirectories(its.project.resolve(".git/info"));
                    Files.writeString(its.project.resolve(".git/info/exclude"), "docs\n");
                }),
                new Named(
                        "git's settings",
                        its -> Files.writeString(its.project.resolve(".git/config"), "[core]\n\tautocrlf = true\n")),
                new Named(
                        "git itself",
                        its -> Files.move(its.project.resolve(".git"), its.project.resolveSibling("git"))),
                new Named(
                        "a layer in the layout",
                        its -> Files.delete(its.output
                                .resolve("layout/blobs/sha256")
                                .resolve(its.layerDigests().get(2).hex()))),
                new Named(
                        "the layout's index", its -> Files.writeString(its.output.resolve("layout/index.json"), "{}")),
                new Named(
                        "a stranger in the layout",
                        its -> Files.writeString(its.output.resolve("layout/blobs/sha256/stranger"), "")),
                new Named("a record", its -> Files.delete(its.output.resolve("image.digest"))),
                new Named("what is configured", its -> its.args = Optional.of(List.of("--verbose"))),
                new Named("the index's last byte", its -> {
                    Path index = its.output.resolve("untouched.index");
                    byte[] bytes = Files.readAllBytes(index);
                    bytes[bytes.length - 1]++;
                    Files.write(index, bytes);
                }),
                new Named("the index, cut", its -> {
                    Path index = its.output.resolve("untouched.index");
                    Files.write(index, Arrays.copyOf(Files.readAllBytes(index), 7));
                }),
                new Named("an hour later", its -> its.clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(1))),
                new Named(
                        "before it was written",
                        its -> its.clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1))));
    }

    @ParameterizedTest
    @MethodSource("touches")
    void whateverIsTouchedTheLongerWayIsTakenAndLeadsBack(Named touched) throws IOException {
        touched.touch.make(its);

        assertThat(isTakenForUntouched()).isFalse();

        its.build();
        Digest digest = its.build().digest();
        assertThat(isTakenForUntouched()).as("found right again").isTrue();
        assertThat(BuiltImage.in(its.output).digest()).isEqualTo(digest);
    }

    @Test
    void aTagIsAskedForInAnyCase() throws IOException {
        Files.delete(its.project.resolve("pycontainer.lock"));
        its.build();
        its.build();
        its.build();
        assertThat(its.unchanged).isTrue();

        its.moveTagOfBase();
        its.build();

        assertThat(its.unchanged).isFalse();
    }

    @Test
    void otherRepositoriesWithinAreLookedAtEachTime() throws Exception {
        Path module = its.project.resolve("docs/module");
        Files.createDirectories(module);
        try (Git git = Git.init().setDirectory(module.toFile()).call()) {
            its.build();
            its.build();
            git.commit().setMessage("one").setAllowEmpty(true).setSign(false).call();
            String before = its.build().sourceTree().orElseThrow();
            git.commit().setMessage("two").setAllowEmpty(true).setSign(false).call();

            assertThat(its.build().sourceTree().orElseThrow()).isNotEqualTo(before);
        }
    }

    static Stream<String> includes() {
        return Stream.of("[include]\n\tpath = other\n", "[core]\n\texcludesFile = other\n");
    }

    @ParameterizedTest
    @MethodSource("includes")
    void settingsOfGitThatLieAnywhereAreReadEachTime(String settings) throws IOException {
        Files.writeString(its.project.resolve(".git/config"), settings);
        its.build();
        its.build();

        assertThat(isTakenForUntouched()).isFalse();
    }
}
