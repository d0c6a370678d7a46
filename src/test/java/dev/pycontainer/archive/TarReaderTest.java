package dev.pycontainer.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.VerifiedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {

    @Test
    void entriesTellTheirPathTypeTargetModeAndContent() throws IOException {
        byte[] tar = tar(out -> {
            put(out, entry("./usr/", TarConstants.LF_DIR, "", 0755), "");
            put(out, entry("./usr/bin/python3.11", TarConstants.LF_NORMAL, "", 0100755), "binary");
            put(out, entry("usr/bin/python3", TarConstants.LF_SYMLINK, "./../bin/python3.11", 0777), "");
            put(out, entry("usr/bin/python", TarConstants.LF_LINK, "./usr/bin/python3.11", 0755), "");
            put(out, entry("dev/null", TarConstants.LF_CHR, "", 0666), "");
            put(out, entry("etc/empty", TarConstants.LF_NORMAL, "", 0600), "");
        });

        assertThat(read(tar))
                .containsExactly(
                        "usr DIRECTORY -> 755 ",
                        "usr/bin/python3.11 FILE -> 755 binary",
                        "usr/bin/python3 SYMBOLIC_LINK ->./../bin/python3.11 777 ",
                        "usr/bin/python HARD_LINK ->usr/bin/python3.11 755 ",
                        "dev/null OTHER -> 666 ",
                        "etc/empty FILE -> 600 ");
    }

    // Owners in octal, in base-256 (GNU), and as PAX records (POSIX.1-2001, "uid", "gid")
    @ParameterizedTest
    @CsvSource({"0, 0", "65532, 42", "2097151, 2097151", "4294967294, 3000000", "-1, -2"})
    void ownersAreTheNumbersThatWereWritten(long uid, long gid) throws IOException {
        for (int form : new int[] {TarArchiveOutputStream.BIGNUMBER_STAR, TarArchiveOutputStream.BIGNUMBER_POSIX}) {
            byte[] tar = tar(out -> {
                out.setBigNumberMode(form);
                TarArchiveEntry entry = entry("home", TarConstants.LF_DIR, "", 0755);
                entry.setUserId(uid);
                entry.setGroupId(gid);
                put(out, entry, "");
            });
            try (TarReader reader = new TarReader(new ByteArrayInputStream(tar), TarLimits.LAYER)) {
                TarEntry entry = reader.next().orElseThrow();
                assertThat(List.of(entry.uid(), entry.gid())).containsExactly(uid, gid);
            }
        }
    }

    // PAX (POSIX.1-2001), GNU's L and K entries, and ustar's prefix field name what 100 bytes do not hold.
    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.LONGFILE_GNU})
    void longAndForeignNamesAreReadInEveryForm(int form) throws IOException {
        String name = "opt/" + "日本/".repeat(40) + "ö";
        byte[] tar = tar(out -> {
            out.setLongFileMode(form);
            out.setAddPaxHeadersForNonAsciiNames(form == TarArchiveOutputStream.LONGFILE_POSIX);
            put(out, entry(name, TarConstants.LF_SYMLINK, name, 0777), "");
            put(out, entry("next", TarConstants.LF_NORMAL, "", 0644), "x");
        });

        assertThat(read(tar)).containsExactly(name + " SYMBOLIC_LINK ->" + name + " 777 ", "next FILE -> 644 x");
    }

    @Test
    void theUstarPrefixStandsBeforeTheName() throws IOException {
        byte[] tar = tar(out -> put(out, entry("file", TarConstants.LF_NORMAL, "", 0644), ""));
        System.arraycopy("some/prefix".getBytes(UTF_8), 0, tar, 345, 11);
        sign(tar);

        assertThat(read(tar)).containsExactly("some/prefix/file FILE -> 644 ");
    }

    @Test
    void aNameThatIsNotUtf8IsKeptApartFromOthers() throws IOException {
        byte[] tar = tar(out -> put(out, entry("a?", TarConstants.LF_NORMAL, "", 0644), ""));
        tar[1] = (byte) 0xfe;
        sign(tar);

        assertThat(read(tar)).containsExactly("a\u00fe FILE -> 644 ");
    }

    @Test
    void aSizeInBase256IsRead() throws IOException {
        byte[] tar = tar(out -> put(out, entry("a", TarConstants.LF_NORMAL, "", 0644), "hello"));
        Arrays.fill(tar, 124, 136, (byte) 0);
        tar[124] = (byte) 0x80;
        tar[135] = 5;
        sign(tar);

        assertThat(read(tar)).containsExactly("a FILE -> 644 hello");
    }

    @Test
    void contentThatNobodyReadIsSkipped() throws IOException {
        byte[] tar = tar(out -> {
            put(out, entry("large", TarConstants.LF_NORMAL, "", 0644), "x".repeat(200_000));
            put(out, entry("next", TarConstants.LF_NORMAL, "", 0644), "y");
        });
        try (TarReader reader = new TarReader(new ByteArrayInputStream(tar), TarLimits.LAYER)) {
            assertThat(reader.next()).map(TarEntry::size).contains(200_000L);
            assertThat(reader.content().readNBytes(10)).hasSize(10);
            assertThat(reader.next()).map(TarEntry::path).contains("next");
            assertThat(reader.content().readAllBytes()).hasSize(1);
            assertThat(reader.next()).isEmpty();
            assertThat(reader.next()).isEmpty();
        }
    }

    // In the wild: container runtimes read with Go's archive/tar, which takes the end of the bytes for the end.
    @Test
    void aTarWithoutItsZeroBlocksIsWhole() throws IOException {
        byte[] tar = tar(out -> put(out, entry("a", TarConstants.LF_NORMAL, "", 0644), "x"));

        assertThat(read(Arrays.copyOf(tar, 1024))).containsExactly("a FILE -> 644 x");
        assertThat(read(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/abs/x, abs/x", "//x, x", "./a/./b//c/, a/b/c", "., ''", "./, ''", "a/..b/...c, a/..b/...c"})
    void namesAreBroughtBelowTheRoot(String written, String path) throws IOException {
        assertThat(TarPath.normal(written, 4096)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/../../x", "a/..", "/../x", "./.."})
    void aNameThatLeavesTheRootIsRefused(String name) {
        byte[] tar = new byte[1024];
        Arrays.fill(tar, 100, 156, (byte) '0');
        System.arraycopy(name.getBytes(UTF_8), 0, tar, 0, name.length());
        Arrays.fill(tar, 124, 136, (byte) '0');
        tar[156] = '0';
        sign(tar);

        assertThatThrownBy(() -> read(tar))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The tar has an entry \"" + name + "\", which leaves its root.");
    }

    @Test
    void limitsAreRefusedByName() {
        TarLimits limits = new TarLimits(2, 50, 4096);
        byte[] many = tar(out -> {
            put(out, entry("a", TarConstants.LF_NORMAL, "", 0644), "");
            put(out, entry("b", TarConstants.LF_NORMAL, "", 0644), "");
            put(out, entry("c", TarConstants.LF_NORMAL, "", 0644), "");
        });
        byte[] longName = tar(out -> put(out, entry("é".repeat(26), TarConstants.LF_NORMAL, "", 0644), ""));
        byte[] longTarget = tar(out -> put(out, entry("a", TarConstants.LF_SYMLINK, "t".repeat(51), 0777), ""));
        byte[] longExtension = tar(out -> put(out, entry("n".repeat(5000), TarConstants.LF_NORMAL, "", 0644), ""));

        assertThatThrownBy(() -> read(many, limits)).hasMessage("The tar has more than 2 entries, the limit for it.");
        assertThatThrownBy(() -> read(longName, limits))
                .hasMessage("The tar has a name of more than 50 bytes, the limit for it.");
        assertThatThrownBy(() -> read(longTarget, limits))
                .hasMessage("The tar has a name of more than 50 bytes, the limit for it.");
        assertThatThrownBy(() -> read(longExtension, limits))
                .hasMessage("The tar has a header extension of 5011 bytes; the limit is 4096.");
    }

    @Test
    void damageIsRefusedByName() {
        byte[] tar = tar(out -> put(out, entry("a", TarConstants.LF_NORMAL, "", 0644), "x".repeat(1000)));
        byte[] checksum = tar.clone();
        checksum[0] = 'b';
        byte[] octal = tar.clone();
        octal[130] = '9';
        sign(octal);
        byte[] negative = tar.clone();
        Arrays.fill(negative, 124, 136, (byte) 0xff);
        sign(negative);

        assertThatThrownBy(() -> read(Arrays.copyOf(tar, 700)))
                .hasMessageStartingWith("The tar is damaged.")
                .hasMessageContaining("it ends within a file");
        assertThatThrownBy(() -> read(Arrays.copyOf(tar, 300))).hasMessageContaining("it ends within a header");
        assertThatThrownBy(() -> read(checksum))
                .hasMessageContaining("a header's checksum is wrong, or this is no tar");
        assertThatThrownBy(() -> read(octal)).hasMessageContaining("a header's size is not an octal number");
        assertThatThrownBy(() -> read(negative)).hasMessageContaining("a header's size is negative or too large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9", "99999999 path=x\n", "12 path=abc", "0 path=x\n", "7 path\n", "-5 a=b\n", "12 size=-12\n"})
    void aMalformedPaxRecordIsRefused(String record) {
        byte[] header = tar(out -> put(out, entry("a", (byte) 'x', "", 0644), record));
        assertThatThrownBy(() -> read(header))
                .hasMessageStartingWith("The tar is damaged.")
                .hasMessageContaining("a PAX record is malformed");
    }

    @Test
    void aSparseFilePassesUnlessItsContentIsWanted() throws IOException {
        byte[] tar = tar(out -> {
            TarArchiveEntry sparse = entry("sparse", TarConstants.LF_NORMAL, "", 0644);
            sparse.addPaxHeader("GNU.sparse.major", "1");
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            put(out, sparse, "map");
            put(out, entry("next", TarConstants.LF_NORMAL, "", 0644), "");
        });
        try (TarReader reader = new TarReader(new ByteArrayInputStream(tar), TarLimits.LAYER)) {
            assertThat(reader.next()).map(TarEntry::path).contains("sparse");
            assertThatThrownBy(reader::content)
                    .hasMessage("A file is stored in tar's sparse form, which is not read here.");
            assertThat(reader.next()).map(TarEntry::path).contains("next");
        }
    }

    @Test
    void everyMemberOfAGzipIsRead() throws IOException {
        byte[] tar = tar(out -> put(out, entry("a", TarConstants.LF_NORMAL, "", 0644), "x".repeat(3000)));
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int at = 0; at < tar.length; at += 1000) {
            members.writeBytes(gzip(Arrays.copyOfRange(tar, at, Math.min(tar.length, at + 1000))));
        }

        assertThat(uncompressed(members.toByteArray())).isEqualTo(tar);
    }

    @Test
    void everyFrameOfAZstdFileIsReadAlsoSkippableOnes() throws IOException {
        byte[] tar = tar(out -> put(out, entry("a", TarConstants.LF_NORMAL, "", 0644), "x".repeat(3000)));
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        // RFC 8878, 3.1.2: skippable frames, as zstd:chunked layers have
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};
        frames.writeBytes(skippable);
        frames.writeBytes(zstd(Arrays.copyOf(tar, 700)));
        frames.writeBytes(skippable);
        frames.writeBytes(zstd(Arrays.copyOfRange(tar, 700, tar.length)));

        assertThat(uncompressed(frames.toByteArray())).isEqualTo(tar);
        assertThat(uncompressed(zstd(tar))).isEqualTo(tar);
    }

    @Test
    void anUncompressedTarPassesAsItIs() throws IOException {
        byte[] tar = tar(out -> put(out, entry("a", TarConstants.LF_NORMAL, "", 0644), "x"));

        assertThat(uncompressed(tar)).isEqualTo(tar);
        assertThat(uncompressed(new byte[0])).isEmpty();
    }

    @Test
    void aTruncatedOrLengthenedGzipIsAFault() throws IOException {
        byte[] gzip = gzip(tar(out -> put(out, entry("a", TarConstants.LF_NORMAL, "", 0644), "x".repeat(3000))));
        byte[] junk = Arrays.copyOf(gzip, gzip.length + 3);

        assertThatThrownBy(() -> uncompressed(Arrays.copyOf(gzip, gzip.length - 9)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> uncompressed(junk)).isInstanceOf(IOException.class);
    }

    // go-containerregistry #2303: a reader that stops at the tar's end never proves what follows it.
    @Test
    void bytesAfterTheTarsEndAreVerifiedToo() throws IOException {
        byte[] tar = tar(out -> put(out, entry("a", TarConstants.LF_NORMAL, "", 0644), "x"));
        byte[] longer = Arrays.copyOf(tar, tar.length + 100);
        longer[longer.length - 1] = 'z';
        TarReader whole = new TarReader(
                new VerifiedInputStream(new ByteArrayInputStream(longer), Digest.of(longer), -1, "The layer"),
                TarLimits.LAYER);
        TarReader other = new TarReader(
                new VerifiedInputStream(new ByteArrayInputStream(longer), Digest.of(tar), -1, "The layer"),
                TarLimits.LAYER);

        assertThat(whole.next()).isPresent();
        assertThat(whole.next()).isEmpty();
        assertThat(other.next()).isPresent();
        assertThatThrownBy(other::next).isInstanceOf(ContentMismatch.class);
    }

    private interface Filling {
        void fill(TarArchiveOutputStream out) throws IOException;
    }

    private static byte[] tar(Filling filling) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, 512, "UTF-8")) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            filling.fill(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static TarArchiveEntry entry(String name, byte type, String target, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setLinkName(target);
        entry.setMode(mode);
        entry.setModTime(0);
        return entry;
    }

    private static void put(TarArchiveOutputStream out, TarArchiveEntry entry, String content) throws IOException {
        byte[] bytes = content.getBytes(UTF_8);
        entry.setSize(bytes.length);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }

    /** Writes the first header's checksum anew. */
    private static void sign(byte[] tar) {
        Arrays.fill(tar, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[i] & 0xff;
        }
        System.arraycopy(String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(UTF_8), 0, tar, 148, 8);
    }

    private static List<String> read(byte[] tar) throws IOException {
        return read(tar, TarLimits.LAYER);
    }

    private static List<String> read(byte[] tar, TarLimits limits) throws IOException {
        List<String> entries = new ArrayList<>();
        try (TarReader reader = new TarReader(new ByteArrayInputStream(tar), limits)) {
            for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
                TarEntry entry = next.get();
                entries.add(entry.path() + " " + entry.type() + " ->" + entry.linkTarget() + " "
                        + Integer.toOctalString(entry.mode()) + " "
                        + new String(reader.content().readAllBytes(), UTF_8));
            }
        }
        return entries;
    }

    private static byte[] uncompressed(byte[] blob) throws IOException {
        try (InputStream in = LayerStream.open(new ByteArrayInputStream(blob), "The layer")) {
            return in.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GzipCompressorOutputStream gzip = new GzipCompressorOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] zstd(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(out)) {
            zstd.write(bytes);
        }
        return out.toByteArray();
    }
}
