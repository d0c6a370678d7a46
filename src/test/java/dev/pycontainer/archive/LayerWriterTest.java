package dev.pycontainer.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.testkit.ZipBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is judged by readers that are not ours: the JDK, commons-compress, GNU gzip and tar, Python. */
class LayerWriterTest {

    private static final String LONG_NAME = "n".repeat(120) + ".py";
    private static final String DEEP_PATH = ("d".repeat(60) + "/").repeat(3) + "module.py";
    private static final String VERY_LONG_PATH = ("e".repeat(90) + "/").repeat(4) + "module.py";

    @TempDir
    Path directory;

    @Test
    void aLayerIsOneOrdinaryGzipMember() throws Exception {
        Layer layer = everything();

        assertThat(Arrays.copyOf(layer.bytes, 10)).isEqualTo(HexFormat.of().parseHex("1f8b08000000000000ff"));
        byte[] tar = gunzip(layer.bytes);
        assertThat(Digest.of(tar)).isEqualTo(layer.written.diffId());
        assertThat(tar).hasSize((int) layer.written.tarSize());
        assertThat(layer.written.tarSize() % 512).isZero();
    }

    @Test
    void aFileMayHaveOtherNames() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (LayerWriter writer = new LayerWriter(bytes, LayerForm.GZIP)) {
            writer.file(EntryHeader.executable("usr/bin/perl"), "perl".getBytes(UTF_8));
            writer.hardLink(EntryHeader.executable("usr/bin/perl5"), "usr/bin/perl");
            writer.finish();
        }
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ByteArrayInputStream(gunzip(bytes.toByteArray())), "UTF-8")) {
            tar.getNextEntry();
            TarArchiveEntry link = tar.getNextEntry();
            assertThat(link.isLink()).isTrue();
            assertThat(link.getName() + " -> " + link.getLinkName()).isEqualTo("usr/bin/perl5 -> usr/bin/perl");
            assertThat(link.getSize()).isZero();
        }
        assertThatThrownBy(() -> new LayerWriter(new ByteArrayOutputStream(), LayerForm.GZIP)
                        .hardLink(EntryHeader.file("a"), "b"))
                .hasMessage("\"a\" would be another name of \"b\", which comes behind it.");
    }

    @Test
    void aZstdLayerHasTheSameTar() throws Exception {
        Layer gzip = everything();
        Layer zstd = everything(LayerForm.ZSTD);
        Path file = Files.write(directory.resolve("layer.tar.zst"), zstd.bytes);

        assertThat(zstd.written).isEqualTo(gzip.written);
        assertThat(run("zstd", "-t", "-q", file.toString())).isEmpty();
        assertThat(LayerStream.open(Files.newInputStream(file), "it")).hasBinaryContent(gunzip(gzip.bytes));
    }

    /** One frame, no dictionary, no size, a checksum (RFC 8878, section 3.1.1.1.1); the same bytes each time. */
    @Test
    void aZstdLayerIsOneFrameAndFollowsFromItsTar() throws Exception {
        Layer layer = everything(LayerForm.ZSTD);

        assertThat(HexFormat.of().formatHex(layer.bytes, 0, 5)).isEqualTo("28b52ffd04");
        assertThat(Zstd.findFrameCompressedSize(layer.bytes)).isEqualTo(layer.bytes.length);
        assertThat(everything(LayerForm.ZSTD).bytes).isEqualTo(layer.bytes);
        assertThat(layer.bytes.length).isLessThan(everything().bytes.length);
    }

    /** Content that another program could have written at once is the same frame. */
    @Test
    void aZstdLayerDoesNotDependOnTheSizesOfWrites() throws Exception {
        byte[] content = RandomContent.of(new Random(8), 3_000_000);
        Layer layer = write(LayerForm.ZSTD, writer -> writer.file(EntryHeader.file("a"), content));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(whole, 9)) {
            zstd.setChecksum(true);
            zstd.write(tarOf(layer));
        }

        assertThat(layer.bytes).isEqualTo(whole.toByteArray());
    }

    /** In a process of its own, as a library that was loaded once stays. */
    @Test
    void whereTheLibraryOfZstdCannotBeLoadedThatIsTold() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = System.getProperty("java.class.path");

        assertThat(run(java, "-DZstdNativePath=/nowhere/zstd.so", "-cp", path, WithoutZstd.class.getName()))
                .isEqualTo("A layer is compressed with zstd, whose library cannot be loaded here.\n"
                        + "  why    Can't load library: /nowhere/zstd.so\n"
                        + "  do     let the directory of -Djava.io.tmpdir allow programs (it may be mounted noexec),"
                        + " or use the compression gzip\n");
    }

    static final class WithoutZstd {
        public static void main(String[] arguments) throws IOException {
            try (LayerWriter writer = new LayerWriter(OutputStream.nullOutputStream(), LayerForm.ZSTD)) {
                writer.finish();
            } catch (BuildRefused refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    @Test
    void theFormAndItsRulesArePartOfWhatALayerIsRememberedBy() {
        assertThat(LayerForm.GZIP.rules()).isEqualTo("gzip");
        assertThat(LayerForm.ESTARGZ.rules()).isEqualTo("estargz/1");
        assertThat(LayerForm.ZSTD.rules()).matches("zstd/9/1\\.5\\.7-\\d+");
    }

    @Test
    void commonsCompressReadsBackWhatWasWritten() throws Exception {
        List<String> entries = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ByteArrayInputStream(gunzip(everything().bytes)), "UTF-8")) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                assertThat(entry.isCheckSumOK()).isTrue();
                assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
                entries.add("%s %o %d:%d %d %d%s"
                        .formatted(
                                entry.getName(),
                                entry.getMode(),
                                entry.getLongUserId(),
                                entry.getLongGroupId(),
                                entry.getLastModifiedTime().toMillis() / 1000,
                                entry.getSize(),
                                entry.isSymbolicLink() ? " -> " + entry.getLinkName() : ""));
            }
        }
        assertThat(entries)
                .containsExactly(
                        "a/ 755 0:0 315532800 0",
                        "a/empty 644 0:0 315532800 0",
                        "a/link 777 0:0 315532800 0 -> ../somewhere",
                        "a/longlink 777 0:0 315532800 0 -> " + "t".repeat(130),
                        "a/tool 755 0:0 315532800 2",
                        "b.bin 640 1000:65532 1700000000 300000",
                        DEEP_PATH + " 644 0:0 315532800 4",
                        VERY_LONG_PATH + " 644 0:0 315532800 4",
                        LONG_NAME + " 644 0:0 315532800 4",
                        "zip/deflated 644 0:0 315532800 90000",
                        "zip/empty 644 0:0 315532800 0",
                        "zip/stored 644 0:0 315532800 70000",
                        "zz-größe/ 755 0:0 315532800 0",
                        "zz-größe/日本 777 0:0 315532800 0 -> 日本.txt",
                        "zz-größe/日本.txt 644 0:0 315532800 4");
    }

    @Test
    void gnuGzipAndTarReadIt() throws Exception {
        Path file = Files.write(directory.resolve("layer.tar.gz"), everything().bytes);

        assertThat(run("gzip", "-t", file.toString())).isEmpty();
        assertThat(run("tar", "--numeric-owner", "--quoting-style=literal", "-tvf", file.toString()))
                .contains("drwxr-xr-x 0/0")
                .contains("-rw-r----- 1000/65532")
                .contains("300000 2023-11-14 22:13 b.bin")
                .contains("a/link -> ../somewhere")
                .contains("zz-größe/日本 -> 日本.txt")
                .contains(" " + DEEP_PATH + "\n")
                .contains(" " + VERY_LONG_PATH + "\n")
                .contains(" " + LONG_NAME + "\n");
        Path target = Files.createDirectory(directory.resolve("unpacked"));
        assertThat(run("tar", "-xf", file.toString(), "-C", target.toString())).isEmpty();
        assertThat(target.resolve("b.bin")).hasBinaryContent(noise());
        assertThat(target.resolve("zip/deflated")).hasBinaryContent(RandomContent.of(new Random(2), 90_000));
        assertThat(target.resolve("zip/stored")).hasBinaryContent(RandomContent.of(new Random(3), 70_000));
    }

    @Test
    void pythonReadsIt() throws Exception {
        Path file = Files.write(directory.resolve("layer.tar.gz"), everything().bytes);
        String script = """
                import sys, tarfile
                for member in tarfile.open(sys.argv[1], "r:gz", encoding="utf-8", errors="strict"):
                    print(ascii(member.name), oct(member.mode), member.size, ascii(member.linkname))
                """;

        assertThat(run("python3", "-c", script, file.toString()))
                .contains("'a' 0o755 0 ''\n")
                .contains("'zz-gr\\xf6\\xdfe/\\u65e5\\u672c' 0o777 0 '\\u65e5\\u672c.txt'\n")
                .contains("'" + VERY_LONG_PATH + "' 0o644 4 ''\n")
                .contains("'b.bin' 0o640 300000 ''\n");
    }

    /** POSIX.1-1988: a prefix of up to 155 bytes and a name of up to 100; an extended header only where that fails. */
    @ParameterizedTest
    @CsvSource({"100, 0, false", "101, 0, true", "100, 155, false", "100, 156, true", "101, 20, true", "3, 97, false"})
    void anExtendedHeaderStandsOnlyWhereUstarIsTooSmall(int name, int prefix, boolean extended) throws Exception {
        String path = (prefix == 0 ? "" : "p".repeat(prefix) + "/") + "n".repeat(name);
        Layer layer = write(writer -> writer.file(EntryHeader.file(path), new byte[0]));

        byte[] tar = gunzip(layer.bytes);
        assertThat((char) tar[156]).isEqualTo(extended ? 'x' : '0');
        assertThat(namesOf(tar)).containsExactly(path);
    }

    @Test
    void theExtendedHeaderHoldsTheTrueNameAlone() throws Exception {
        byte[] tar = gunzip(write(writer -> writer.link(EntryHeader.link("ä"), "ö")).bytes);

        assertThat(new String(tar, 512, 26, UTF_8)).isEqualTo("15 linkpath=ö\n11 path=ä\n");
    }

    @Test
    void aSizeBeyondOctalDigitsIsInTheExtendedHeader() {
        byte[] blocks = TarHeader.of(EntryHeader.file("big"), '0', 1L << 33, "");

        assertThat(new String(blocks, 512, 19, UTF_8)).isEqualTo("19 size=8589934592\n");
        assertThat(new String(blocks, 1024 + 124, 11, UTF_8)).isEqualTo("00000000000");
        assertThat(TarHeader.of(EntryHeader.file("big"), '0', (1L << 33) - 1, ""))
                .hasSize(512);
    }

    /**
     * Nothing here depends on a JDK or on zlib: the deflate streams are literal bytes, of which the first is one block of fixed
     * codes for "hello hello hello", the second two stored blocks. Another digest means another rules version.
     */
    @Test
    void theBytesOfALayerAreFixed() throws Exception {
        HexFormat hex = HexFormat.of();
        byte[] fixed = hex.parseHex("cb48cdc9c957c8409000");
        byte[] stored = hex.parseHex("000200fdff6869010100feff0a");
        ZipBytes zip = new ZipBytes()
                .stream("fixed", fixed, "hello hello hello".getBytes(UTF_8)).stream(
                                "stored", stored, "hi\n".getBytes(UTF_8))
                        .stored("plain", "plain text");
        Layer layer = write(writer -> {
            writer.directory(EntryHeader.directory("opt"));
            writer.directory(EntryHeader.directory("opt/venv"));
            try (ZipArchive archive = open(zip)) {
                for (ZipMember member : List.of(
                        archive.members().get(0),
                        archive.members().get(2),
                        archive.members().get(1))) {
                    writer.member(EntryHeader.file("opt/venv/" + member.path()), archive, member, ContentCheck.NONE);
                }
            }
            writer.file(
                    EntryHeader.executable("opt/venv/tool"),
                    "#!/opt/venv/bin/python\nimport sys\n".repeat(20).getBytes(UTF_8));
            writer.link(EntryHeader.link("opt/venv/ü"), "tool");
        });

        assertThat(layer.written.diffId())
                .hasToString("sha256:af02e2de1776026d29c6b19c826171066fe01f5a1629adafa46ab0328a215bbc");
        assertThat(Digest.of(layer.bytes))
                .hasToString("sha256:266492d95569f443d0c85255f0155fb2a1210f6da52a6c1d97ecf5e6b01cb62b");
        assertThat(LayerWriter.RULES_VERSION).isEqualTo(2);
    }

    /** A header names what it shares with the one before it, as long as a deflate match reaches that. */
    @ParameterizedTest
    @CsvSource({"31744, true", "32256, true", "32257, false"})
    void aHeaderIsShortWhereTheOneBeforeIsNear(int sizeBetween, boolean isShort) throws Exception {
        String path = "opt/venv/lib/python3.12/site-packages/package/module";
        byte[] content = RandomContent.of(new Random(6), sizeBetween);
        Layer one = write(writer -> writer.file(EntryHeader.file(path + "1.py"), content));
        Layer two = write(writer -> {
            writer.file(EntryHeader.file(path + "1.py"), content);
            writer.file(EntryHeader.file(path + "2.py"), new byte[0]);
        });

        assertThat(two.bytes.length - one.bytes.length < 40).isEqualTo(isShort);
        assertThat(namesOf(gunzip(two.bytes))).containsExactly(path + "1.py", path + "2.py");
    }

    /** Streams may end at any bit of a byte, and content of every size may stand among the headers or on its own. */
    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void smallFilesOfEverySizeAreReadBack(LayerForm form) throws Exception {
        ZipBytes zip = new ZipBytes();
        for (int size = 0; size <= 200; size++) {
            byte[] content = RandomContent.of(new Random(size), size);
            String name = "%03d".formatted(size);
            if (size % 3 == 0) {
                zip.stored(name, content, entry -> {});
            } else {
                zip.deflated(name, content);
            }
        }
        Layer layer = write(form, writer -> {
            try (ZipArchive archive = open(zip)) {
                for (ZipMember member : archive.members()) {
                    writer.member(EntryHeader.file("a" + member.path()), archive, member, ContentCheck.NONE);
                }
            }
            for (int size = 0; size <= 200; size++) {
                writer.file(EntryHeader.file("b%03d".formatted(size)), RandomContent.of(new Random(size), size));
            }
        });

        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(tarOf(layer)), "UTF-8")) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                if (entry.getName().contains("arg") || entry.getName().contains("landmark")) {
                    continue;
                }
                int size = Integer.parseInt(entry.getName().substring(1));
                assertThat(tar.readAllBytes()).isEqualTo(RandomContent.of(new Random(size), size));
            }
        }
    }

    @Test
    void anEmptyLayerIsTheEndOfAnArchive() throws Exception {
        Layer layer = write(writer -> {});
        assertThat(gunzip(layer.bytes)).isEqualTo(new byte[1024]);
    }

    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void theBytesDoNotDependOnHowContentIsRead(LayerForm form) throws Exception {
        byte[] content = RandomContent.of(new Random(9), 200_000);
        Layer whole = write(form, writer -> writer.file(EntryHeader.file("a"), content));
        Layer dripping = write(form, writer -> writer.file(EntryHeader.file("a"), content.length, dripping(content)));

        assertThat(dripping.bytes).isEqualTo(whole.bytes);
    }

    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void theCheckSeesAllContentOfAMember(LayerForm form) throws Exception {
        byte[] content = RandomContent.of(new Random(4), 500_000);
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        List<String> events = new ArrayList<>();
        ContentCheck check = new ContentCheck() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                seen.write(bytes, offset, length);
            }

            @Override
            public void finish() {
                events.add("finished at " + seen.size());
            }
        };
        write(form, writer -> {
            try (ZipArchive archive = open(new ZipBytes().deflated("a", content))) {
                writer.member(EntryHeader.file("a"), archive, archive.members().get(0), check);
            }
        });

        assertThat(seen.toByteArray()).isEqualTo(content);
        assertThat(events).containsExactly("finished at 500000");
    }

    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void aRefusalOfTheCheckNamesArchiveAndMember(LayerForm form) {
        ContentCheck check = new ContentCheck() {
            @Override
            public void update(byte[] bytes, int offset, int length) {}

            @Override
            public void finish() {
                throw BuildRefused.because("RECORD lies.");
            }
        };
        assertThatThrownBy(() -> write(form, writer -> {
                    try (ZipArchive archive = open(new ZipBytes().stored("pkg/a", "x"))) {
                        writer.member(
                                EntryHeader.file("b"),
                                archive,
                                archive.members().get(0),
                                check);
                    }
                }))
                .hasMessage("RECORD lies.\n  where  demo.whl: pkg/a");
    }

    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void aDamagedMemberIsRefused(LayerForm form) {
        ZipBytes zip = new ZipBytes().deflated("pkg/a", noise(), entry -> {
            entry.crc = 5;
            entry.localCrc = 5;
        });
        assertThatThrownBy(() -> write(form, writer -> {
                    try (ZipArchive archive = open(zip)) {
                        writer.member(
                                EntryHeader.file("b"),
                                archive,
                                archive.members().get(0),
                                ContentCheck.NONE);
                    }
                }))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("A compressed file is damaged.\n  where  demo.whl: pkg/a\n"
                        + "  why    its CRC-32 is 1d8380ed instead of 00000005");
    }

    /** Of a size that an eStargz layer cuts, so that the content has passed two decoders when it is judged. */
    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void aLargeDamagedMemberIsRefused(LayerForm form) throws IOException {
        byte[] large = RandomContent.of(new Random(7), 5_000_000);
        byte[] stream = new ZipBytes().deflated("a", large).entries.get(0).data;
        byte[] begun = Arrays.copyOf(large, 4_900_000);
        byte[] more = Arrays.copyOf(large, 5_000_001);

        assertThat(faultOf(form, new ZipBytes().stream("a", stream, begun)))
                .isEqualTo("it is longer than the 4900000 bytes of the archive's directory");
        assertThat(faultOf(form, new ZipBytes().stream("a", stream, more)))
                .isEqualTo("it has 5000000 bytes instead of 5000001");
        assertThat(faultOf(form, new ZipBytes().stream("a", Arrays.copyOf(stream, stream.length - 9), large)))
                .isEqualTo("its deflate stream ends too early");
        assertThat(faultOf(form, new ZipBytes().stream("a", Arrays.copyOf(stream, stream.length + 9), large)))
                .isEqualTo("other bytes follow the end of its deflate stream");
        assertThat(faultOf(form, new ZipBytes().stored("a", large, entry -> {
                            entry.crc = 5;
                            entry.localCrc = 5;
                        })))
                .matches("its CRC-32 is [0-9a-f]{8} instead of 00000005");
    }

    private String faultOf(LayerForm form, ZipBytes zip) {
        String start = "A compressed file is damaged.\n  where  demo.whl: a\n  why    ";
        BuildRefused refused = catchThrowableOfType(
                BuildRefused.class,
                () -> write(form, writer -> {
                    try (ZipArchive archive = open(zip)) {
                        writer.member(
                                EntryHeader.file("a"),
                                archive,
                                archive.members().get(0),
                                ContentCheck.NONE);
                    }
                }));
        assertThat(refused).hasMessageStartingWith(start);
        return refused.getMessage().substring(start.length());
    }

    /** Large content is judged by a second thread, which may find a fault later than the first thread finds the next. */
    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void ofTwoFaultsTheFirstIsToldAndNoThreadIsLeft(LayerForm form) {
        byte[] large = RandomContent.of(new Random(7), 3_000_000);
        ZipBytes zip = new ZipBytes()
                        .deflated("pkg/a", large, entry -> {
                            entry.crc = 5;
                            entry.localCrc = 5;
                        })
                        .stream("pkg/b", new byte[] {7}, new byte[100]);
        for (int round = 0; round < 20; round++) {
            assertThatThrownBy(() -> write(form, writer -> {
                        try (ZipArchive archive = open(zip)) {
                            for (ZipMember member : archive.members()) {
                                writer.member(EntryHeader.file(member.path()), archive, member, ContentCheck.NONE);
                            }
                        }
                    }))
                    .hasMessageStartingWith("A compressed file is damaged.\n  where  demo.whl: pkg/a\n");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("pycontainer-hash");
    }

    @ParameterizedTest
    @CsvSource({"a, a, '\"a\" would stand in a layer twice.'", "b, a, '\"a\" would stand in a layer behind \"b\".'"})
    void theOrderOfPathsIsStrict(String first, String second, String message) {
        assertThatThrownBy(() -> write(writer -> {
                    writer.file(EntryHeader.file(first), new byte[1]);
                    writer.directory(EntryHeader.directory(second));
                }))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(message);
    }

    @Test
    void theOrderIsThatOfUtf8BytesAndNotOfSlashes() throws Exception {
        Layer layer = write(writer -> {
            for (String path : List.of("a", "a-b", "a/b", "a0", "\uffee", "\ud83d\ude00")) {
                writer.directory(EntryHeader.directory(path));
            }
        });
        assertThat(namesOf(gunzip(layer.bytes))).hasSize(6);
    }

    /** Tiny content, a part of a chunk, a whole chunk, and what an eStargz layer cuts. */
    @ParameterizedTest
    @CsvSource({"4, 3", "4, 5", "1000, 999", "1000, 1001", "131072, 65536", "65536, 131072", "5000000, 5000001"})
    void contentOfAnotherSizeIsRefused(int size, int announced) {
        for (LayerForm form : LayerForm.values()) {
            assertThatThrownBy(() -> write(
                            form,
                            writer -> writer.file(
                                    EntryHeader.file("a"), announced, new ByteArrayInputStream(new byte[size]))))
                    .isInstanceOf(BuildRefused.class)
                    .hasMessage("\"a\" has not the " + announced + " bytes that were announced.\n"
                            + "  why    it changed while it was read");
        }
    }

    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void contentOfAnAnnouncedEmptyFileIsRefused(LayerForm form) {
        assertThatThrownBy(() -> write(
                        form, writer -> writer.file(EntryHeader.file("a"), 0, new ByteArrayInputStream(new byte[1]))))
                .hasMessageStartingWith("\"a\" has not the 0 bytes that were announced.");
    }

    @Test
    void aLinkNeedsATarget() {
        assertThatThrownBy(() -> write(writer -> writer.link(EntryHeader.link("a"), "")))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The link \"a\" has no target.");
        assertThatThrownBy(() -> write(writer -> writer.link(EntryHeader.link("a"), "b\0c")))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The link \"a\" has a target that no file system can hold.");
    }

    /** A member far larger than every buffer, of which nothing but chunks may be held. */
    @ParameterizedTest
    @EnumSource(LayerForm.class)
    void memoryDoesNotGrowWithTheData(LayerForm form) throws Exception {
        long size = 64L << 20;
        InputStream zeros = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                assertThat(length).isLessThanOrEqualTo(1 << 16);
                Arrays.fill(buffer, offset, offset + length, (byte) 0);
                return length;
            }
        };
        long[] largest = {0};
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int value) {}

            @Override
            public void write(byte[] bytes, int offset, int length) {
                largest[0] = Math.max(largest[0], length);
            }
        };
        try (LayerWriter writer = new LayerWriter(counting, form)) {
            writer.file(EntryHeader.file("zeros"), size, first(size, zeros));
            assertThat(writer.finish().tarSize()).isBetween(size + 512 + 1024, size + 512 + 1024 + 16_384);
        }
        assertThat(largest[0]).isLessThanOrEqualTo(1 << 16);
    }

    private Layer everything() throws IOException {
        return everything(LayerForm.GZIP);
    }

    private Layer everything(LayerForm form) throws IOException {
        ZipBytes zip = new ZipBytes()
                .deflated("deflated", RandomContent.of(new Random(2), 90_000)).stream(
                                "empty", new byte[] {3, 0}, new byte[0])
                        .stored("stored", RandomContent.of(new Random(3), 70_000), entry -> {});
        return write(
                form,
                writer -> {
                    writer.directory(EntryHeader.directory("a"));
                    writer.file(EntryHeader.file("a/empty"), new byte[0]);
                    writer.link(EntryHeader.link("a/link"), "../somewhere");
                    writer.link(EntryHeader.link("a/longlink"), "t".repeat(130));
                    writer.file(EntryHeader.executable("a/tool"), "#!".getBytes(UTF_8));
                    writer.file(new EntryHeader("b.bin", 0640, 1000, 65532, 1_700_000_000), noise());
                    writer.file(EntryHeader.file(DEEP_PATH), "deep".getBytes(UTF_8));
                    writer.file(EntryHeader.file(VERY_LONG_PATH), "very".getBytes(UTF_8));
                    writer.file(EntryHeader.file(LONG_NAME), "long".getBytes(UTF_8));
                    try (ZipArchive archive = open(zip)) {
                        for (ZipMember member : archive.members()) {
                            writer.member(EntryHeader.file("zip/" + member.path()), archive, member, ContentCheck.NONE);
                        }
                    }
                },
                writer -> {
                    writer.directory(EntryHeader.directory("zz-größe"));
                    writer.link(EntryHeader.link("zz-größe/日本"), "日本.txt");
                    writer.file(EntryHeader.file("zz-größe/日本.txt"), "text".getBytes(UTF_8));
                });
    }

    private static byte[] noise() {
        return RandomContent.of(new Random(1), 300_000);
    }

    private static InputStream first(long size, InputStream endless) {
        return new FilterInputStream(endless) {
            private long left = size;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = left == 0 ? -1 : super.read(buffer, offset, (int) Math.min(left, length));
                left -= Math.max(read, 0);
                return read;
            }
        };
    }

    private static InputStream dripping(byte[] content) {
        return new FilterInputStream(new ByteArrayInputStream(content)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 999));
            }
        };
    }

    private ZipArchive open(ZipBytes zip) throws IOException {
        return ZipArchive.open(zip.writeTo(directory.resolve("demo.whl")), "demo.whl", ZipLimits.WHEEL);
    }

    private static List<String> namesOf(byte[] tar) throws IOException {
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
            for (TarArchiveEntry entry; (entry = in.getNextEntry()) != null; ) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static byte[] tarOf(Layer layer) throws IOException {
        try (InputStream in = LayerStream.open(new ByteArrayInputStream(layer.bytes), "the layer")) {
            return in.readAllBytes();
        }
    }

    private static byte[] gunzip(byte[] gzip) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        }
    }

    private String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private interface Entries {
        void into(LayerWriter writer) throws IOException;
    }

    private static Layer write(Entries... parts) throws IOException {
        return write(LayerForm.GZIP, parts);
    }

    private static Layer write(LayerForm form, Entries... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LayerWriter writer = new LayerWriter(out, form)) {
            for (Entries entries : parts) {
                entries.into(writer);
            }
            return new Layer(writer.finish(), out);
        }
    }

    private static final class Layer {
        final WrittenLayer written;
        final byte[] bytes;

        Layer(WrittenLayer written, ByteArrayOutputStream out) {
            this.written = written;
            this.bytes = out.toByteArray();
        }
    }
}
