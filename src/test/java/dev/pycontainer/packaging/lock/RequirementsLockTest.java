package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.B;
import static dev.pycontainer.packaging.lock.LockFixture.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.Libc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequirementsLockTest {

    private static final String HASH = " --hash=sha256:" + A;

    @TempDir
    Path directory;

    private Lock read(String text) {
        return LockFixture.read(directory, "requirements.txt", text);
    }

    private static List<String> names(Needed needed) {
        return names(needed.packages());
    }

    private static List<String> names(List<LockedPackage> packages) {
        return packages.stream()
                .map(locked -> locked.name() + " " + locked.version().orElseThrow())
                .toList();
    }

    @Test
    void aHashedFileIsRead() {
        String text = """
                \uFEFF# made by a tool
                --require-hashes
                --only-binary :all:
                --only-binary=:all:
                --prefer-binary
                --pre

                uvicorn[standard]==0.30.1 ; python_version >= "3.8" \\
                    --hash=sha256:%s \\
                    --hash=sha256:%s
                    # via app
                Zope.Interface===6.0 --hash sha256:%s  # a comment
                colorama==0.4.6 ; sys_platform == 'win32' --hash=sha256:%s
                """.formatted(A, B.toUpperCase(java.util.Locale.ROOT), B, A);

        Lock lock = read(text);
        List<LockedPackage> selected = lock.select(app()).packages();

        assertThat(lock.file().kind()).isEqualTo("requirements.txt");
        assertThat(names(selected)).containsExactly("uvicorn 0.30.1", "zope-interface 6.0");
        assertThat(selected.get(0).extras()).containsExactly("standard");
        assertThat(selected.get(0).requiredBy()).isEmpty();
        assertThat(selected.get(0).files()).isEqualTo(new LockedFiles.Hashed(List.of(new Digest(A), new Digest(B))));
        assertThat(selected.get(1).files()).isEqualTo(new LockedFiles.Hashed(List.of(new Digest(B))));
    }

    @Test
    void ofPinsForSeveralTargetsTheOneThatHoldsIsTaken() {
        Lock lock = read("numpy==1.26.4 ; python_full_version < '3.12'" + HASH + "\n"
                + "numpy==2.5.5 ; python_full_version >= '3.12'" + HASH);

        assertThat(names(lock.select(app()))).containsExactly("numpy 1.26.4");
        assertThat(names(lock.select(
                        app(LockFixture.target("3.13.1", "cp313", Libc.MUSL, "1.2"), List.of(), List.of()))))
                .containsExactly("numpy 2.5.5");
    }

    @Test
    void aProjectWithoutDependenciesHasAnEmptyFile() {
        assertThat(read("# nothing\n").select(app()).packages()).isEmpty();
    }

    private static final String PINNED_TODO =
            "\n  do     write the file with `pip-compile --generate-hashes` or `uv pip compile --universal --generate-hashes`";

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("\n\nweb==1.0 \\\n # no hash", """
                        Requirement "web" 1.0 is unhashed.
                          where  requirements.txt: line 3
                          why    without a hash the index decides what is installed, today and tomorrow""" + PINNED_TODO),
                Arguments.of("web==1.0 ; sys_platform == 'win32'", """
                        Requirement "web" 1.0 is unhashed.
                          where  requirements.txt: line 1
                          why    without a hash the index decides what is installed, today and tomorrow""" + PINNED_TODO),
                Arguments.of("web>=1.0" + HASH, """
                        Requirement "web" is not pinned to one version.
                          where  requirements.txt: line 1
                          why    it allows >=1.0""" + PINNED_TODO),
                Arguments.of("web==1.*" + HASH, """
                        Requirement "web" is not pinned to one version.
                          where  requirements.txt: line 1
                          why    it allows ==1.*""" + PINNED_TODO),
                Arguments.of("web==1,!=1.1" + HASH, """
                        Requirement "web" is not pinned to one version.
                          where  requirements.txt: line 1
                          why    it allows ==1,!=1.1""" + PINNED_TODO),
                Arguments.of("web" + HASH, """
                        Requirement "web" is not pinned to one version.
                          where  requirements.txt: line 1
                          why    it allows every version""" + PINNED_TODO),
                Arguments.of("web==1 --hash=sha512:00", """
                        A hash of kind sha512 cannot be checked.
                          where  requirements.txt: line 1
                          why    files are known by their SHA-256
                          do     lock again with SHA-256 hashes, which pip-compile and uv write"""),
                Arguments.of("web==1 --hash=sha384:00" + HASH, """
                        A hash of kind sha384 cannot be checked.
                          where  requirements.txt: line 1
                          why    files are known by their SHA-256
                          do     lock again with SHA-256 hashes, which pip-compile and uv write"""),
                Arguments.of("web==1 --hash=sha256:xyz", """
                        "xyz" is not a SHA-256 digest in lower-case hex.
                          where  requirements.txt: line 1"""),
                Arguments.of("web==1 --hash", """
                        "" is not a digest of the form sha256:<64 hex digits>.
                          where  requirements.txt: line 1"""),
                Arguments.of("-e .", """
                        The option -e cannot be read.
                          where  requirements.txt: line 1
                          why    an editable requirement is not a package with a hash
                          do     remove it: the project itself is installed anyway"""),
                Arguments.of("--editable=git+https://me:secret@forge.example/lib", """
                        The option --editable cannot be read.
                          where  requirements.txt: line 1
                          why    an editable requirement is not a package with a hash
                          do     remove it: the project itself is installed anyway"""),
                Arguments.of("-rother.txt", """
                        The option -r cannot be read yet.
                          where  requirements.txt: line 1
                          why    a lock is one file, which holds every package
                          do     name the file that holds every package as python.lock, or write one with `pip-compile --generate-hashes`"""),
                Arguments.of("--pre -c other.txt", """
                        The option -c cannot be read yet.
                          where  requirements.txt: line 1
                          why    a lock is one file, which holds every package
                          do     name the file that holds every package as python.lock, or write one with `pip-compile --generate-hashes`"""),
                Arguments.of("--only-binary :all: --requirement=other.txt", """
                        The option --requirement cannot be read yet.
                          where  requirements.txt: line 1
                          why    a lock is one file, which holds every package
                          do     name the file that holds every package as python.lock, or write one with `pip-compile --generate-hashes`"""),
                Arguments.of("--extra-index-url=https://me:secret@index.example/simple", index("--extra-index-url")),
                Arguments.of("--index-url https://me:secret@index.example/simple", index("--index-url")),
                Arguments.of("-i https://index.example/simple", index("-i")),
                Arguments.of("-f wheels", index("-f")),
                Arguments.of("--no-index", index("--no-index")),
                Arguments.of("--trusted-host index.example", index("--trusted-host")),
                Arguments.of("--no-binary :all:", unknown("--no-binary")),
                Arguments.of("--use-feature=fast-deps", unknown("--use-feature")),
                Arguments.of("web==1" + HASH + " --config-settings=a=b", unknown("--config-settings")),
                Arguments.of("--only-binary :all: stray", unknown("without a name")),
                Arguments.of("lib @ https://me:secret@index.example/lib-1-py3-none-any.whl" + HASH, reference()),
                Arguments.of("git+ssh://git@forge.example/lib" + HASH, reference()),
                Arguments.of("https://me:secret@index.example/lib.whl" + HASH, reference()),
                Arguments.of("./lib" + HASH, reference()),
                Arguments.of("/lib" + HASH, reference()),
                Arguments.of("lib-1-py3-none-any.whl" + HASH, reference()),
                Arguments.of("web==${VERSION}" + HASH, """
                        A variable of the environment stands in the lock.
                          where  requirements.txt: line 1
                          why    the same files must give the same image, whatever the environment holds
                          do     write the value itself"""));
    }

    private static String index(String option) {
        return """
                The option %s cannot be read yet.
                  where  requirements.txt: line 1
                  why    packages without a URL are looked for in the default index alone
                  do     remove it where the default index has every package, or use uv.lock""".formatted(option);
    }

    private static String unknown(String option) {
        return """
                The option %s cannot be read.
                  where  requirements.txt: line 1
                  why    it may change what is installed
                  do     remove it from the file""".formatted(option);
    }

    private static String reference() {
        return """
                A requirement refers to a file or URL, which cannot be read yet.
                  where  requirements.txt: line 1
                  why    packages are taken from the index, by name, version and hash
                  do     pin a release of the package by name""";
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCannotBeReadIsRefusedByNameAndLine(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BuildRefused.class).hasMessage(message);
    }

    @Test
    void aDirectReferenceWithoutSlashesIsRefusedToo() {
        assertThatThrownBy(() -> read("lib @ file:lib.tar.gz" + HASH))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("refer")
                .hasMessageContaining("requirements.txt: line 1");
    }

    @Test
    void aLineThatIsNoRequirementIsRefused() {
        assertThatThrownBy(() -> read("web==1" + HASH + "\n<<<<<<< HEAD" + HASH))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("requirements.txt: line 2");
    }

    @Test
    void twoPinsThatBothHoldAreRefused() {
        Lock lock = read("web==1" + HASH + "\nWeb==2 ; os_name == 'posix'" + HASH);

        assertThatThrownBy(() -> lock.select(app())).hasMessage("""
                Package "web" is pinned twice.
                  why    line 1 pins 1, line 2 pins 2, and both hold for the target""" + PINNED_TODO);
    }

    @Test
    void extrasAndGroupsAreRefused() {
        Lock lock = read("web==1" + HASH);

        assertThatThrownBy(() -> lock.select(app(List.of("fast"), List.of()))).hasMessage("""
                The lock knows no extra "fast".
                  why    a requirements file has neither extras nor groups
                  do     write them into the file when it is made, for example `uv pip compile --extra fast`""");
        assertThatThrownBy(() -> lock.select(app(List.of(), List.of("docs")))).hasMessage("""
                The lock knows no group "docs".
                  why    a requirements file has neither extras nor groups
                  do     write them into the file when it is made, for example `uv pip compile --group docs`""");
    }

    @Test
    void onlyUtf8IsText() throws IOException {
        Path file =
                Files.write(directory.resolve("requirements.txt"), ("web==1" + HASH).getBytes(StandardCharsets.UTF_16));

        assertThatThrownBy(() -> new LockReader(Map.of()).read(file)).hasMessage("""
                The lock file is not UTF-8 text.
                  where  requirements.txt""");
    }
}
