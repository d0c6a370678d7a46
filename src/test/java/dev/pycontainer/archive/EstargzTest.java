package dev.pycontainer.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.testkit.ZipBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Layers are read as a node would that fetches single files: by the footer, the table of contents, and one member after another. */
class EstargzTest {

    private static final int CHUNK = 4 << 20;
    private static final byte[] HEAD = HexFormat.of().parseHex("1f8b08000000000000ff");

    @TempDir
    Path directory;

    @Test
    void everyFileIsWhereTheTableSays() throws Exception {
        byte[] deflated = RandomContent.of(new Random(2), 90_000);
        byte[] stored = RandomContent.of(new Random(3), 70_000);
        ZipBytes zip = new ZipBytes()
                .deflated("deflated", deflated)
                .deflated("empty", new byte[0])
                .stored("stored", stored, entry -> {})
                .deflated("tiny", "tiny".getBytes(UTF_8));
        byte[] own = RandomContent.of(new Random(1), 300_000);
        Layer layer = write(writer -> {
            writer.directory(EntryHeader.directory("a"));
            writer.file(EntryHeader.file("a/empty"), new byte[0]);
            writer.link(EntryHeader.link("a/link"), "../somewhere");
            writer.file(EntryHeader.executable("a/tool"), "#!".getBytes(UTF_8));
            writer.file(new EntryHeader("b.bin", 04750, 1000, 65532, 1_700_000_000), own);
            writer.hardLink(EntryHeader.file("c"), "b.bin");
            addAll(writer, zip);
            writer.file(EntryHeader.file("zz-größe \"\\\u0001\uD83D\uDC0D"), "text".getBytes(UTF_8));
        });

        assertThat(layer.attributes())
                .containsExactly(
                        ".no.prefetch.landmark reg 1 420 0:0 1980-01-01T00:00:00Z ",
                        "a/ dir 0 493 0:0 1980-01-01T00:00:00Z ",
                        "a/empty reg 0 420 0:0 1980-01-01T00:00:00Z ",
                        "a/link symlink 0 511 0:0 1980-01-01T00:00:00Z ../somewhere",
                        "a/tool reg 2 493 0:0 1980-01-01T00:00:00Z ",
                        "b.bin reg 300000 2536 1000:65532 2023-11-14T22:13:20Z ",
                        "c hardlink 0 420 0:0 1980-01-01T00:00:00Z b.bin",
                        "zip/deflated reg 90000 420 0:0 1980-01-01T00:00:00Z ",
                        "zip/empty reg 0 420 0:0 1980-01-01T00:00:00Z ",
                        "zip/stored reg 70000 420 0:0 1980-01-01T00:00:00Z ",
                        "zip/tiny reg 4 420 0:0 1980-01-01T00:00:00Z ",
                        "zz-größe \"\\\u0001\uD83D\uDC0D reg 4 420 0:0 1980-01-01T00:00:00Z ");
        Map<String, byte[]> files = layer.files();
        assertThat(files.get(".no.prefetch.landmark")).containsExactly(0xf);
        assertThat(files.get("a/tool")).asString(UTF_8).isEqualTo("#!");
        assertThat(files.get("b.bin")).isEqualTo(own);
        assertThat(files.get("zip/deflated")).isEqualTo(deflated);
        assertThat(files.get("zip/stored")).isEqualTo(stored);
        assertThat(files.get("zip/tiny")).asString(UTF_8).isEqualTo("tiny");
        assertThat(files).hasSize(7);
    }

