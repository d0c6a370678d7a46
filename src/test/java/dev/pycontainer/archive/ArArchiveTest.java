package dev.pycontainer.archive;

import static dev.pycontainer.testkit.DebBytes.header;
import static dev.pycontainer.testkit.DebBytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.testkit.DebBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArArchiveTest {

    private static final String MAGIC = "!<arch>\n";

    @TempDir
    Path directory;

    @Test
    void membersTellTheirNameSizeAndContent() throws IOException {
        byte[] bytes = new DebBytes()
                .member("debian-binary", utf8("2.0\n"))
                .member("odd/", utf8("abc"))
                .member("empty", new byte[0])
                .member("a-name-of-16-chr", utf8("x"))
                .bytes();

        try (ArArchive archive = open(bytes)) {
            assertThat(archive.members())
                    .extracting(member -> member.name() + " " + member.size())
                    .containsExactly("debian-binary 4", "odd 3", "empty 0", "a-name-of-16-chr 1");
            assertThat(archive.stream(archive.members().get(1)).readAllBytes()).isEqualTo(utf8("abc"));
            assertThat(archive.stream(archive.members().get(3)).readAllBytes()).isEqualTo(utf8("x"));
            assertThat(archive.stream(archive.members().get(2)).readAllBytes()).isEmpty();
        }
    }

    @Test
    void anArchiveWithoutMembersIsOne() throws IOException {
        try (ArArchive archive = open(utf8(MAGIC))) {
            assertThat(archive.members()).isEmpty();
        }
    }

    static Stream<Arguments> hostile() {
        String a = "debian-binary";
        byte[] good = header(a, "4");
        byte[] terminator = good.clone();
        terminator[59] = ' ';
        byte[] nul = good.clone();
        nul[3] = 0;
        return Stream.of(
                Arguments.of("", "The file is no ar archive.", "it does not begin with !<arch>"),
                Arguments.of("!<thin>\n", "The file is no ar archive.", "it does not begin with !<arch>"),
                Arguments.of("!<arch>", "The file is no ar archive.", "it does not begin with !<arch>"),
                damaged(MAGIC + text(Arrays.copyOf(good, 59)), "it ends within a member's header"),
                damaged(MAGIC + "\n", "it ends within a member's header"),
                damaged(
                        MAGIC + text(terminator) + "2.0\n",
                        "a member's header does not end with a grave accent and a line feed"),
                damaged(MAGIC + text(nul) + "2.0\n", "a member's name is empty, or not one of the common format"),
                // the long names of BSD and GNU
                damaged(
                        MAGIC + text(header("#1/20", "24")) + "x".repeat(24),
                        "a member's name is empty, or not one of the common format"),
                damaged(MAGIC + text(header("//", "0")), "a member's name is empty, or not one of the common format"),
                damaged(MAGIC + text(header("/", "0")), "a member's name is empty, or not one of the common format"),
                damaged(MAGIC + text(header("../x", "0")), "a member's name is empty, or not one of the common format"),
                damaged(MAGIC + text(header("a b", "0")), "a member's name is empty, or not one of the common format"),
                damaged(MAGIC + text(header("", "0")), "a member's name is empty, or not one of the common format"),
                damaged(MAGIC + text(header(a, "-1")), "the size of debian-binary is not a decimal number"),
                damaged(MAGIC + text(header(a, "0x4")), "the size of debian-binary is not a decimal number"),
                damaged(MAGIC + text(header(a, "")), "the size of debian-binary is not a decimal number"),
                damaged(MAGIC + text(header(a, " 4")) + "2.0\n", "the size of debian-binary is not a decimal number"),
                damaged(MAGIC + text(good) + "2.0", "debian-binary is said to have 4 bytes, and 3 are there"),
                damaged(
                        MAGIC + text(header(a, "9999999999")) + "2.0\n",
                        "debian-binary is said to have 9999999999 bytes, and 4 are there"),
                damaged(MAGIC + text(header(a, "3")) + "2.0", "debian-binary is not padded with a line feed"),
                damaged(MAGIC + text(header(a, "3")) + "2.0\0", "debian-binary is not padded with a line feed"),
                damaged(MAGIC + text(header(a, "2")) + "2.0\n", "it ends within a member's header"),
                Arguments.of(
                        MAGIC + text(header(a, "0")) + text(header(a + "/", "0")),
                        "The ar archive has two members \"debian-binary\".",
                        ""),
                Arguments.of(
                        MAGIC
                                + Stream.iterate(0, n -> n + 1)
                                        .limit(65)
                                        .map(n -> text(header("m" + n, "0")))
                                        .reduce("", String::concat),
                        "The ar archive has more than 64 members, the limit for it.",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whatIsNotExactlyTheCommonFormatIsRefused(String bytes, String what, String why) {
        assertThatThrownBy(() -> open(utf8(bytes)).close())
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(what + "\n  where  evil.deb")
                .hasMessageEndingWith(why);
    }

    private static Arguments damaged(String bytes, String why) {
        return Arguments.of(bytes, "The ar archive is damaged.", why);
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    private ArArchive open(byte[] bytes) throws IOException {
        return ArArchive.open(Files.write(directory.resolve("file"), bytes), "evil.deb");
    }
}
