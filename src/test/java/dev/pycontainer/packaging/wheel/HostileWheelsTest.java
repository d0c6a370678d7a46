package dev.pycontainer.packaging.wheel;

import static dev.pycontainer.testkit.ZipBytes.fields;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.archive.ContentCheck;
import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.archive.LayerWriter;
import dev.pycontainer.archive.ZipArchive;
import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Tally;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.testkit.TestWheels;
import dev.pycontainer.testkit.ZipBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile and broken wheels, a table: the rule, how the wheel breaks it, and the answer. Each answer names the wheel, and
 * where the fault is the wheel's own it says what to do.
 *
 * <p>A wheel is opened and installed into a layer. No row breaks two rules, so that each fails when its check is removed:
 * {@code src/test/mutation/run} shows it.
 */
class HostileWheelsTest {

    private static final String FILE = "demo-1.0-py3-none-any.whl";
    private static final String ADVICE = "report it to the project that made the wheel, or lock another release";
    private static final InstallScheme SCHEME =
            new InstallScheme("/opt/venv", "lib/python3.11/site-packages", "/opt/venv/bin/python", "3.11");

    private static final String INFO = "demo-1.0.dist-info/";
    private static final String EMPTY = TestWheels.sha256(new byte[0]);
    private static final int DESCRIPTOR = 1 << 3;
    private static final int UTF8 = 1 << 11;
    private static final long ONES = 0xffffffffL;

    @TempDir
    Path directory;

    /** Makes the broken wheel in a directory. */
    private interface Broken {
        Path in(Path directory) throws IOException;
    }

    private record Row(String rule, String how, Broken wheel, String answer) {

        Row(String how, Broken wheel, String answer) {
            this("", how, wheel, answer);
        }

        @Override
        public String toString() {
            return rule + ": " + how;
        }
    }

    // Names stay inside the wheel, and all readers see the same ones (APPNOTE 4.4.17, appendix D)

    static Stream<Row> names() {
        return rules(
                rule(
                        "a name is relative and plain",
                        named("/etc/passwd", "/etc/passwd", "its name is absolute"),
                        named("C:/windows", "C:/windows", "its name is absolute"),
                        named("a\\..\\b", "a\\..\\b", "its name holds a backslash"),
                        named("a\0b", "a\\x00b", "its name holds a control character"),
                        named("a\nb", "a\\x0ab", "its name holds a control character"),
                        named("a\u001fb", "a\\x1fb", "its name holds a control character"),
                        named("a\u007fb", "a\\x7fb", "its name holds a control character"),
                        named("../evil.pth", "../evil.pth", "one of its name's segments is \"..\""),
                        named("a/../../evil.pth", "a/../../evil.pth", "one of its name's segments is \"..\""),
                        named("a/..", "a/..", "one of its name's segments is \"..\""),
                        named("./a", "./a", "one of its name's segments is \".\""),
                        named("a//b", "a//b", "one of its name's segments is \"\""),
                        named("", "", "one of its name's segments is \"\"")),
                rule(
                        "a name is no longer than a path",
                        archive(
                                "4097 bytes",
                                zip -> zip.entries.get(0).name("a/".repeat(2048) + "b", 0),
                                "it has a name of 4097 bytes; the limit is 4096")),
                rule(
                        "a name is ASCII or marked as UTF-8",
                        entry(
                                "ü without the mark",
                                "ü",
                                entry -> {},
                                "its name is not ASCII and not marked as UTF-8, so that readers disagree what it is"),
                        zip(
                                "Latin-1",
                                new ZipBytes().stored("a", "", entry -> entry.name = new byte[] {'a', (byte) 0xfc}),
                                untrusted("aü", "its name is not UTF-8"))),
                rule(
                        "an entry has one name",
                        entry(
                                "another in a Unicode path field",
                                "a",
                                entry -> entry.extra = unicodePath('b'),
                                "its extra fields give it another name"),
                        entry(
                                "a Unicode path field without a name",
                                "a",
                                entry -> entry.extra = field(0x7075, 4),
                                "its extra fields give it another name"),
                        entry(
                                "another in its local Unicode path field",
                                "a",
                                entry -> entry.localExtra = unicodePath('b'),
                                "its local header's extra fields give it another name")),
                rule(
                        "names are distinct",
                        zip(
                                "one twice",
                                new ZipBytes().stored("a", "1").stored("a", "2"),
                                untrusted("a", "there are two entries of this name")),
                        zip(
                                "a file and a directory",
                                new ZipBytes().stored("a", "1").stored("a/", "", entry -> entry.mode(040755)),
                                untrusted("a", "there are two entries of this name")),
                        zip(
                                "one below a file",
                                new ZipBytes().stored("a", "1").stored("a/b/c", "2"),
                                untrusted("a/b/c", "it lies below \"a\", which is a file"))),
                rule(
                        "names are distinct in any case",
                        zip(
                                "two files",
                                new ZipBytes().stored("pkg/File.py", "1").stored("pkg/file.py", "2"),
                                untrusted("pkg/file.py", "it differs from \"pkg/File.py\" only in case")),
                        zip(
                                "beyond ASCII",
                                new ZipBytes()
                                        .stored("a", "1", entry -> entry.name("Ärger", UTF8))
                                        .stored("b", "2", entry -> entry.name("ärger", UTF8)),
                                untrusted("ärger", "it differs from \"Ärger\" only in case")),
                        zip(
                                "a file and a directory",
                                new ZipBytes().stored("a", "1").stored("A/", "", entry -> entry.mode(040755)),
                                untrusted("A", "it differs from \"a\" only in case")),
                        zip(
                                "a directory and a file",
                                new ZipBytes()
                                        .stored("A/", "", entry -> entry.mode(040755))
                                        .stored("a", "1"),
                                untrusted("a", "it differs from \"A\" only in case"))));
    }

    // An entry is a file or directory that everybody can read (APPNOTE 4.4.4, 4.4.5, 4.4.15)

    static Stream<Row> entries() {
        String encrypted = "it is encrypted or patched";
        String kind = "an entry is a file or a directory";
        return rules(
                rule(
                        "an entry is readable",
                        entry("encrypted", "a", entry -> entry.flags(1), encrypted),
                        entry("patched", "a", entry -> entry.flags(1 << 5), encrypted),
                        entry("strongly encrypted", "a", entry -> entry.flags(1 << 6), encrypted),
                        entry("masked", "a", entry -> entry.flags(1 << 13), encrypted)),
                rule(
                        "an entry is stored or deflated",
                        entry("bzip2", "a", method(12), unknown(12)),
                        entry("deflate64", "a", method(9), unknown(9)),
                        entry("zstd", "a", method(93), unknown(93))),
                rule(
                        kind,
                        entry("device", "a", entry -> entry.mode(060644), "its Unix mode 60644 contradicts its name"),
                        entry("pipe", "a", entry -> entry.mode(010644), "its Unix mode 10644 contradicts its name"),
                        entry(
                                "directory without slash",
                                "a",
                                entry -> entry.mode(040755),
                                "its Unix mode 40755 contradicts its name"),
                        entry(
                                "file with slash",
                                "a/",
                                entry -> entry.mode(0100644),
                                "its Unix mode 100644 contradicts its name"),
                        entry(
                                "link with slash",
                                "a/",
                                entry -> entry.mode(0120777),
                                "its Unix mode 120777 contradicts its name"),
                        entry(
                                "directory with content",
                                "a/",
                                entry -> entry.mode(040755),
                                "it is a directory with content"),
                        wheel(
                                "symbolic link",
                                demo().link("demo/link", "/etc/passwd"),
                                "The wheel holds the symbolic link demo/link.",
                                "the wheel format has files only")));
    }

