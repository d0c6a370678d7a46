package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** deb-control(5), and what a {@code Packages} file adds. */
class DebianPackageTest {

    private static final String LIBSSL = """
            Package: libssl3t64
            Source: openssl
            Version: 3.5.4-1~deb13u1
            Installed-Size: 6000
            Maintainer: Somebody <somebody@mirror.example>
            Architecture: amd64
            Replaces: libssl3
            Provides: libssl3 (= 3.5.4-1~deb13u1)
            Depends: libc6 (>= 2.34), libzstd1 (>= 1.5.5),
             zlib1g (>= 1:1.1.4), openssl-provider-legacy
            Pre-Depends: dpkg
            Breaks: libssl3 (<< 3.5.4-1~deb13u1), openssh-client (<< 1:9.4p1)
            Conflicts: libfoo
            Description: Secure Sockets Layer toolkit - shared libraries
            Multi-Arch: same
            Section: libs
            Priority: optional
            Filename: pool/main/o/openssl/libssl3t64_3.5.4-1~deb13u1_amd64.deb
            Size: 2456789
            SHA256: 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
            """;

    private static ControlParagraph paragraph(String text) throws IOException {
        return ReadControl.only(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "Packages");
    }

    private static ControlParagraph with(String field, String value) throws IOException {
        return paragraph(LIBSSL.replaceFirst("(?m)^" + field + ": .*$", field + ": " + value));
    }

    @Test
    void aParagraphTellsAPackage() throws IOException {
        DebianPackage libssl = DebianPackage.of(paragraph(LIBSSL));

        assertThat(libssl).hasToString("libssl3t64 3.5.4-1~deb13u1");
        assertThat(libssl.version()).isEqualTo(DebianVersion.parse("3.5.4-1~deb13u1"));
        assertThat(libssl.architecture()).isEqualTo("amd64");
        assertThat(libssl.multiArch()).isEqualTo(MultiArch.SAME);
        assertThat(libssl.essential()).isFalse();
        assertThat(libssl.priority()).isEqualTo(Priority.OPTIONAL);
        assertThat(libssl.requirements("amd64"))
                .hasToString("[[dpkg], [libc6 (>= 2.34)], [libzstd1 (>= 1.5.5)], "
                        + "[zlib1g (>= 1:1.1.4)], [openssl-provider-legacy]]");
        assertThat(libssl.conflicting("amd64")).hasToString("[libfoo]");
        assertThat(libssl.broken("amd64")).hasToString("[libssl3 (<< 3.5.4-1~deb13u1), openssh-client (<< 1:9.4p1)]");
        assertThat(libssl.provided("amd64")).extracting(it -> it.name()).containsExactly("libssl3");
    }

    @Test
    void aParagraphOfPackagesTellsAFile() throws IOException {
        assertThat(PackageFile.of(paragraph(LIBSSL)))
                .isEqualTo(new PackageFile(
                        "pool/main/o/openssl/libssl3t64_3.5.4-1~deb13u1_amd64.deb",
                        2456789,
                        new Digest("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")));
    }

