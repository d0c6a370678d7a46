package dev.pycontainer.packaging.lock;

import static dev.pycontainer.packaging.lock.LockFixture.A;
import static dev.pycontainer.packaging.lock.LockFixture.B;
import static dev.pycontainer.packaging.lock.LockFixture.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Libc;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementsLockTest {

    private static final String HASH = " --hash=sha256:" + A;

    @TempDir
    Path directory;

    private Lock read(String text) {
        return LockFixture.read(directory, "requirements.txt", text);
    }

    private Lock read(String text, Map<String, String> environment) throws IOException {
        return new LockReader(new Disk(), environment)
                .read(Files.writeString(directory.resolve("requirements.txt"), text));
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(directory.resolve(name).resolveSibling("."));
        Files.writeString(file, text);
    }

    /** The project in this very directory, on Debian. */
    private Wanted here() {
        return Wanted.of(
                directory,
                Optional.of(LockFixture.pyproject("[project]\nname = \"app\"")),
                LockFixture.DEBIAN,
                List.of(),
                List.of());
    }

    private List<LockedPackage> selected(String text) {
        return read(text).select(here()).packages();
    }

    private LockedPackage only(String text) {
        List<LockedPackage> packages = selected(text);
        assertThat(packages).hasSize(1);
        return packages.get(0);
    }

    private static List<String> names(List<LockedPackage> packages) {
        return packages.stream()
                .map(locked -> locked.name()
                        + locked.version().map(version -> " " + version).orElse(""))
                .toList();
    }

    private static LockedFiles hashed(String... hashes) {
        return new LockedFiles.Hashed(List.of(hashes).stream().map(Digest::new).toList());
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
                --trusted-host index.example
                --use-feature=fast-deps

                uvicorn[standard]==0.30.1 ; python_version >= "3.8" \\
                    --hash=sha256:%s \\
                    --hash=sha256:%s
                    # via app
                Zope.Interface===6.0 --hash sha256:%s --config-settings "a=b"  # a comment
                colorama==0.4.6 ; sys_platform == 'win32' --hash=sha256:%s
                """.formatted(A, B.toUpperCase(Locale.ROOT), B, A);

        Lock lock = read(text);
        Needed needed = lock.select(here());

        assertThat(lock.file().kind()).isEqualTo("requirements.txt");
        assertThat(names(needed.packages())).containsExactly("uvicorn 0.30.1", "zope-interface 6.0");
        assertThat(needed.packages().get(0).extras()).containsExactly("standard");
        assertThat(needed.packages().get(0).requiredBy()).isEmpty();
        assertThat(needed.packages().get(0).files()).isEqualTo(hashed(A, B));
        assertThat(needed.packages().get(0).indexes()).isEmpty();
        assertThat(needed.packages().get(1).files()).isEqualTo(hashed(B));
        assertThat(needed.omitted())
                .extracting(Omitted::toString)
                .containsExactly("Omitted[name=colorama, version=Optional[0.4.6],"
                        + " reason=its marker sys_platform == \"win32\" does not hold]");
    }

    @Test
    void ofPinsForSeveralTargetsTheOneThatHoldsIsTaken() {
        Lock lock = read("numpy==1.26.4 ; python_full_version < '3.12'" + HASH + "\n"
                + "numpy==2.5.5 ; python_full_version >= '3.12'" + HASH);

        assertThat(names(lock.select(here()).packages())).containsExactly("numpy 1.26.4");
        assertThat(names(lock.select(LockFixture.app(
                                LockFixture.target("3.13.1", "cp313", Libc.MUSL, "1.2"), List.of(), List.of()))
                        .packages()))
                .containsExactly("numpy 2.5.5");
    }

    @Test
    void whatDoesNotHoldForTheTargetNeedNotBePinned() {
        assertThat(names(selected("web==1" + HASH + "\ncolorama ; sys_platform == 'win32'")))
                .containsExactly("web 1");
    }

    @Test
    void onlyReleasesOfWhichNothingIsNeededAreOmitted() throws IOException {
        write("con.txt", "win==1 ; sys_platform == 'win32'");
        String text = """
                web==1 ; sys_platform == 'win32'
                web==1 ; sys_platform == 'linux'
                gone==1 ; sys_platform == 'win32'
                lib @ https://files.example/lib-1-py3-none-any.whl ; sys_platform == 'win32'
                -c con.txt
                """;

        Needed needed = read(text).select(here());

        assertThat(names(needed.packages())).containsExactly("web 1");
        assertThat(needed.omitted())
                .extracting(omitted -> omitted.name().value())
                .containsExactly("gone");
    }

    @Test
    void aProjectWithoutDependenciesHasAnEmptyFile() {
        assertThat(selected("# nothing\n")).isEmpty();
    }

    @Test
    void pinsWithoutHashesAreUnhashed() {
        assertThat(only("web==1.0\n").files()).isEqualTo(new LockedFiles.Unhashed());
    }

    // pip's tests of its resolver: "test_new_resolver_hash_intersect", "one-each" and "both-requirements".
    @Test
    void aFileMustHaveAHashOfEachLineThatGivesAny() throws IOException {
        write("constraints.txt", "web==1" + HASH + "\nunused==3");

        LockedPackage web = only("-c constraints.txt\nweb==1" + HASH + " --hash=sha256:" + B + "\nweb[fast]==1" + HASH);

        assertThat(web.files()).isEqualTo(hashed(A));
        assertThat(web.extras()).containsExactly("fast");
    }

    // "test_new_resolver_unpinned_requirement_with_pinned_hash_constraint"
    @Test
    void aConstraintMayPinAndHashWhatIsRequired() throws IOException {
        write("constraints.txt", "web==1.5" + HASH + "\nweb<1 ; sys_platform == 'win32'");

        LockedPackage web = only("web>=1\n-c constraints.txt");

        assertThat(names(List.of(web))).containsExactly("web 1.5");
        assertThat(web.files()).isEqualTo(hashed(A));
    }

    @Test
    void aPinMayHaveOtherSpecifiersThatItMeets() {
        assertThat(names(selected("web==1,!=1.1" + HASH))).containsExactly("web 1");
        assertThat(names(selected("web>=1\nweb==1.5\nweb<2"))).containsExactly("web 1.5");
    }

    @Test
    void filesAreReadRelativeToTheOneThatNamesThem() throws IOException {
        write("requirements/prod.txt", "-r base.txt\nweb==1" + HASH);
        write("requirements/base.txt", "-c 'con straints.txt'\nlib" + HASH);
        write("requirements/con straints.txt", "lib==2");

        assertThat(names(selected("-rrequirements/prod.txt\n--requirem=requirements/base.txt")))
                .containsExactly("lib 2", "web 1");
    }

    @Test
    void theLocksDigestCoversEveryFileThatWasRead() throws IOException {
        String base = "web==1" + HASH;
        write("base.txt", base);
        String root = "-r base.txt\n-r base.txt\n";

        Lock lock = read(root);

        assertThat(lock.file().sha256())
                .isEqualTo(Digest.of(
                        "requirements.txt\0" + Digest.of(root) + "\n" + "base.txt\0" + Digest.of(base) + "\n"));
        assertThat(read(base).file().sha256()).isEqualTo(Digest.of(base));
    }

    @Test
    void indexesAreThoseThatPipWouldAskInUvsOrder() {
        assertThat(only("-i https://one.example/simple\n--extra-index-url https://two.example/simple\nweb==1")
                        .indexes())
                .containsExactly("https://two.example/simple", "https://one.example/simple");
        assertThat(only("--extra-index-url https://two.example/simple\nweb==1").indexes())
                .containsExactly("https://two.example/simple", LockedPackage.CONFIGURED_INDEX);
        assertThat(only("--pypi-url=https://one.example/simple\nweb==1").indexes())
                .containsExactly("https://one.example/simple");
        // In pip a later index takes the place of all before it.
        assertThat(only("--extra-index-url https://two.example/s\n-i https://one.example/s\nweb==1")
                        .indexes())
                .containsExactly("https://one.example/s");
    }

    @Test
    void aUrlMayHaveCredentialsOfTheEnvironment() throws IOException {
        Lock lock = read(
                "-i https://me:${INDEX_TOKEN}@index.example/simple\nweb==1\n"
                        + "-f https://me:${INDEX_TOKEN}@links.example/\n"
                        + "lib @ https://${USER}:${INDEX_TOKEN}@files.example/lib-1-py3-none-any.whl" + HASH,
                Map.of("INDEX_TOKEN", "s3cret", "USER", "you"));

        LockedPackage web = read("-i ${INDEX}\nweb==1", Map.of("INDEX", "https://me:s3cret@index.example/simple"))
                .select(here())
                .packages()
                .get(0);

        assertThat(web.indexes()).containsExactly("https://index.example/simple");
        assertThat(lock.credentials()).hasSize(3).first().satisfies(login -> {
            assertThat(login.url()).isEqualTo("https://index.example/simple");
            assertThat(login.login().username()).isEqualTo("me");
            assertThat(login.login().password().reveal()).isEqualTo("s3cret");
            assertThat(login.toString()).doesNotContain("s3cret");
        });
        assertThat(lock.credentials().subList(1, 3))
                .extracting(LockCredentials::url)
                .containsExactly("https://links.example/", "https://files.example/lib-1-py3-none-any.whl");
    }

    @Test
    void aRepositorysPasswordIsKeptNowhere() throws IOException {
        Map<String, String> environment = Map.of("WORD", "secret");
        for (String scheme : List.of("git+ssh", "git+https")) {
            String lock = "lib @ " + scheme + "://me:${WORD}@forge.example/lib.git@0";

            assertThat(read(lock, environment).select(here()).packages().get(0).files())
                    .isEqualTo(new LockedFiles.Listed(List.of(), List.of(scheme + "://forge.example/lib.git@0")));
        }
    }

    @Test
    void aWheelBehindAUrlIsMeantItself() {
        String url = "https://files.example/a%2Bb/lib-1.0%2Bcpu-py3-none-any.whl";

        for (String line : List.of(
                "lib @ " + url + "#sha256=" + A,
                "lib[fast] @ " + url + "#egg=lib&sha256=" + A + " ; python_version > '3'",
                "lib@" + url + " --hash=sha256:" + A,
                "lib @ " + url + "; python_version > '3' --hash=sha256:" + A,
                url + "#sha256=" + A + " ; os_name == 'posix' --hash=sha256:" + A)) {
            LockedPackage lib = only(line);

            assertThat(names(List.of(lib))).containsExactly("lib 1.0+cpu");
            assertThat(lib.files()).isInstanceOfSatisfying(LockedFiles.Direct.class, direct -> {
                assertThat(direct.file().fileName()).isEqualTo("lib-1.0+cpu-py3-none-any.whl");
                assertThat(direct.file().sha256().hex()).isEqualTo(A);
                assertThat(direct.file().location()).isEqualTo(new FileLocation.Url(url));
            });
        }
    }

    @Test
    void aUrlsOwnWordsGoBeforeThoseOfItsFragment() throws IOException {
        LockedPackage lib = only("lib[fast] @ http://files.example/lib-1-py3-none-any.whl#egg=other[slow]&sha256=" + A);

        assertThat(names(List.of(lib))).containsExactly("lib 1");
        assertThat(lib.extras()).containsExactly("fast");
        assertThat(names(selected("https://files.example/a;b/lib-1-py3-none-any.whl#sha256=" + A)))
                .containsExactly("lib 1");
        assertThat(names(read(
                                "lib @ ${WHEEL}",
                                Map.of("WHEEL", "https://files.example/lib-1-py3-none-any.whl#sha256=" + A))
                        .select(here())
                        .packages()))
                .containsExactly("lib 1");
    }

    @Test
    void linesOfBackslashesAndBlanksSayNothing() {
        assertThat(names(selected("\\\n\\\\\n \t \nweb==1\\\n# a comment\nl\\\nib==2\n\\")))
                .containsExactly("lib 2", "web 1");
    }

    @Test
    void whatWouldHaveToBeBuiltIsNamed() throws IOException {
        write("lib-2.5.tar.gz", "source");
        assertThat(only("./lib-2.5.tar.gz").files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of("lib-2.5.tar.gz")));
        assertThat(names(selected("https://files.example/lib-1.5.tar.gz" + HASH)))
                .containsExactly("lib 1.5");
        assertThat(only("lib @ git+https://me@forge.example/lib.git@0123abc#subdirectory=x")
                        .files())
                .isEqualTo(new LockedFiles.Listed(
                        List.of(), List.of("git+https://forge.example/lib.git@0123abc#subdirectory=x")));
        LockedPackage egg = only("-e git+ssh://git@forge.example/lib.git#egg=Lib[fast]");
        assertThat(egg.name()).hasToString("lib");
        assertThat(egg.extras()).containsExactly("fast");
        assertThat(only("lib @ git+ssh://git@forge.example/lib.git@0123abc").files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of("git+ssh://git@forge.example/lib.git@0123abc")));
        assertThat(only("lib @ https://files.example/lib.zip#egg=lib&subdirectory=x")
                        .files())
                .isEqualTo(new LockedFiles.Listed(List.of(), List.of("https://files.example/lib.zip#subdirectory=x")));
        assertThat(names(selected("-e \"lib @ git+https://forge.example/lib.git\"")))
                .containsExactly("lib");
        assertThat(names(selected("-e git://forge.example/lib.git#egg=lib"))).containsExactly("lib");
    }

    @Test
    void directoriesAreMembersAndTheProjectItselfIsNone() throws IOException {
        write("libs/core/pyproject.toml", "[project]\nname = \"Core\"\nversion = \"2.0\"");
        write("libs/old/setup.py", "");
        LockedFiles core = new LockedFiles.Member(directory.resolve("libs/core"));

        assertThat(selected("-e .\n.\n-e .[fast]\n.[fast]\napp @ file://" + directory))
                .isEmpty();
        for (String line : List.of(
                "./libs/core[fast,Slow_one]",
                "-e ./libs/core[fast,slow-one]",
                "--editable=libs/core[fast,slow-one]",
                "libs/core [fast, slow-one]",
                "core[fast,slow-one] @ ./libs/core",
                "core[fast,slow-one] @ file://" + directory + "/libs/core")) {
            LockedPackage member = only(line + "\n# web==1" + HASH);
            assertThat(names(List.of(member))).containsExactly("core 2.0");
            assertThat(member.files()).isEqualTo(core);
            assertThat(member.extras()).containsExactly("fast", "slow-one");
        }
        assertThat(names(selected("-e file://" + directory + "/libs/old#egg=old")))
                .containsExactly("old");
        // Sources lie in the project: others' hashes ask for none of theirs.
        assertThat(names(selected("./libs/core\nweb==1" + HASH))).containsExactly("core 2.0", "web 1");
    }

    @Test
    void aWheelOnDiskIsItsOwnProof() throws IOException {
        write("dist/lib-1.0-py3-none-any.whl", "wheel");
        Digest digest = Digest.of("wheel");

        for (String line : List.of(
                "./dist/lib-1.0-py3-none-any.whl",
                "dist/lib-1.0-py3-none-any.whl --hash=" + digest + HASH,
                "lib @ ./dist/lib-1.0-py3-none-any.whl")) {
            LockedPackage lib = only(line);
            assertThat(names(List.of(lib))).containsExactly("lib 1.0");
            assertThat(lib.files()).isInstanceOfSatisfying(LockedFiles.Direct.class, direct -> {
                assertThat(direct.file().sha256()).isEqualTo(digest);
                assertThat(direct.file().location())
                        .isEqualTo(new FileLocation.Local(directory.resolve("dist/lib-1.0-py3-none-any.whl")));
            });
        }
    }

    @Test
    void wheelsOfADirectoryGoBeforeTheIndex() throws IOException {
        write("wheels/lib-1.0+own-py3-none-any.whl", "wheel");
        write("wheels/lib-2.0-py3-none-any.whl", "other version");
        write("wheels/lib-1.0-cp399-cp399-win32.whl", "other target");
        write("wheels/not a wheel.whl", "");
        LockedFile wheel = new LockedFile(
                "lib-1.0+own-py3-none-any.whl",
                Digest.of("wheel"),
                OptionalLong.of(5),
                new FileLocation.Local(directory.resolve("wheels/lib-1.0+own-py3-none-any.whl")));

        assertThat(only("--no-index\n-f wheels\nlib==1.0").files())
                .isInstanceOfSatisfying(
                        LockedFiles.Listed.class,
                        listed -> assertThat(listed.wheels()).contains(wheel));
        assertThat(only("-f ./wheels\nlib==1.0 --hash=" + Digest.of("wheel")).files())
                .isEqualTo(new LockedFiles.Listed(List.of(wheel), List.of()));
        assertThat(only("-f wheels\nlib==1.0" + HASH).files()).isEqualTo(hashed(A));
        assertThat(only("-f wheels\nlib==1.0+own").files())
                .isEqualTo(new LockedFiles.Listed(List.of(wheel), List.of()));
        assertThat(only("-f wheels\nlib==1.0+other").files()).isEqualTo(new LockedFiles.Unhashed());
        assertThat(only("-f wheels\nlib==3.0").files()).isEqualTo(new LockedFiles.Unhashed());
        assertThat(only("-f /not/there\nlib==3.0" + HASH).files()).isEqualTo(hashed(A));
    }

    /** The order of a directory is that of its file system: of two equal wheels the same one is taken everywhere. */
    @Test
    void wheelsOfADirectoryAreInTheOrderOfTheirNames() throws IOException {
        List<String> names = List.of("LIB", "LIb", "LiB", "Lib", "lIB", "lIb", "liB", "lib");
        for (String name : names) {
            write("wheels/" + name + "-1.0-py3-none-any.whl", name);
        }

        assertThat(only("-f wheels\nlib==1.0").files())
                .isInstanceOfSatisfying(
                        LockedFiles.Listed.class,
                        listed -> assertThat(listed.wheels())
                                .extracting(LockedFile::fileName)
                                .containsExactlyElementsOf(names.stream()
                                        .map(name -> name + "-1.0-py3-none-any.whl")
                                        .toList()));
    }

    @Test
    void theLastWordOnBinariesCounts() {
        for (String options : List.of(
                "--no-binary :all:\n--no-binary :none:",
                "--no-binary lib\n--only-binary :all:",
                "--no-binary :all:\n--only-binary Lib",
                "--no-binary other",
                "--no-binary=:all:,:none:,other")) {
            assertThat(names(selected(options + "\nlib==1.0"))).containsExactly("lib 1.0");
        }
    }

    @Test
    void anyOfItsClausesMayPinIt() {
        assertThat(names(selected("web==1.*,==1.5,<2"))).containsExactly("web 1.5");
        assertThat(names(selected("web<2,===1.5"))).containsExactly("web 1.5");
    }

    @Test
    void pagesOfLinksAreAskedWhereNoIndexIsToo() {
        String page = "-f https://links.example/\n";

        assertThat(only(page + "web==1").indexes())
                .containsExactly(LockedPackage.linksOn("https://links.example/"), LockedPackage.CONFIGURED_INDEX);
        assertThat(only("--no-index\n" + page + "web==1").indexes())
                .containsExactly(LockedPackage.linksOn("https://links.example/"));
        assertThat(only("-f file://" + directory + "\nweb==1").indexes()).isEmpty();
    }

    @Test
    void hashesOfOneLineMayBeNoneOfTheOthers() {
        assertThat(names(selected("--no-require-hashes\nweb==1" + HASH + "\nlib==2")))
                .containsExactly("lib 2", "web 1");
    }

    @Test
    void repositoriesNeedNoVersion() {
        assertThat(names(selected("lib @ git+https://forge.example/lib@0\nweb @ git+https://forge.example/web@0")))
                .containsExactly("lib", "web");
    }

    /** pip: a wheel behind a URL is installed, whatever the options say of those that are looked for. */
    @Test
    void optionsOnBinariesAreNotForFilesThatAreNamed() {
        assertThat(names(selected("--no-binary :all:\nlib @ https://files.example/lib-1-py3-none-any.whl#sha256=" + A)))
                .containsExactly("lib 1");
    }

    @Test
    void dependenciesThatNoPinMeetsAreStale() {
        Lock lock = read("-e .\nweb==1.5\nextra[fast]==2.0rc1\n");
        Wanted wanted =
                Wanted.of(directory, Optional.of(LockFixture.pyproject("""
                                [project]
                                name = "app"
                                dependencies = [
                                  "Web>=1.0,<2", "web>=2", "extra>=2.0a1", "gone>=1", "win ; sys_platform == 'win32'",
                                  "app[all]",
                                ]
                                """)), LockFixture.DEBIAN, List.of(), List.of());

        assertThat(lock.stale(wanted))
                .containsExactly(
                        new StaleEntry("pyproject.toml: project.dependencies", "web>=2", "the lock holds web 1.5"),
                        new StaleEntry(
                                "pyproject.toml: project.dependencies",
                                "gone>=1",
                                "the lock holds no package \"gone\" for the target"));
    }

    @Test
    void extrasAndGroupsAreRefused() {
        Lock lock = read("web==1" + HASH);

        assertThatThrownBy(() -> lock.select(LockFixture.app(List.of("fast"), List.of())))
                .hasMessage("""
                The lock knows no extra "fast".
                  why    a requirements file has neither extras nor groups
                  do     write them into the file when it is made, for example `uv pip compile --extra fast`""");
        assertThatThrownBy(() -> lock.select(LockFixture.app(List.of(), List.of("docs"))))
                .hasMessage("""
                The lock knows no group "docs".
                  why    a requirements file has neither extras nor groups
                  do     write them into the file when it is made, for example `uv pip compile --group docs`""");
    }

    // As pip tells them; PowerShell writes the first where `pip freeze` is sent to a file.
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-8"})
    void aMarkTellsTheEncoding(String charset) throws IOException {
        Path file = directory.resolve("requirements.txt");
        Files.write(file, "\uFEFFweb==1 # caf\u00e9\r\nlib==2\r\n".getBytes(Charset.forName(charset)));

        assertThat(names(new LockReader(new Disk(), Map.of())
                        .read(file)
                        .select(LockFixture.app())
                        .packages()))
                .containsExactly("lib 2", "web 1");
    }

    @Test
    void whatIsNotOfItsEncodingIsNoText() throws IOException {
        Path file = directory.resolve("requirements.txt");
        Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 'w'});
        assertThatThrownBy(() -> new LockReader(new Disk(), Map.of()).read(file))
                .hasMessage("""
                The requirements file is not UTF-16LE text.
                  where  requirements.txt
                  do     save it as UTF-8""");
        Files.write(file, "web==1 # caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new LockReader(new Disk(), Map.of()).read(file))
                .hasMessage("""
                The requirements file is not UTF-8 text.
                  where  requirements.txt
                  do     save it as UTF-8""");
        assertThatThrownBy(() -> read("\n# -*- coding: Latin-1 -*-\nweb==1")).hasMessage("""
                The requirements file is Latin-1 text.
                  where  requirements.txt
                  why    a requirements file without the mark of another encoding is read as UTF-8 alone
                  do     save it as UTF-8, and remove what names another encoding""");
        assertThat(names(selected("# vim: set fileencoding=UTF_8 :\nweb==1 # \u00e9")))
                .containsExactly("web 1");
        assertThat(names(selected("#\n#\n# coding: latin-1\nweb==1"))).containsExactly("web 1");
        assertThat(names(selected("web==1 # coding: latin-1"))).containsExactly("web 1");
        assertThat(names(selected("\uFEFF# coding: latin-1\nweb==1"))).containsExactly("web 1");
    }

    @Test
    void aHashOfAnotherLineMayNotBeTheFiles() {
        assertThat(C).isNotEqualTo(A);
        assertThatThrownBy(() -> selected("web==1" + HASH + "\nweb==1 --hash=sha256:" + C))
                .hasMessage("""
                The hashes for package "web" contradict each other.
                  where  line 1
                  why    line 1 and line 2 have none in common, and a file must have a hash of each
                  do     write the file with `pip-compile --generate-hashes` or `uv pip compile --universal --generate-hashes`""");
    }
}
