package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.B;
import static dev.pycontainer.packaging.lock.LockFixture.app;
import static dev.pycontainer.packaging.lock.LockFixture.project;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the files of a package come from, by the kind of its source in {@code uv.lock}. */
class UvSourcesTest {

    private static final String WHEEL = "lib-1.0-py3-none-any.whl";

    @TempDir
    Path directory;

    /** The one package that the project needs. */
    private LockedPackage needed(String source, String rest) {
        String lock = project("dependencies = [{ name = \"lib\" }]") + """

                [[package]]
                name = "lib"
                version = "1.0"
                source = %s
                %s
                """.formatted(source, rest);
        List<LockedPackage> packages =
                LockFixture.read(directory, "uv.lock", lock).select(app()).packages();
        assertThat(packages).hasSize(1);
        return packages.get(0);
    }

    private static LockedFile file(FileLocation location, OptionalLong size) {
        return new LockedFile(WHEEL, new Digest(A), size, location);
    }

    @Test
    void anIndexIsTheOnlyOneThatIsEverAsked() {
        LockedPackage needed = needed(
                "{ registry = \"https://me:secret@index.example/simple\" }",
                "wheels = [{ url = \"https://index.example/%s\", hash = \"SHA256:%s\", size = 7 }]"
                        .formatted(WHEEL, A));

        assertThat(needed.indexes()).containsExactly("https://index.example/simple");
        assertThat(needed.files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(file(new FileLocation.Url("https://index.example/" + WHEEL), OptionalLong.of(7))),
                        List.of()));
    }

    @Test
    void aDirectoryOfWheelsHoldsThem() {
        LockedPackage needed = needed(
                "{ registry = \"../wheels\" }",
                "wheels = [{ path = \"%s\", hash = \"sha256:%s\" }]".formatted(WHEEL, A));

        assertThat(needed.indexes()).isEmpty();
        assertThat(needed.files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(file(
                                new FileLocation.Local(
                                        directory.resolve("../wheels/" + WHEEL).normalize()),
                                OptionalLong.empty())),
                        List.of()));
    }

    @Test
    void aUrlOrPathIsItsOneFile() {
        String url = "https://files.example/" + WHEEL;

        assertThat(needed(
                                "{ url = \"" + url + "\" }",
                                "wheels = [{ url = \"%s\", hash = \"sha256:%s\" }]".formatted(url, A))
                        .files())
                .isEqualTo(new LockedFiles.Direct(file(new FileLocation.Url(url), OptionalLong.empty())));
        assertThat(needed(
                                "{ path = \"vendor/" + WHEEL + "\" }",
                                "wheels = [{ filename = \"%s\", hash = \"sha256:%s\" }]".formatted(WHEEL, A))
                        .files())
                .isEqualTo(new LockedFiles.Direct(
                        file(new FileLocation.Local(directory.resolve("vendor/" + WHEEL)), OptionalLong.empty())));
    }

    @Test
    void whatWouldHaveToBeBuiltIsKnownInWords() {
        String commit = "0123456789abcdef0123456789abcdef01234567";

        assertThat(needed("{ git = \"https://me@forge.example/lib?subdirectory=a%2Fb&tag=v1#" + commit + "\" }", "")
                        .files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(), List.of("git+https://forge.example/lib@" + commit + "#subdirectory=a/b")));
        assertThat(needed("{ git = \"ssh://git@forge.example/lib#" + commit + "\" }", "")
                        .files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of("git+ssh://git@forge.example/lib@" + commit)));
        assertThat(needed(
                                "{ url = \"https://files.example/lib.zip\", subdirectory = \"py\" }",
                                "sdist = { hash = \"sha256:%s\" }".formatted(A))
                        .files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of("https://files.example/lib.zip#subdirectory=py")));
        assertThat(needed("{ path = \"vendor/lib-1.0.tar.gz\" }", "sdist = { hash = \"sha256:%s\" }".formatted(A))
                        .files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of("lib-1.0.tar.gz")));
    }

    @Test
    void aProjectOnDiskIsAMember() {
        LockedFiles.Member member =
                new LockedFiles.Member(directory.resolve("../lib").normalize());

        assertThat(needed("{ editable = \"../lib\" }", "").files()).isEqualTo(member);
        assertThat(needed("{ directory = \"../lib\" }", "").files()).isEqualTo(member);
        assertThat(needed("{ editable = \"../lib\" }", "").indexes()).isEmpty();
    }

    @Test
    void aWheelWithoutAHashIsTheIndexesToTellWhereTheTargetGetsIt() {
        String index = "{ registry = \"https://index.example/simple\" }";
        String unhashed = "{ url = \"https://index.example/" + WHEEL + "\" }";
        String forAnother = "{ url = \"https://index.example/lib-1.0-cp311-cp311-win32.whl\" }";
        String hashed = "{ url = \"https://index.example/%s\", hash = \"sha256:%s\" }".formatted(WHEEL, A);

        assertThat(needed(index, "wheels = [" + unhashed + "]").files()).isEqualTo(new LockedFiles.Unhashed());
        assertThat(needed(index, "wheels = [" + hashed + ", " + forAnother + "]")
                        .files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(file(new FileLocation.Url("https://index.example/" + WHEEL), OptionalLong.empty())),
                        List.of()));
    }

    /** Tools that join locks write a package again for the wheels of each platform. */
    @Test
    void aPackageThatIsWrittenTwiceHasTheWheelsOfBoth() {
        String again = """

                [[package]]
                name = "lib"
                version = "1.0"
                source = { registry = "https://index.example/simple" }
                wheels = [{ url = "https://index.example/lib-1.0-cp311-cp311-win32.whl", hash = "sha256:%s" }]
                """.formatted(B);
        String hashed = "wheels = [{ url = \"https://index.example/%s\", hash = \"sha256:%s\" }]".formatted(WHEEL, A);

        LockedFiles files = needed("{ registry = \"https://index.example/simple\" }", hashed + again)
                .files();

        assertThat(((LockedFiles.Listed) files).wheels())
                .extracting(LockedFile::fileName)
                .containsExactly(WHEEL, "lib-1.0-cp311-cp311-win32.whl");
    }

    @Test
    void aUrlThatIsWrittenTwiceIsOneFile() {
        String source = "{ url = \"https://files.example/" + WHEEL + "\" }";
        String wheels = "wheels = [{ url = \"https://files.example/%s\", hash = \"sha256:%s\" }]".formatted(WHEEL, A);
        String again = "\n[[package]]\nname = \"lib\"\nversion = \"1.0\"\nsource = " + source + "\n" + wheels;

        assertThat(needed(source, wheels + again).files()).isInstanceOf(LockedFiles.Direct.class);
    }

    @Test
    void aSourceDistributionIsKnownByTheNameInItsUrl() {
        for (String behind : List.of("", "?download=1", "#sha256=" + A)) {
            assertThat(needed(
                                    "{ registry = \"https://index.example/simple\" }",
                                    "sdist = { url = \"https://index.example/lib-1.0.tar.gz" + behind + "\" }")
                            .files())
                    .isEqualTo(new LockedFiles.Listed(List.of(), List.of("lib-1.0.tar.gz")));
        }
    }
}