    // A reader that streams and a reader that seeks see the same (APPNOTE 4.3.7, 4.3.9, 4.3.12, 4.5.3)

    static Stream<Row> headers() {
        String local = "its local header gives it another size or CRC-32";
        String both = "local header and directory agree";
        String large = "zip64 fields tell the truth";
        String descriptor = "a data descriptor tells the truth";
        return rules(
                rule(
                        both,
                        entry(
                                "name",
                                "a",
                                entry -> entry.localName = new byte[] {'b'},
                                "its local header gives it another name"),
                        entry(
                                "method",
                                "a",
                                entry -> entry.localMethod = 8,
                                "its local header gives it another compression method or other flags"),
                        entry(
                                "flags",
                                "a",
                                entry -> entry.localFlags = DESCRIPTOR,
                                "its local header gives it another compression method or other flags"),
                        entry("CRC-32", "a", entry -> entry.localCrc++, local),
                        entry("size", "a", entry -> entry.localSize++, local),
                        entry("compressed size", "a", entry -> entry.localCompressedSize = 0, local),
                        entry("size unknown without a descriptor", "a", entry -> entry.localSize = ONES, local),
                        entry("CRC-32 before a descriptor", "a", described(entry -> entry.localCrc = 7), local),
                        entry("size before a descriptor", "a", described(entry -> entry.localSize = 7), local),
                        entry(
                                "compressed size before a descriptor",
                                "a",
                                described(entry -> entry.localCompressedSize = 7),
                                local),
                        entry("size in the local zip64 field", "a", entry -> entry.localExtra = zip64(9, 5), local),
                        entry("compressed size in it", "a", entry -> entry.localExtra = zip64(5, 9), local),
                        entry(
                                "size beside a true zip64 field",
                                "a",
                                entry -> {
                                    entry.localExtra = zip64(5, 5);
                                    entry.localSize = 7;
                                },
                                local),
                        entry(
                                "compressed size beside it",
                                "a",
                                entry -> {
                                    entry.localExtra = zip64(5, 5);
                                    entry.localCompressedSize = 7;
                                },
                                local),
                        entry("one size in it", "a", entry -> entry.localExtra = zip64(5), local)),
                rule(
                        "extra fields are whole",
                        entry("three bytes", "a", entry -> entry.extra = new byte[3], "its extra fields are damaged"),
                        entry(
                                "longer than all",
                                "a",
                                entry -> entry.extra = fields(4)
                                        .putShort((short) 1)
                                        .putShort((short) 5)
                                        .array(),
                                "its extra fields are damaged"),
                        entry(
                                "three bytes in the local header",
                                "a",
                                entry -> entry.localExtra = new byte[3],
                                "its local header's extra fields are damaged")),
                rule(
                        large,
                        entry(
                                "two of them",
                                "a",
                                entry -> entry.extra =
                                        fields(8).putInt(1).putInt(1).array(),
                                "its extra fields hold two of zip64"),
                        entry(
                                "too short",
                                "a",
                                entry -> {
                                    entry.extra = field(1, 4);
                                    entry.size = ONES;
                                },
                                "its zip64 field is too short"),
                        entry(
                                "a number that nobody asked for",
                                "a",
                                entry -> entry.extra = zip64(9),
                                "its zip64 field contradicts its record"),
                        entry(
                                "a true number and a wrong one",
                                "a",
                                entry -> {
                                    entry.extra = zip64(5, 9);
                                    entry.size = ONES;
                                },
                                "its zip64 field contradicts its record"),
                        entry(
                                "a wrong place",
                                "a",
                                entry -> entry.extra = zip64(5, 5, 9),
                                "its zip64 field contradicts its record"),
                        entry(
                                "a number and a half",
                                "a",
                                entry -> entry.extra = append(zip64Of(12, 5), 5, 0, 0, 0),
                                "its zip64 field contradicts its record"),
                        entry(
                                "three numbers and a half",
                                "a",
                                entry -> entry.extra = append(zip64Of(26, 5, 5, 0), 0, 0),
                                "its zip64 field contradicts its record"),
                        entry(
                                "a disk",
                                "a",
                                entry -> {
                                    entry.extra = append(zip64Of(4), 3, 0, 0, 0);
                                    entry.disk = 0xffff;
                                },
                                "its place in the archive is impossible"),
                        entry(
                                "half a number",
                                "a",
                                entry -> entry.extra = field(1, 3),
                                "its zip64 field contradicts its record"),
                        entry(
                                "a fifth number",
                                "a",
                                entry -> entry.extra = zip64(5, 5, 0, 0, 0),
                                "its zip64 field contradicts its record"),
                        entry(
                                "another disk",
                                "a",
                                entry -> entry.extra = append(zip64Of(28, 5, 5, 0), 1, 0, 0, 0),
                                "its zip64 field contradicts its record"),
                        entry(
                                "a size below zero",
                                "a",
                                entry -> {
                                    entry.extra = zip64(-1);
                                    entry.size = ONES;
                                },
                                "its place in the archive is impossible"),
                        entry(
                                "a compressed size below zero",
                                "a",
                                entry -> {
                                    entry.extra = zip64(-1);
                                    entry.compressedSize = ONES;
                                },
                                "its place in the archive is impossible"),
                        entry(
                                "a place below zero",
                                "a",
                                entry -> {
                                    entry.extra = zip64(-1);
                                    entry.offset = ONES;
                                },
                                "its place in the archive is impossible")),
                rule(
                        "an archive is one file",
                        entry(
                                "an entry on a third disk",
                                "a",
                                entry -> entry.disk = 3,
                                "its place in the archive is impossible")),
                rule(
                        "a stored file has one size",
                        entry("two", "a", entry -> entry.size = 9, "it is stored as it is, but its two sizes differ")),
                rule(
                        descriptor,
                        entry(
                                "one byte",
                                "a",
                                entry -> {
                                    entry.flags(DESCRIPTOR);
                                    entry.behind = new byte[1];
                                },
                                "1 bytes behind its data are no data descriptor"),
                        entry(
                                "another CRC-32",
                                "a",
                                described(entry -> entry.behind[4]++),
                                "its data descriptor contradicts the archive's directory"),
                        entry(
                                "another compressed size",
                                "a",
                                described(entry -> entry.behind[8]++),
                                "its data descriptor contradicts the archive's directory"),
                        entry(
                                "a compressed size of eight bytes, larger by 4 GiB",
                                "a",
                                described(entry -> entry.behind = fields(24)
                                        .putInt(0x08074b50)
                                        .putInt((int) entry.crc)
                                        .putLong(entry.compressedSize + (1L << 32))
                                        .putLong(entry.size)
                                        .array()),
                                "its data descriptor contradicts the archive's directory"),
                        entry(
                                "another size",
                                "a",
                                described(entry -> entry.behind[12]++),
                                "its data descriptor contradicts the archive's directory"),
                        entry(
                                "another signature",
                                "a",
                                described(entry -> entry.behind[0]++),
                                "its data descriptor contradicts the archive's directory")));
    }