    @Test
    void aRecordOfWhatIsInstalledTellsAPackageToo() {
        DebianPackage bash = TinyArchive.installed("bash 5.2-1", "Essential: yes", "Priority: required");

        assertThat(bash.essential()).isTrue();
        assertThat(bash.multiArch()).isEqualTo(MultiArch.NO);
        assertThat(bash.priority()).isEqualTo(Priority.REQUIRED);
        assertThat(bash.requirements("amd64")).isEmpty();
        assertThat(TinyArchive.installed("My_Own.x+1 1", "Architecture: kfreebsd-amd64"))
                .hasToString("My_Own.x+1 1");
        assertThat(TinyArchive.installed("a 1").priority()).isEqualTo(Priority.UNKNOWN);
        assertThat(TinyArchive.installed("a 1", "Priority: mine").priority()).isEqualTo(Priority.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Package      | ../evil | "../evil" is not the name of a package.
            Package      | -a      | "-a" is not the name of a package.
            Package      | a/b     | "a/b" is not the name of a package.
            Version      | 1_0     | "1_0" is not the version of a Debian package.
            Architecture | am/d64  | "am/d64" is not the name of an architecture.
            Architecture | -       | "-" is not the name of an architecture.
            Multi-Arch   | maybe   | "maybe" is not a value of the field Multi-Arch.
            Version      | ''      | A paragraph has no field Version.
            """)
    void aPackageThatIsNoneIsRefusedWithItsParagraph(String field, String value, String what) throws IOException {
        ControlParagraph paragraph = with(field, value);

        assertThatThrownBy(() -> DebianPackage.of(paragraph))
                .hasMessageStartingWith(what + "\n  where  Packages: paragraph 1"
                        + (field.equals("Package") ? "\n" : " (package libssl3t64)"));
    }

    @Test
    void theRefusalSaysWhatIsAllowed() throws IOException {
        ControlParagraph name = with("Package", "a/b");
        ControlParagraph multiArch = with("Multi-Arch", "maybe");

        assertThatThrownBy(() -> DebianPackage.of(name)).hasMessage("""
                        "a/b" is not the name of a package.
                          where  Packages: paragraph 1
                          why    deb-control(5) wants letters, digits and the marks + - . with a letter or digit first""");
        assertThatThrownBy(() -> DebianPackage.of(multiArch)).hasMessage("""
                        "maybe" is not a value of the field Multi-Arch.
                          where  Packages: paragraph 1 (package libssl3t64)
                          why    it is one of no, same, foreign and allowed""");
    }

    @Test
    void relationsAreReadWhenTheyAreAskedFor() {
        DebianPackage odd = TinyArchive.installed(
                "odd 1", "Depends: a b", "Conflicts: a | b", "Breaks: (>= 1)", "Provides: v (>= 1)");

        assertThatThrownBy(() -> odd.requirements("amd64")).hasMessage("""
                        `a b` is no list of packages.
                          where  Depends of odd 1
                          why    a comma or a vertical bar is missing before `b`""");
        assertThatThrownBy(() -> odd.conflicting("amd64"))
                .hasMessage("`a | b` may not be alternatives.\n  where  Conflicts of odd 1");
        assertThatThrownBy(() -> odd.broken("amd64")).hasMessageContaining("where  Breaks of odd 1");
        assertThatThrownBy(() -> odd.provided("amd64"))
                .hasMessage("`v (>= 1)` provides no exact version.\n  where  Provides of odd 1");
    }

    // Policy 7.5; deb-control(5), "Depends", for qualifiers.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # Real
            libssl3t64                | true
            libssl3t64 (>= 3.5)       | true
            libssl3t64 (>= 3.6)       | false
            # Virtual: a version where the provider tells one
            libssl3                   | true
            libssl3 (>= 3.0)          | true
            libssl3 (<< 3.0)          | false
            tls                       | true
            tls (>= 1)                | false
            # "any will match any architecture for that package name if the package has been marked as Multi-Arch: allowed"
            libssl3t64:any            | false
            # "A real Debian architecture name will match exactly that architecture for that package name"
            libssl3t64:amd64          | true
            libssl3t64:arm64          | false
            libssl3t64:native         | true
            tls:amd64                 | true
            # What only begins so
            libssl                    | false
            """)
    void aPackageMeetsRelations(String relation, boolean met) {
        DebianPackage libssl = TinyArchive.installed(
                "libssl3t64 3.5.4-1", "Multi-Arch: same", "Provides: libssl3 (= 3.5.4-1), tls, other:arm64");

        assertThat(libssl.meets(Relations.parse(relation).all().get(0).get(0), "amd64"))
                .isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # own architecture or all; another one only as Multi-Arch: foreign
            amd64 | no      | a       | true
            all   | no      | a       | true
            i386  | no      | a       | false
            i386  | same    | a       | false
            i386  | allowed | a       | false
            i386  | foreign | a       | true
            # a qualifier
            amd64 | allowed | a:any   | true
            i386  | allowed | a:any   | true
            amd64 | foreign | a:any   | false
            all   | no      | a:amd64 | true
            i386  | no      | a:i386  | true
            i386  | foreign | a:native | false
            """)
    void anArchitectureMeetsRelations(String architecture, String multiArch, String relation, boolean met) {
        DebianPackage a = TinyArchive.installed("a 1", "Architecture: " + architecture, "Multi-Arch: " + multiArch);

        assertThat(a.meets(Relations.parse(relation).all().get(0).get(0), "amd64"))
                .isEqualTo(met);
    }

    // deb-control(5), "Breaks": "the default is any instead of the binary package architecture"
    @Test
    void aConflictMeansPackagesOfAnyArchitecture() {
        DebianPackage foreign = TinyArchive.installed("a 1", "Architecture: i386");
        List<Relation> relations = List.of(
                Relations.parse("a").all().get(0).get(0),
                Relations.parse("a:any").all().get(0).get(0),
                Relations.parse("a:amd64").all().get(0).get(0),
                Relations.parse("a (>= 2)").all().get(0).get(0));

        assertThat(relations)
                .extracting(it -> foreign.isForbiddenBy(it, "amd64"))
                .containsExactly(true, true, false, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../../etc/passwd",
                "pool/../../x.deb",
                "pool/./x.deb",
                "pool//x.deb",
                "pool/x.deb/",
                "pool/..",
                "..",
                ".",
                "pool/./../x.deb",
                "pool\\\\..\\\\x.deb",
                "pool/%2e%2e/x.deb",
                "pool/%2F/x.deb",
                "pool/x.deb?query",
                "pool/x.deb#part",
                "https://mirror.example/x.deb",
                "https:x.deb",
                "pool/a b.deb",
                "pool/ä.deb"
            })
    void aPathThatLeavesTheMirrorIsRefused(String path) throws IOException {
        ControlParagraph paragraph = with("Filename", path);

        assertThatThrownBy(() -> PackageFile.of(paragraph))
                .hasMessage(
                        "\"" + path.replace("\\\\", "\\") + "\" is not the path of a package below a mirror's root.\n"
                                + "  where  Packages: paragraph 1 (package libssl3t64)");
    }

    @Test
    void pathsOfOtherArchivesAreRead() throws IOException {
        assertThat(PackageFile.of(with("Filename", "./libfoo_1%3a2.0_amd64.deb"))
                        .path())
                .isEqualTo("libfoo_1%3a2.0_amd64.deb");
        ControlParagraph leaving = with("Filename", "./../x.deb");
        assertThatThrownBy(() -> PackageFile.of(leaving)).hasMessageStartingWith("\"../x.deb\" is not");
        ControlParagraph endless = with("Filename", "a".repeat(1001));
        assertThatThrownBy(() -> PackageFile.of(endless)).hasMessageStartingWith("\"" + "a".repeat(60) + "…\" is not");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Size   | -1                  | "-1" is not the size of a package.
            Size   | 1e3                 | "1e3" is not the size of a package.
            Size   | 9999999999999999999 | "9999999999999999999" is not the size of a package.
            Size   | ''                  | A paragraph has no field Size.
            SHA256 | 00                  | "00" is not a SHA-256 digest in lower-case hex.
            SHA256 | ''                  | A paragraph has no field SHA256.
            Filename | ''                | A paragraph has no field Filename.
            """)
    void aFileThatCannotBeProvedIsRefused(String field, String value, String what) throws IOException {
        ControlParagraph paragraph = with(field, value);

        assertThatThrownBy(() -> PackageFile.of(paragraph))
                .hasMessage(what + "\n  where  Packages: paragraph 1 (package libssl3t64)");
    }

    @Test
    void aDescriptionIsReadAgainFromItsParagraph() throws IOException {
        for (String fields : new String[] {"", """
            Multi-Arch: same
            Essential: yes
            Priority: required
            Pre-Depends: a
            Depends: b | c (>= 1)
            Provides: d (= 1)
            Conflicts: e
            Breaks: f (<< 2)
            Replaces: g (<< 3)
            """}) {
            DebianPackage one = read("Package: x\nVersion: 1:2~3-4\nArchitecture: amd64\n" + fields);
            assertThat(read(one.paragraph())).isEqualTo(one);
        }
    }

    @Test
    void filesAreReplacedOfThePackagesThatAreNamed() throws IOException {
        DebianPackage one =
                read("Package: x\nVersion: 1\nArchitecture: amd64\nReplaces: y (<< 2), z, foreign:any, virtual\n");
        assertThat(one.replaces(read("Package: y\nVersion: 1\nArchitecture: all\n"), "amd64"))
                .isTrue();
        assertThat(one.replaces(read("Package: y\nVersion: 2\nArchitecture: all\n"), "amd64"))
                .isFalse();
        assertThat(one.replaces(read("Package: z\nVersion: 2\nArchitecture: i386\n"), "amd64"))
                .isTrue();
        // A virtual name replaces files of no package that provides it.
        assertThat(one.replaces(read("Package: w\nVersion: 2\nArchitecture: all\nProvides: virtual\n"), "amd64"))
                .isFalse();
    }

    private static DebianPackage read(String paragraph) throws IOException {
        return DebianPackage.of(
                ReadControl.only(new ByteArrayInputStream(paragraph.getBytes(StandardCharsets.UTF_8)), "x"));
    }
}