    @Test
    void theTarHasTheSameEntriesBetweenTheLandmarkAndTheTable() throws Exception {
        Layer layer = write(writer -> {
            writer.directory(EntryHeader.directory(".a"));
            writer.file(EntryHeader.file(".a/" + "ä".repeat(90)), "long".getBytes(UTF_8));
            writer.file(EntryHeader.file("z"), new byte[1000]);
        });

        assertThat(Digest.of(layer.tar)).isEqualTo(layer.written.diffId());
        assertThat(layer.tar).hasSize((int) layer.written.tarSize());
        List<String> names = new ArrayList<>();
        byte[] toc = {};
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(layer.tar), "UTF-8")) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                assertThat(entry.isCheckSumOK()).isTrue();
                names.add(entry.getName());
                toc = tar.readAllBytes();
            }
        }
        assertThat(names)
                .containsExactly(".no.prefetch.landmark", ".a/", ".a/" + "ä".repeat(90), "z", "stargz.index.json");
        assertThat(Digest.of(toc)).isEqualTo(layer.written.tocDigest().orElseThrow());
    }

    /** Not by a reader of ours alone: gzip and tar take it for what they always read. */
    @Test
    void everyReaderOfGzipReadsIt() throws Exception {
        Layer layer = write(writer -> addAll(writer, new ZipBytes().deflated("a", new byte[100_000])));
        Path file = Files.write(directory.resolve("layer.tar.gz"), layer.blob);

        assertThat(run("gzip", "-t", file.toString())).isEmpty();
        assertThat(run("tar", "-tf", file.toString())).isEqualTo(".no.prefetch.landmark\nzip/a\nstargz.index.json\n");
        assertThat(LayerStream.open(Files.newInputStream(file), "it")).hasBinaryContent(layer.tar);
    }

    /** Even the bits behind its end, which mean nothing: every second content or so leaves the last byte's highest one over. */
    @Test
    void anArchivesStreamStandsInTheLayerAsItIs() throws Exception {
        int kept = 0;
        for (int seed = 0; seed < 20; seed++) {
            byte[] content = RandomContent.of(new Random(seed), 200);
            ZipBytes zip = new ZipBytes().deflated("a", content);
            byte[] stream = zip.entries.get(0).data;
            stream[stream.length - 1] ^= (byte) 0x80;
            if (!holds(stream, content)) {
                continue;
            }
            kept++;

            Layer layer = write(writer -> addAll(writer, zip));

            CRC32 crc = new CRC32();
            crc.update(content);
            ByteArrayOutputStream member = new ByteArrayOutputStream();
            member.writeBytes(HEAD);
            member.writeBytes(stream);
            member.writeBytes(littleEndian(crc.getValue()));
            member.writeBytes(littleEndian(content.length));
            int at = layer.entry("zip/a").path("offset").intValue();
            assertThat(Arrays.copyOfRange(layer.blob, at, at + member.size())).isEqualTo(member.toByteArray());
        }
        assertThat(kept).isPositive();
    }

    private static boolean holds(byte[] stream, byte[] content) {
        Inflater inflater = new Inflater(true);
        inflater.setInput(stream);
        byte[] decoded = new byte[content.length + 1];
        try {
            int length = inflater.inflate(decoded);
            return inflater.finished() && Arrays.equals(Arrays.copyOf(decoded, length), content);
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }

    /** The sizes around which a file becomes chunks, in each of the three ways in which content comes. */
    @ParameterizedTest
    @ValueSource(ints = {CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 70_000})
    void aLargeFileIsCutIntoChunks(int size) throws Exception {
        byte[] content = RandomContent.of(new Random(size), size);
        Layer layer = write(writer -> {
            writer.file(EntryHeader.file("own"), content);
            addAll(writer, new ZipBytes().deflated("deflated", content).stored("stored", content, entry -> {}));
        });

        int chunks = size > CHUNK ? (size + CHUNK - 1) / CHUNK : 1;
        Map<String, byte[]> files = layer.files();
        for (String path : List.of("own", "zip/deflated", "zip/stored")) {
            assertThat(files.get(path)).as(path).isEqualTo(content);
            assertThat(layer.toc())
                    .filteredOn(entry -> entry.path("name").stringValue().equals(path))
                    .hasSize(chunks);
            assertThat(layer.entry(path).has("chunkSize")).isEqualTo(chunks > 1);
        }
    }

    @Test
    void theLastChunkIsWithoutASize() throws Exception {
        byte[] content = new byte[CHUNK + 1];
        Layer layer = write(writer -> writer.file(EntryHeader.file("zeros"), content));

        assertThat(layer.toc().get(1).toString())
                .matches("\\{\"name\":\"zeros\",\"type\":\"reg\",\"size\":4194305,\"modtime\":\"1980-01-01T00:00:00Z\","
                        + "\"mode\":420,\"uid\":0,\"gid\":0,\"offset\":\\d+,\"digest\":\"sha256:[0-9a-f]{64}\","
                        + "\"chunkSize\":4194304,\"chunkDigest\":\"sha256:[0-9a-f]{64}\"}");
        assertThat(layer.toc().get(2).toString())
                .matches("\\{\"name\":\"zeros\",\"type\":\"chunk\",\"offset\":\\d+,\"chunkOffset\":4194304,"
                        + "\"chunkDigest\":\"sha256:[0-9a-f]{64}\"}");
    }

    /** A check that proves a SHA-256 spares the layer another one. */
    @Test
    void aDigestThatIsProvedAnywayIsTakenFromTheCheck() throws Exception {
        byte[] content = RandomContent.of(new Random(5), 5_000);
        Digest known = Digest.of("proved by somebody else");
        ContentCheck check = new ContentCheck() {
            @Override
            public void update(byte[] bytes, int offset, int length) {}

            @Override
            public void finish() {}

            @Override
            public Optional<Digest> sha256() {
                return Optional.of(known);
            }
        };
        Layer layer = write(writer -> {
            try (ZipArchive archive = open(new ZipBytes().deflated("a", content))) {
                writer.member(EntryHeader.file("a"), archive, archive.members().get(0), check);
            }
        });

        assertThat(layer.entry("a").path("digest").stringValue()).isEqualTo(known.toString());
        assertThat(layer.entry("a").path("chunkDigest").stringValue()).isEqualTo(known.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {".no.prefetch.landmark", ".prefetch.landmark", "stargz.index.json"})
    void whatTheFormatKeepsForItselfIsRefused(String path) {
        assertThatThrownBy(() -> write(writer -> writer.file(EntryHeader.file(path), new byte[1])))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("\"" + path + "\" cannot be in an eStargz layer.\n"
                        + "  why    those who read such layers take a file of this name for a part of the format\n"
                        + "  do     leave the file out, or choose another compression of the layers");
    }

    @Test
    void elsewhereTheSameNamesAreFilesAsAnyOther() throws Exception {
        Layer layer = write(writer -> writer.file(EntryHeader.file("a/stargz.index.json"), new byte[1]));
        assertThat(layer.files()).containsKey("a/stargz.index.json");
    }

    @Test
    void anEmptyLayerHasTheLandmarkAlone() throws Exception {
        assertThat(write(writer -> {}).files()).containsOnlyKeys(".no.prefetch.landmark");
    }

    /** No library but jzlib has a part in these bytes; others mean another version of the rules. */
    @Test
    void theBytesAreFixed() throws Exception {
        ZipBytes zip = new ZipBytes()
                .stream("fixed", HexFormat.of().parseHex("cb48cdc9c957c8409000"), "hello hello hello".getBytes(UTF_8))
                        .stored("stored", RandomContent.of(new Random(3), 70_000), entry -> {});
        Layer layer = write(writer -> {
            writer.directory(EntryHeader.directory("opt"));
            writer.file(EntryHeader.file("opt/own"), new byte[CHUNK + 1]);
            addAll(writer, zip);
        });

        assertThat(layer.written.tocDigest().orElseThrow())
                .hasToString("sha256:90d6a7dbc563aa63374dda55eab47a5df1edb0a4ab15c310cf4b8813580119c3");
        assertThat(Digest.of(layer.blob))
                .hasToString("sha256:14dd1106308321cb668f5ce1831f173f96921d9a6af5bc93abcdcfb2b8eee9e3");
        assertThat(LayerForm.ESTARGZ.rules()).isEqualTo("estargz/1");
    }

    private void addAll(LayerWriter writer, ZipBytes zip) throws IOException {
        try (ZipArchive archive = open(zip)) {
            for (ZipMember member : archive.members()) {
                writer.member(EntryHeader.file("zip/" + member.path()), archive, member, ContentCheck.NONE);
            }
        }
    }

    private ZipArchive open(ZipBytes zip) throws IOException {
        return ZipArchive.open(zip.writeTo(directory.resolve("demo.whl")), "demo.whl", ZipLimits.WHEEL);
    }

    private static byte[] littleEndian(long value) {
        return new byte[] {(byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)};
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private interface Entries {
        void into(LayerWriter writer) throws IOException;
    }

    private static Layer write(Entries entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LayerWriter writer = new LayerWriter(out, LayerForm.ESTARGZ)) {
            entries.into(writer);
            return new Layer(writer.finish(), out.toByteArray());
        }
    }

    /** What a node knows of a layer: its bytes, and the digest of its table of contents. */
    private static final class Layer {
        final WrittenLayer written;
        final byte[] blob;
        final byte[] tar;
        private final List<JsonNode> toc = new ArrayList<>();

        Layer(WrittenLayer written, byte[] blob) throws IOException {
            this.written = written;
            this.blob = blob;
            this.tar = membersFrom(0, blob.length);
            byte[] footer = Arrays.copyOfRange(blob, blob.length - 51, blob.length);
            assertThat(HexFormat.of().formatHex(footer, 0, 16)).isEqualTo("1f8b08040000000000ff1a0053471600");
            assertThat(new String(footer, 32, 6, UTF_8)).isEqualTo("STARGZ");
            assertThat(HexFormat.of().formatHex(footer, 38, 51)).isEqualTo("010000ffff0000000000000000");
            int at = Integer.parseInt(new String(footer, 16, 16, UTF_8), 16);
            byte[] end = membersFrom(at, blob.length - 51);
            try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(end), "UTF-8")) {
                assertThat(in.getNextEntry().getName()).isEqualTo("stargz.index.json");
                byte[] json = in.readAllBytes();
                assertThat(Digest.of(json)).isEqualTo(written.tocDigest().orElseThrow());
                JsonNode table = Json.read(json, "the table");
                assertThat(table.path("version").intValue()).isEqualTo(1);
                table.path("entries").forEach(toc::add);
                assertThat(in.getNextEntry()).isNull();
            }
        }

        List<JsonNode> toc() {
            return toc;
        }

        JsonNode entry(String path) {
            return toc.stream()
                    .filter(entry -> entry.path("name").stringValue().equals(path))
                    .findFirst()
                    .orElseThrow();
        }

        List<String> attributes() {
            List<String> attributes = new ArrayList<>();
            for (JsonNode entry : toc) {
                attributes.add("%s %s %d %d %d:%d %s %s"
                        .formatted(
                                entry.path("name").stringValue(),
                                entry.path("type").stringValue(),
                                entry.path("size").longValue(0),
                                entry.path("mode").intValue(),
                                entry.path("uid").intValue(),
                                entry.path("gid").intValue(),
                                entry.path("modtime").stringValue(),
                                entry.path("linkName").stringValue("")));
            }
            return attributes;
        }

        /** Each non-empty file, read by its members alone, its chunks and itself compared with their digests. */
        Map<String, byte[]> files() throws IOException {
            Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();
            Map<Integer, String> offsets = new LinkedHashMap<>();
            for (JsonNode entry : toc) {
                String name = entry.path("name").stringValue();
                if (!entry.has("offset")) {
                    continue;
                }
                int offset = entry.path("offset").intValue();
                assertThat(offsets.put(offset, name)).as("two at " + offset).isNull();
                ByteArrayOutputStream file = files.computeIfAbsent(name, any -> new ByteArrayOutputStream());
                assertThat(entry.path("chunkOffset").intValue(0)).isEqualTo(file.size());
                byte[] chunk = member(offset, new int[1]);
                long left = entry(name).path("size").longValue() - file.size();
                assertThat(entry.path("chunkSize").longValue(left)).isEqualTo(chunk.length);
                String digest = entry.path("chunkDigest").stringValue();
                assertThat(Digest.of(chunk)).hasToString(digest);
                file.writeBytes(chunk);
            }
            Map<String, byte[]> contents = new LinkedHashMap<>();
            files.forEach((name, bytes) -> {
                assertThat(Digest.of(bytes.toByteArray()))
                        .hasToString(entry(name).path("digest").stringValue());
                contents.put(name, bytes.toByteArray());
            });
            return contents;
        }

        private byte[] membersFrom(int from, int to) throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            int[] next = {from};
            while (next[0] < to) {
                all.writeBytes(member(next[0], next));
            }
            assertThat(next[0]).isEqualTo(to);
            return all.toByteArray();
        }

        /** One gzip member, its CRC-32 and size proved. */
        private byte[] member(int at, int[] next) throws IOException {
            int head = blob[at + 3] == 4 ? 12 + (blob[at + 10] & 0xff) : 10;
            Inflater inflater = new Inflater(true);
            inflater.setInput(blob, at + head, blob.length - at - head);
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            try {
                while (!inflater.finished()) {
                    content.write(buffer, 0, inflater.inflate(buffer));
                    assertThat(inflater.needsInput() && !inflater.finished()).isFalse();
                }
            } catch (DataFormatException e) {
                throw new IOException("no member at " + at, e);
            }
            CRC32 crc = new CRC32();
            crc.update(content.toByteArray());
            int tail = at + head + (int) inflater.getBytesRead();
            inflater.end();
            assertThat(Arrays.copyOfRange(blob, tail, tail + 4)).isEqualTo(littleEndian(crc.getValue()));
            assertThat(Arrays.copyOfRange(blob, tail + 4, tail + 8)).isEqualTo(littleEndian(content.size()));
            next[0] = tail + 8;
            return content.toByteArray();
        }
    }
}