    // Every byte belongs to one entry (APPNOTE 4.3.6, 4.3.16)

    static Stream<Row> layout() {
        String gap = "every byte belongs to an entry";
        String overlap = "entries do not overlap";
        String end = "the end record tells the truth";
        String directory = "its central directory is not where its end record says";
        return rules(
                rule(
                        gap,
                        entry(
                                "7 before the first",
                                "a",
                                entry -> entry.before = new byte[7],
                                "7 bytes before it belong to no entry"),
                        zip(
                                "3 between two",
                                new ZipBytes()
                                        .stored("a", "1", entry -> entry.behind = new byte[3])
                                        .stored("b", "2"),
                                untrusted("b", "3 bytes before it belong to no entry")),
                        archive(
                                "9 before the directory",
                                zip -> zip.beforeDirectory = new byte[9],
                                "9 bytes before its central directory belong to no entry"),
                        archive("9 behind the directory", zip -> zip.behindDirectory = new byte[9], directory),
                        archive(
                                "5 behind the end",
                                zip -> zip.behindComment = new byte[5],
                                "its end record is followed by bytes that are not its comment"),
                        archive(
                                "a program before the archive",
                                zip -> zip.patch = bytes -> join("#!/bin/sh\n".getBytes(UTF_8), bytes),
                                directory)),
                rule(
                        overlap,
                        entry(
                                "data longer than their place",
                                "a",
                                entry -> {
                                    entry.size++;
                                    entry.compressedSize++;
                                    entry.localSize++;
                                    entry.localCompressedSize++;
                                },
                                "its data overlap what follows"),
                        zip(
                                "data that end beyond all numbers",
                                new ZipBytes().deflated("a", new byte[1], entry -> {
                                    entry.extra = zip64(Long.MAX_VALUE);
                                    entry.compressedSize = ONES;
                                    entry.localExtra = zip64(1, Long.MAX_VALUE);
                                    entry.localCompressedSize = ONES;
                                }),
                                untrusted("a", "its data overlap what follows")),
                        zip(
                                "two entries of one place",
                                new ZipBytes().stored("a", "1").stored("b", "2", entry -> entry.offset = 0),
                                untrusted("a", "its data overlap what follows")),
                        entry(
                                "a place where no entry is",
                                "a",
                                entry -> {
                                    entry.before = new byte[7];
                                    entry.offset = 0;
                                },
                                "it has no local header"),
                        entry(
                                "a place in the directory",
                                "a",
                                entry -> {
                                    entry.localExtra = new byte[0];
                                    entry.localSize = entry.size;
                                },
                                zip -> zip.patch = bytes -> set(bytes, 28, 9),
                                "it overlaps the central directory")),
                rule(
                        "a comment is only that",
                        archive(
                                "an end record",
                                zip -> zip.comment = fields(30)
                                        .put((byte) ' ')
                                        .putInt(0x06054b50)
                                        .putInt(0)
                                        .putInt(0)
                                        .array(),
                                "its end record is followed by bytes that are not its comment"),
                        archive("a whole archive", zip -> zip.comment = new ZipBytes().toByteArray(), directory)),
                rule(
                        end,
                        archive("one entry too many", zip -> zip.countOff = 1, "it announces 2 entries and has 1"),
                        archive("one entry too few", zip -> zip.countOff = -1, "it announces 0 entries and has 1"),
                        archive(
                                "60 bytes that are no record",
                                zip -> zip.inDirectory = new byte[60],
                                "record 2 of its central directory is damaged"),
                        archive(
                                "half a record",
                                zip -> zip.inDirectory =
                                        fields(5).putInt(0x02014b50).array(),
                                "record 2 of its central directory is damaged"),
                        archive(
                                "a record longer than the directory",
                                zip -> zip.patch = bytes -> set(bytes, 36 + 28, 90),
                                "record 1 of its central directory is damaged"),
                        archive(
                                "a disk",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 18, 1),
                                "it is one of several disks"),
                        archive(
                                "a directory on a disk",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 16, 1),
                                "it is one of several disks"),
                        archive(
                                "entries on other disks",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 12, 2),
                                "it is one of several disks"),
                        large(
                                "two end records that differ",
                                zip -> zip.zip64CountOff = 1,
                                "its two end records contradict each other"),
                        large(
                                "two end records that differ in size",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 10, 1),
                                "its two end records contradict each other"),
                        large(
                                "two end records that differ in place",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 6, 1, 0, 0, 0),
                                "its two end records contradict each other"),
                        large(
                                "zip64 elsewhere",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 22 - 12, 1),
                                "its zip64 end record is not where its locator says"),
                        large(
                                "zip64 of another length",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 22 - 20 - 52, 45),
                                "its zip64 end record is not where its locator says"),
                        large(
                                "zip64 without its signature",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 22 - 20 - 56, 'Q'),
                                "its zip64 end record is not where its locator says"),
                        large(
                                "a locator of two disks",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 22 - 4, 2),
                                "it is one of several disks"),
                        large(
                                "a locator on another disk",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 22 - 16, 1),
                                "it is one of several disks"),
                        large(
                                "zip64 on another disk",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 22 - 20 - 40, 1),
                                "it is one of several disks"),
                        large(
                                "zip64 with its directory on another disk",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 22 - 20 - 36, 1),
                                "it is one of several disks"),
                        large(
                                "zip64 with entries on other disks",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 22 - 20 - 32, 0),
                                "it is one of several disks"),
                        archive(
                                "a locator that nothing stands before",
                                zip -> zip.patch = bytes -> Arrays.copyOfRange(large(), 139, 139 + 42),
                                "its zip64 end record is not where its locator says"),
                        large(
                                "zip64 with a directory that begins before the archive",
                                zip -> zip.patch = HostileWheelsTest::beginningBeforeTheArchive,
                                directory),
                        large(
                                "zip64 with a directory below zero",
                                zip -> zip.patch = bytes -> set(bytes, bytes.length - 22 - 20 - 1, 0x80),
                                directory)),
                rule(
                        "a wheel is a zip archive",
                        page("nothing", ""),
                        page("two letters", "PK"),
                        page("a page", "<!DOCTYPE html><title>404</title>")));
    }

    // What unpacks is no bomb, and is what was promised

    static Stream<Row> contents() {
        byte[] hello = "hello hello".getBytes(UTF_8);
        return rules(
                rule(
                        "a wheel is no bomb",
                        new Row(
                                "500,001 entries",
                                in -> {
                                    ZipBytes zip = new ZipBytes().stored("a", "");
                                    zip.zip64 = true;
                                    zip.zip64CountOff = 500_000;
                                    zip.patch = bytes -> set(bytes, bytes.length - 14, 255, 255, 255, 255);
                                    return zip.writeTo(in.resolve(FILE));
                                },
                                answer(
                                        "The archive has too many entries.",
                                        FILE,
                                        "500001 entries in a directory of 47 bytes; the limit is 500000 entries")),
                        new Row(
                                "a directory larger than 64 MiB",
                                in -> sparse(in.resolve(FILE), (64 << 20) + 1),
                                answer(
                                        "The archive has too many entries.",
                                        FILE,
                                        "1 entries in a directory of 67108865 bytes; the limit is 500000 entries")),
                        zip(
                                "more than 64 GiB",
                                new ZipBytes().deflated("zeros", new byte[1], entry -> {
                                    entry.extra = zip64((64L << 30) + 1);
                                    entry.localExtra = zip64((64L << 30) + 1, entry.compressedSize);
                                    entry.size = ONES;
                                    entry.localSize = ONES;
                                }),
                                answer(
                                        "The archive is too large when unpacked.",
                                        FILE,
                                        "with the 68719476737 bytes of \"zeros\" it exceeds the limit of 68719476736 bytes")),
                        zip(
                                "70 MiB of 114 bytes",
                                new ZipBytes().deflated("zeros", new byte[1], entry -> {
                                    entry.size = 70 << 20;
                                    entry.localSize = 70 << 20;
                                }),
                                answer(
                                        "The archive is suspiciously small for what it unpacks to.",
                                        FILE,
                                        "111 bytes become 73400320; the limit is 200 times"))),
                rule(
                        "a file has its CRC-32",
                        damaged(
                                "another",
                                new ZipBytes().deflated("demo/a.py", hello, entry -> {
                                    entry.crc = 1;
                                    entry.localCrc = 1;
                                }),
                                "its CRC-32 is 012da640 instead of 00000001"),
                        damaged(
                                "another of a stored file",
                                new ZipBytes().stored("demo/a.py", hello, entry -> {
                                    entry.crc = 1;
                                    entry.localCrc = 1;
                                }),
                                "its CRC-32 is 012da640 instead of 00000001")),
                rule(
                        "a file has its size",
                        damaged(
                                "longer",
                                new ZipBytes().deflated("demo/a.py", hello, entry -> {
                                    entry.size = 10;
                                    entry.localSize = 10;
                                }),
                                "it is longer than the 10 bytes of the archive's directory"),
                        damaged(
                                "shorter",
                                new ZipBytes().deflated("demo/a.py", hello, entry -> {
                                    entry.size = 12;
                                    entry.localSize = 12;
                                }),
                                "it has 11 bytes instead of 12")),
                rule(
                        "a deflate stream ends where its entry does",
                        damaged(
                                "bytes behind it",
                                new ZipBytes().stream("demo/a.py", new byte[] {3, 0, 0}, new byte[0]),
                                "other bytes follow the end of its deflate stream"),
                        damaged(
                                "cut off",
                                new ZipBytes().stream("demo/a.py", new byte[] {3}, new byte[0]),
                                "its deflate stream ends too early")),
                rule(
                        "a deflate stream is one",
                        damaged(
                                "a block of a fourth kind",
                                new ZipBytes().stream("demo/a.py", new byte[] {7, 0}, new byte[0]),
                                "a block is of the reserved type")));
    }

    // One release: "Binary distribution format", "The .dist-info directory"

    static Stream<Row> releases() {
        String version = "the format is 1.x";
        String why = INFO + "WHEEL says so in Wheel-Version";
        String one = "there is one .dist-info directory";
        String same = "file name, .dist-info and METADATA name one release";
        String names = "the file name and the .dist-info directory must name one release";
        String metadata = "the file name and METADATA must name one release";
        return rules(
                rule(
                        version,
                        wheel(
                                "2.0",
                                demo().wheelFile("Wheel-Version: 2.0\n"),
                                "The wheel's format has version \"2.0\", and only 1 is known.",
                                why),
                        wheel(
                                "0.1",
                                demo().wheelFile("Wheel-Version: 0.1\n"),
                                "The wheel's format has version \"0.1\", and only 1 is known.",
                                why),
                        wheel(
                                "1",
                                demo().wheelFile("Wheel-Version: 1\n"),
                                "The wheel's format has version \"1\", and only 1 is known.",
                                why),
                        wheel(
                                "not said",
                                demo().wheelFile("Generator: test\n"),
                                "The wheel's format has version \"\", and only 1 is known.",
                                why)),
                rule(
                        one,
                        wheel(
                                "none",
                                demo().distInfoDirectory("demo-1.0.info"),
                                "The wheel has no .dist-info directory.",
                                "a wheel has exactly one"),
                        wheel(
                                "one that only importlib.metadata finds",
                                demo().distInfoDirectory("demo-1.0.DIST-INFO"),
                                "The wheel has no .dist-info directory.",
                                "a wheel has exactly one"),
                        wheel(
                                "two",
                                demo().file("x-1.dist-info/METADATA", ""),
                                "The wheel has more than one .dist-info directory.",
                                "they are demo-1.0.dist-info, x-1.dist-info"),
                        wheel(
                                "two, one in another case",
                                demo().file("X-1.Dist-Info/METADATA", ""),
                                "The wheel has more than one .dist-info directory.",
                                "they are X-1.Dist-Info, demo-1.0.dist-info")),
                rule(
                        same,
                        distInfo("another name", "other-1.0.dist-info", names),
                        distInfo("another version", "demo-2.0.dist-info", names),
                        distInfo("no version", "demo.dist-info", names),
                        distInfo("a version that is none", "demo-x.dist-info", names),
                        distInfo("a name that is none", "-1.0.dist-info", names),
                        distInfo("a name with a letter that is none", "d!-1.0.dist-info", names),
                        distInfo("a local version", "demo-1.0+cu1.dist-info", names),
                        distInfo("nothing", ".dist-info", names),
                        wheel(
                                "another version in METADATA",
                                demo().metadata("Name: demo\nVersion: 2.0\n"),
                                "The wheel's METADATA is that of \"demo\" \"2.0\", not of demo 1.0.",
                                metadata),
                        wheel(
                                "another name in METADATA",
                                demo().metadata("Name: other\nVersion: 1.0\n"),
                                "The wheel's METADATA is that of \"other\" \"1.0\", not of demo 1.0.",
                                metadata),
                        wheel(
                                "nothing in METADATA",
                                demo().metadata("Nothing\n"),
                                "The wheel's METADATA is that of \"\" \"\", not of demo 1.0.",
                                metadata)),
                rule(
                        "a wheel has WHEEL",
                        wheel("none", demo().without("WHEEL"), "The wheel has no file " + INFO + "WHEEL.", "")),
                rule(
                        "a wheel has METADATA",
                        wheel("none", demo().without("METADATA"), "The wheel has no file " + INFO + "METADATA.", "")),
                rule(
                        "a wheel has RECORD",
                        wheel("none", demo().without("RECORD"), "The wheel has no file " + INFO + "RECORD.", "")));
    }

    // RECORD lists exactly the files: "The .dist-info directory", "Signed wheel files"

    static Stream<Row> records() {
        String text = "RECORD is a list of path, hash and size";
        String hash = "a hash is sha256 or better";
        String exact = "RECORD lists every file with its hash";
        String better = "the hash must be sha256=, sha384= or sha512=";
        String entryPoints = "[console_scripts]\ndemo = demo:main\n";
        String lie = TestWheels.sha256("lie".getBytes(UTF_8));
        String truth = TestWheels.sha256("truth".getBytes(UTF_8));
        return rules(
                rule(
                        text,
                        zip(
                                "not UTF-8",
                                new ZipBytes()
                                        .stored(INFO + "METADATA", "Name: demo\nVersion: 1.0\n")
                                        .stored(INFO + "WHEEL", "Wheel-Version: 1.0\n")
                                        .stored(INFO + "RECORD", new byte[] {(byte) 0xff, ',', ','}, entry -> {}),
                                answer("RECORD is not UTF-8.", FILE, "")),
                        record("an open quote", rows -> rows + "\"a,,\n", "RECORD is not a CSV file.", ""),
                        record(
                                "two fields",
                                rows -> "a,b\n" + rows,
                                "RECORD has a line that is not path, hash and size.",
                                "line 1 has 2 fields"),
                        record(
                                "four fields",
                                rows -> "a,,,\n" + rows,
                                "RECORD has a line that is not path, hash and size.",
                                "line 1 has 4 fields"),
                        record("a size in words", rows -> "a,,x\n" + rows, "RECORD gives a the size \"x\".", ""),
                        record("a size below zero", rows -> "a,,-1\n" + rows, "RECORD gives a the size \"-1\".", ""),
                        record(
                                "a size beyond all disks",
                                rows -> "a,,9999999999999999999\n" + rows,
                                "RECORD gives a the size \"9999999999999999999\".",
                                ""),
                        record("one path twice", rows -> "a,,\n/a,,\n" + rows, "RECORD lists a twice.", "")),
                rule(
                        hash,
                        record("md5", rows -> "a,md5=AAAA,\n" + rows, "RECORD holds the hash \"md5=AAAA\".", better),
                        record("sha1", rows -> "a,sha1=AAAA,\n" + rows, "RECORD holds the hash \"sha1=AAAA\".", better),
                        record("no name", rows -> "a,AAAA,\n" + rows, "RECORD holds the hash \"AAAA\".", better),
                        record(
                                "too short",
                                rows -> "a,sha256=AAAA,\n" + rows,
                                "RECORD holds the hash \"sha256=AAAA\".",
                                "it is not a sha256 in URL-safe base64 without padding"),
                        record(
                                "another alphabet",
                                rows -> "a,sha256=" + "a/".repeat(21) + "a,\n" + rows,
                                "RECORD holds the hash \"sha256=" + "a/".repeat(21) + "a\".",
                                "it is not a sha256 in URL-safe base64 without padding")),
                rule(
                        exact,
                        record(
                                "a file that it does not list",
                                rows -> rows.replaceFirst("demo/__init__.py.*\n", ""),
                                "The wheel holds demo/__init__.py, which its RECORD does not list.",
                                "every file of a wheel must stand in RECORD with its hash"),
                        record(
                                "a file that only it knows",
                                rows -> "demo/gone.py," + EMPTY + ",0\n" + rows,
                                "The wheel's RECORD lists demo/gone.py, which the wheel does not hold.",
                                ""),
                        record(
                                "a file beyond the wheel",
                                rows -> "../../etc/passwd," + EMPTY + ",0\n" + rows,
                                "The wheel's RECORD lists ../../etc/passwd, which the wheel does not hold.",
                                ""),
                        record(
                                "no hash",
                                rows -> rows.replaceFirst("__init__.py,[^,]*", "__init__.py,"),
                                "The wheel's RECORD gives no hash for demo/__init__.py.",
                                ""),
                        record(
                                "another size",
                                rows -> rows.replaceFirst("(__init__.py,[^,]*),0", "$1,7"),
                                "The file demo/__init__.py is not the one that the wheel's RECORD lists.",
                                "RECORD says 7 bytes, the file has 0"),
                        new Row(
                                "another hash",
                                in -> demo().file("demo/a.py", "truth")
                                        .record(rows -> rows.replace(truth, lie))
                                        .in(in),
                                answer(
                                        "The file demo/a.py is not the one that the wheel's RECORD lists.",
                                        FILE + ": demo/a.py",
                                        "RECORD says " + lie + ", the file is " + truth)),
                        wheel(
                                "another hash of what is read first",
                                demo().entryPoints(entryPoints)
                                        .record(rows ->
                                                rows.replace(TestWheels.sha256(entryPoints.getBytes(UTF_8)), lie)),
                                "The file " + INFO + "entry_points.txt is not the one that the wheel's RECORD lists.",
                                "RECORD says " + lie + ", the file is "
                                        + TestWheels.sha256(entryPoints.getBytes(UTF_8))),
                        wheel(
                                "a script's true hash of its placeholder alone",
                                demo().file("DATA/scripts/run", "#!python\n")
                                        .record(rows ->
                                                rows.replace(TestWheels.sha256("#!python\n".getBytes(UTF_8)), lie)),
                                "The file demo-1.0.data/scripts/run is not the one that the wheel's RECORD lists.",
                                "RECORD says " + lie + ", the file is "
                                        + TestWheels.sha256("#!python\n".getBytes(UTF_8))),
                        record(
                                "another size of a signature",
                                rows -> INFO + "RECORD.jws," + TestWheels.sha256("{}".getBytes(UTF_8)) + ",7\n" + rows,
                                demo().distInfo("RECORD.jws", "{}"),
                                "The file " + INFO + "RECORD.jws is not the one that the wheel's RECORD lists.",
                                "RECORD says 7 bytes, the file has 2"),
                        new Row(
                                "another hash of a signature",
                                in -> demo().distInfo("RECORD.jws", "{}")
                                        .record(rows -> INFO + "RECORD.jws," + lie + ",2\n" + rows)
                                        .in(in),
                                answer(
                                        "The file " + INFO + "RECORD.jws is not the one that the wheel's RECORD lists.",
                                        FILE + ": " + INFO + "RECORD.jws",
                                        "RECORD says " + lie + ", the file is "
                                                + TestWheels.sha256("{}".getBytes(UTF_8))))),
                rule(
                        "a signature needs no row, anything else does",
                        record(
                                "a third kind of signature",
                                rows -> rows.replaceFirst(INFO + "RECORD.asc.*\n", ""),
                                demo().distInfo("RECORD.asc", ""),
                                "The wheel holds " + INFO + "RECORD.asc, which its RECORD does not list.",
                                "every file of a wheel must stand in RECORD with its hash")));
    }

    // Where files go: "Installing a wheel", "The .data directory"

    static Stream<Row> places() {
        String path = "a path can be installed";
        String scheme = "a file below .data belongs to a known scheme";
        String known = "below .data there are purelib, platlib, headers, scripts and data";
        String own = "the environment's own files stay its own";
        String metadata = "a wheel speaks for itself alone";
        String single = "one place has one file";
        return rules(
                rule(
                        path,
                        wheel(
                                "a whiteout",
                                demo().file("demo/.wh.x", ""),
                                "The file \"demo/.wh.x\" is not a path that can be installed.",
                                "in an image's layer, a name that begins with \".wh.\" deletes a file"),
                        wheel(
                                "a directory of whiteouts",
                                demo().file(".wh..wh..opq/x", ""),
                                "The file \".wh..wh..opq/x\" is not a path that can be installed.",
                                "in an image's layer, a name that begins with \".wh.\" deletes a file"),
                        wheel(
                                "a name of 256 bytes",
                                demo().file("x".repeat(256), ""),
                                "The file \"" + "x".repeat(256) + "\" is not a path that can be installed.",
                                "one of its names is longer than the 255 bytes that file systems hold"),
                        wheel(
                                "a name of 86 letters and 258 bytes",
                                demo().file("€".repeat(86), ""),
                                "The file \"" + "€".repeat(86) + "\" is not a path that can be installed.",
                                "one of its names is longer than the 255 bytes that file systems hold"),
                        wheel(
                                "a control character of Latin-1",
                                demo().file("a\u0085b", ""),
                                "The file \"a?b\" is not a path that can be installed.",
                                "it holds a backslash or a control character")),
                rule(
                        scheme,
                        wheel(
                                "another",
                                demo().file("DATA/other/x", ""),
                                "The wheel holds demo-1.0.data/other/x, whose place is not known.",
                                known),
                        wheel(
                                "none",
                                demo().file("DATA/x", ""),
                                "The wheel holds demo-1.0.data/x, whose place is not known.",
                                known),
                        wheel(
                                "a scheme that is a file",
                                demo().file("DATA/purelib", ""),
                                "The wheel holds demo-1.0.data/purelib, whose place is not known.",
                                known),
                        wheel(
                                "the data of another wheel",
                                demo().file("other-1.0.data/scripts/x", ""),
                                "The wheel holds other-1.0.data/scripts/x, outside of its own .data directory.",
                                "installers differ on what it means; the wheel's own is demo-1.0.data")),
                rule(
                        "a script is a file in bin",
                        wheel(
                                "a directory",
                                demo().file("DATA/scripts/sub/x", ""),
                                "The script name \"sub/x\" is not the name of a file in bin.",
                                "it would be written elsewhere")),
                rule(
                        "a script is not the interpreter",
                        wheel(
                                "python",
                                demo().file("DATA/scripts/python", ""),
                                "The script name \"python\" is reserved for the interpreter.",
                                "the script would replace the Python of the environment")),
                rule(
                        own,
                        own("bin/python"),
                        own("bin/Python3.11"),
                        own("bin/pypy3.exe"),
                        own("pyvenv.cfg"),
                        own("lib64"),
                        own("bin"),
                        own("lib"),
                        own("lib/python3.11"),
                        own("lib/python3.11/site-packages")),
                rule(
                        metadata,
                        wheel(
                                "the metadata of another package",
                                demo().file("DATA/purelib/other-1.0.dist-info/METADATA", ""),
                                "The wheel would install lib/python3.11/site-packages/other-1.0.dist-info/METADATA, the metadata of another"
                                        + " package.",
                                "its own are in demo-1.0.dist-info"),
                        wheel(
                                "in another case",
                                demo().file("DATA/platlib/Other-1.0.Dist-Info/METADATA", ""),
                                "The wheel would install lib/python3.11/site-packages/Other-1.0.Dist-Info/METADATA, the metadata of another"
                                        + " package.",
                                "its own are in demo-1.0.dist-info"),
                        wheel(
                                "by a long way",
                                demo().file(
                                                "DATA/data/lib64/python3.11/site-packages/other-1.0.dist-info/METADATA",
                                                ""),
                                "The wheel would install lib/python3.11/site-packages/other-1.0.dist-info/METADATA, the metadata of another"
                                        + " package.",
                                "its own are in demo-1.0.dist-info")),
                rule(
                        single,
                        wheel(
                                "two that differ",
                                demo().file("demo.py", "x").file("DATA/purelib/demo.py", "y"),
                                "The wheel would install two different files at lib/python3.11/site-packages/demo.py.",
                                "which of them stays would depend on the installer"),
                        wheel(
                                "two of two modes",
                                demo().file("demo.py", "x").executable("DATA/purelib/demo.py", "x"),
                                "The wheel would install two different files at lib/python3.11/site-packages/demo.py.",
                                "which of them stays would depend on the installer"),
                        wheel(
                                "other metadata of its own",
                                demo().file("DATA/purelib/demo-1.0.dist-info/METADATA", "Name: evil\n"),
                                "The wheel would install two different files at lib/python3.11/site-packages/demo-1.0.dist-info/METADATA.",
                                "which of them stays would depend on the installer"),
                        wheel(
                                "a file and a directory",
                                demo().file("x", "").file("DATA/purelib/x/y.py", ""),
                                "The wheel would install lib/python3.11/site-packages/x as a file and as a directory.",
                                "it also installs lib/python3.11/site-packages/x/y.py")));
    }

    // "Entry points specification", and what uv refuses besides

    static Stream<Row> entryPoints() {
        String callable = "a script needs module:attribute, such as package.cli:main";
        return rules(
                rule(
                        "a line is an entry",
                        entryPoints(
                                "no equals sign",
                                "[console_scripts]\nfoo\n",
                                "entry_points.txt has a line that is no entry.",
                                "",
                                "line 2 is \"foo\""),
                        entryPoints(
                                "no name",
                                "[console_scripts]\n= a:b\n",
                                "entry_points.txt has a line that is no entry.",
                                "",
                                "line 2 is \"= a:b\""),
                        entryPoints(
                                "no group",
                                "foo = a:b\n",
                                "entry_points.txt has a line that is no entry.",
                                "",
                                "line 1 is \"foo = a:b\"")),
                rule(
                        "a script is one",
                        entryPoints(
                                "two in one group",
                                "[console_scripts]\nfoo = a:b\nfoo = a:c\n",
                                "entry_points.txt names \"foo\" twice in one group.",
                                "",
                                "it stands for a:b and a:c"),
                        entryPoints(
                                "two in two groups",
                                "[console_scripts]\nfoo = a:b\n[gui_scripts]\nfoo = a:c\n",
                                "The script \"foo\" has two entry points.",
                                ": [gui_scripts] foo",
                                "they are a:b and a:c")),
                rule(
                        "a script is a file in bin",
                        entryPoints(
                                "one that climbs",
                                "[console_scripts]\n../../x = demo:main\n",
                                "The script name \"../../x\" is not the name of a file in bin.",
                                ": [console_scripts] ../../x",
                                "it would be written elsewhere"),
                        entryPoints(
                                "an absolute one",
                                "[console_scripts]\n/etc/cron.d/x = demo:main\n",
                                "The script name \"/etc/cron.d/x\" is not the name of a file in bin.",
                                ": [console_scripts] /etc/cron.d/x",
                                "it would be written elsewhere"),
                        entryPoints(
                                "the directory above",
                                "[console_scripts]\n.. = demo:main\n",
                                "The script name \"..\" is not the name of a file in bin.",
                                ": [console_scripts] ..",
                                "it would be written elsewhere"),
                        entryPoints(
                                "a whiteout",
                                "[console_scripts]\n.wh.python = demo:main\n",
                                "The script name \".wh.python\" is not a path that can be installed.",
                                ": [console_scripts] .wh.python",
                                "in an image's layer, a name that begins with \".wh.\" deletes a file")),
                rule(
                        "a script is not the interpreter",
                        entryPoints(
                                "python3",
                                "[gui_scripts]\npython3 = demo:main\n",
                                "The script name \"python3\" is reserved for the interpreter.",
                                ": [gui_scripts] python3",
                                "the script would replace the Python of the environment")),
                rule(
                        "a script calls something",
                        entryPoints(
                                "a module alone",
                                "[console_scripts]\nfoo = demo\n",
                                "The entry point \"demo\" cannot be called.",
                                ": [console_scripts] foo",
                                callable),
                        entryPoints(
                                "a statement",
                                "[console_scripts]\nfoo = os:system('x')\n",
                                "The entry point \"os:system('x')\" cannot be called.",
                                ": [console_scripts] foo",
                                callable)),
                rule(
                        "entry_points.txt is UTF-8",
                        zip(
                                "Latin-1",
                                installable(new ZipBytes()
                                        .stored(INFO + "entry_points.txt", new byte[] {'#', (byte) 0xe4}, entry -> {})),
                                answer("entry_points.txt is not UTF-8.", FILE, ""))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"names", "entries", "headers", "layout", "contents", "releases", "records", "places", "entryPoints"})
    void isRefusedWithOneClearMessage(Row row) throws IOException {
        Path file = row.wheel().in(directory);

        assertThatThrownBy(() -> install(file)).isInstanceOf(BuildRefused.class).hasMessage(row.answer());
    }

    /** What the rows are made of is right until it is broken. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatBreaksNoRuleIsInstalled(String what, ZipBytes zip) throws IOException {
        install(zip.writeTo(directory.resolve(FILE)));
    }

    static Stream<Arguments> whatBreaksNoRuleIsInstalled() {
        ZipBytes large = installable(new ZipBytes().stored("demo/a.py", ""));
        large.zip64 = true;
        ZipBytes announced = installable(new ZipBytes().stored("demo/a.py", ""));
        announced.zip64 = true;
        announced.patch =
                bytes -> set(bytes, bytes.length - 14, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255);
        return Stream.of(
                right("a file", entry -> {}),
                right("a data descriptor", described(entry -> {})),
                right("a data descriptor, and ones for what it tells", described(entry -> {
                    entry.localSize = ONES;
                    entry.localCompressedSize = ONES;
                })),
                right("all numbers in zip64 fields", entry -> {
                    entry.extra = append(zip64Of(28, 0, 0, 0), 0, 0, 0, 0);
                    entry.localExtra = zip64(0, 0);
                }),
                right("some of them", entry -> entry.extra = zip64(0, 0)),
                right("three of them", entry -> entry.extra = zip64(0, 0, 0)),
                right("a zip64 field and others", entry -> entry.extra = append(zip64(0, 0), field(0x5455, 5))),
                right("a disk in a zip64 field", entry -> {
                    entry.extra = append(zip64Of(4), 0, 0, 0, 0);
                    entry.disk = 0xffff;
                }),
                right("a Unicode path that is the name", entry -> {
                    entry.extra = append(
                            fields(9)
                                    .putShort((short) 0x7075)
                                    .putShort((short) 14)
                                    .array(),
                            "demo/a.py");
                    entry.localExtra = entry.extra;
                }),
                right("extra fields that nobody knows", entry -> {
                    entry.extra = append(field(0x5455, 5), field(0x7875, 11));
                    entry.localExtra = append(field(0x5455, 9), field(0x7875, 11));
                }),
                Arguments.of("zip64 end records", large),
                Arguments.of("zip64 end records that the others point to", announced),
                Arguments.of(
                        "a megabyte of zeros", installable(new ZipBytes().deflated("demo/a.py", new byte[1 << 20]))),
                Arguments.of(
                        "directories that differ in case",
                        installable(new ZipBytes()
                                .stored("a/", "", entry -> entry.mode(040755))
                                .stored("A/", "", entry -> entry.mode(040755)))));
    }

    private static Arguments right(String what, Consumer<ZipBytes.Entry> change) {
        return Arguments.of(what, installable(new ZipBytes().stored("demo/a.py", "", change)));
    }

    @Test
    void thereAreManyRowsAndNoneTwice() {
        assertThat(Stream.of(
                                names(),
                                entries(),
                                headers(),
                                layout(),
                                contents(),
                                releases(),
                                records(),
                                places(),
                                entryPoints())
                        .flatMap(rows -> rows)
                        .map(Row::toString))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(150);
    }

    private static void install(Path file) throws IOException {
        try (Wheel wheel = Wheel.open(file, WheelFileName.parse(FILE), new Tally());
                LayerWriter layer = new LayerWriter(OutputStream.nullOutputStream(), LayerForm.GZIP)) {
            new InstallWheel(wheel, SCHEME, Optional.empty(), FileFilter.NONE).into(new LayerDestination(layer));
            layer.finish();
        }
    }

    private record LayerDestination(LayerWriter layer) implements WheelDestination {
        @Override
        public void generated(String path, boolean executable, long size, InputStream content) throws IOException {
            layer.file(EntryHeader.file(path), size, content);
        }

        @Override
        public void member(String path, boolean executable, ZipArchive archive, ZipMember member, ContentCheck check)
                throws IOException {
            layer.member(EntryHeader.file(path), archive, member, check);
        }
    }

    private static TestWheels demo() {
        return TestWheels.named("demo", "1.0").file("demo/__init__.py", "");
    }

    // Rows

    private record Rule(List<Row> rows) {}

    private static Stream<Row> rules(Rule... rules) {
        return Stream.of(rules).flatMap(rule -> rule.rows().stream());
    }

    private static Rule rule(String text, Row... rows) {
        return new Rule(Stream.of(rows)
                .map(row -> new Row(text, row.how(), row.wheel(), row.answer()))
                .toList());
    }

    private static Row zip(String how, ZipBytes zip, String answer) {
        return new Row(how, in -> zip.writeTo(in.resolve(FILE)), answer);
    }

    private static Row named(String name, String printed, String why) {
        return zip("\"" + printed + "\"", new ZipBytes().stored(name, ""), untrusted(printed, why));
    }

    private static Row entry(String how, String name, Consumer<ZipBytes.Entry> change, String why) {
        return zip(how, new ZipBytes().stored(name, "hello", change), untrusted(name, why));
    }

    private static Row entry(
            String how, String name, Consumer<ZipBytes.Entry> change, Consumer<ZipBytes> more, String why) {
        ZipBytes zip = new ZipBytes().stored(name, "hello", change);
        more.accept(zip);
        return zip(how, zip, untrusted(name, why));
    }

    private static Row archive(String how, Consumer<ZipBytes> change, String why) {
        ZipBytes zip = new ZipBytes().stored("a", "hello");
        change.accept(zip);
        return zip(how, zip, answer("The file is not a zip archive that can be trusted.", FILE, why));
    }

    private static Row large(String how, Consumer<ZipBytes> change, String why) {
        return archive(
                how,
                zip -> {
                    zip.zip64 = true;
                    change.accept(zip);
                },
                why);
    }

    private static Row page(String how, String text) {
        return new Row(
                how,
                in -> Files.writeString(in.resolve(FILE), text),
                answer("The file is not a zip archive that can be trusted.", FILE, "it has no end record"));
    }

    private static Row damaged(String how, ZipBytes zip, String why) {
        return zip(how, installable(zip), answer("A compressed file is damaged.", FILE + ": demo/a.py", why));
    }

    private static Row wheel(String how, TestWheels wheel, String what, String why) {
        return new Row(how, wheel::in, answer(what, FILE, why));
    }

    private static Row distInfo(String how, String name, String why) {
        return wheel(
                how,
                demo().distInfoDirectory(name),
                "The wheel's directory " + name + " is not that of demo 1.0.",
                why);
    }

    private static Row record(String how, UnaryOperator<String> change, String what, String why) {
        return record(how, change, demo(), what, why);
    }

    private static Row record(String how, UnaryOperator<String> change, TestWheels wheel, String what, String why) {
        return wheel(how, wheel.record(change), what, why);
    }

    private static Row own(String path) {
        return wheel(
                path,
                demo().file("DATA/data/" + path, ""),
                "The wheel would replace " + path + ", which belongs to the environment itself.",
                "");
    }

    private static Row entryPoints(String how, String text, String what, String place, String why) {
        return new Row(how, in -> demo().entryPoints(text).in(in), answer(what, FILE + place, why));
    }

    // Answers

    private static String answer(String what, String where, String why) {
        return what + "\n  where  " + where + (why.isEmpty() ? "" : "\n  why    " + why) + "\n  do     " + ADVICE;
    }

    private static String untrusted(String name, String why) {
        return answer("The archive's entry \"" + name + "\" cannot be trusted.", FILE, why);
    }

    private static String unknown(int method) {
        return "its compression method is " + method + "; only 0 (stored) and 8 (deflate) are supported";
    }

    // Bytes

    /** Besides the entries all that a wheel has, and a RECORD that tells no sizes. */
    private static ZipBytes installable(ZipBytes zip) {
        zip.stored(INFO + "METADATA", "Name: demo\nVersion: 1.0\n").stored(INFO + "WHEEL", "Wheel-Version: 1.0\n");
        StringBuilder record = new StringBuilder(INFO + "RECORD,,\n");
        for (ZipBytes.Entry entry : zip.entries) {
            if (new String(entry.name, UTF_8).endsWith("/")) {
                continue;
            }
            record.append(new String(entry.name, UTF_8))
                    .append(',')
                    .append(TestWheels.sha256(entry.content))
                    .append(",\n");
        }
        return zip.stored(INFO + "RECORD", record.toString());
    }

    private static Consumer<ZipBytes.Entry> method(int method) {
        return entry -> {
            entry.method = method;
            entry.localMethod = method;
        };
    }

    /** With a data descriptor, which says the truth until it is changed. */
    private static Consumer<ZipBytes.Entry> described(Consumer<ZipBytes.Entry> change) {
        return entry -> {
            entry.flags(DESCRIPTOR);
            entry.behind = fields(16)
                    .putInt(0x08074b50)
                    .putInt((int) entry.crc)
                    .putInt((int) entry.compressedSize)
                    .putInt((int) entry.size)
                    .array();
            entry.localCrc = 0;
            entry.localSize = 0;
            entry.localCompressedSize = 0;
            change.accept(entry);
        };
    }

    private static byte[] large() {
        ZipBytes zip = new ZipBytes().stored("a", "hello");
        zip.zip64 = true;
        return zip.toByteArray();
    }

    /** Its size is such that it ends where it should. */
    private static byte[] beginningBeforeTheArchive(byte[] bytes) {
        int large = bytes.length - 22 - 20 - 56;
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(large + 40, large + 1)
                .putLong(large + 48, -1)
                .putInt(bytes.length - 10, -1);
        return bytes;
    }

    private static byte[] field(int id, int length) {
        return fields(4 + length).putShort((short) id).putShort((short) length).array();
    }

    private static byte[] unicodePath(char name) {
        return fields(10)
                .putShort((short) 0x7075)
                .putShort((short) 6)
                .put((byte) 1)
                .putInt(0)
                .put((byte) name)
                .array();
    }

    private static byte[] zip64(long... numbers) {
        return zip64Of(numbers.length * 8, numbers);
    }

    private static byte[] zip64Of(int length, long... numbers) {
        byte[] field = new byte[4 + numbers.length * 8];
        ByteBuffer bytes = ByteBuffer.wrap(field)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 1)
                .putShort((short) length);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        return field;
    }

    private static byte[] append(byte[] bytes, String text) {
        return join(bytes, text.getBytes(UTF_8));
    }

    private static byte[] append(byte[] bytes, byte[] more) {
        return join(bytes, more);
    }

    private static byte[] append(byte[] bytes, int... more) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        return set(all, bytes.length, more);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static byte[] set(byte[] bytes, int at, int... values) {
        byte[] changed = bytes.clone();
        for (int i = 0; i < values.length; i++) {
            changed[at + i] = (byte) values[i];
        }
        return changed;
    }

    /** A file that is all directory, of zeros that take no room, and its end record. */
    private static Path sparse(Path file, int directory) {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(directory);
            out.write(fields(22)
                    .putInt(0x06054b50)
                    .putInt(0)
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .putInt(directory)
                    .putInt(0)
                    .putShort((short) 0)
                    .array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
