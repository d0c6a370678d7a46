package dev.pycontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberHeadTest {

    @TempDir
    Path directory;

    private Path zip(int method, String content) throws IOException {
        Path file = directory.resolve("a.zip");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            ZipArchiveEntry entry = new ZipArchiveEntry("run");
            entry.setMethod(method);
            zip.putArchiveEntry(entry);
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        return file;
    }

    private static String head(Path file, int count) throws IOException {
        try (ZipArchive archive = ZipArchive.open(file, "a.zip", ZipLimits.WHEEL)) {
            return new String(MemberHead.of(archive, archive.members().get(0), count), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
    void theFirstBytesAreReadHoweverTheyAreKept(int method) throws IOException {
        assertThat(head(zip(method, "#!python and more"), 8)).isEqualTo("#!python");
    }

    @ParameterizedTest
    @CsvSource({ZipEntry.STORED + ", #!p", ZipEntry.DEFLATED + ", #!p", ZipEntry.DEFLATED + ", ''"})
    void aShortMemberHasAShortHead(int method, String content) throws IOException {
        assertThat(head(zip(method, content), 8)).isEqualTo(content);
    }

    @Test
    void aStreamThatIsNoDeflateIsRefused() throws IOException {
        Path file = zip(ZipEntry.DEFLATED, "#!python and more");
        byte[] bytes = Files.readAllBytes(file);
        // behind the local header of 30 bytes, the name of 3 and the extra field stands the first block
        int data = 33 + bytes[28];
        bytes[data] |= 0x06;
        Files.write(file, bytes);

        assertThatThrownBy(() -> head(file, 8))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("A compressed file is damaged.\n  where  a.zip: run");
    }

    @Test
    void aStreamThatEndsTooEarlyIsRefused() throws IOException {
        Path file = directory.resolve("cut.zip");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            ZipArchiveEntry entry = new ZipArchiveEntry("run");
            entry.setMethod(ZipEntry.DEFLATED);
            entry.setSize(10);
            entry.setCrc(0);
            // A block with fixed codes, of which only the first byte is there.
            byte[] cut = {0x4b};
            entry.setCompressedSize(cut.length);
            zip.addRawArchiveEntry(entry, new ByteArrayInputStream(cut));
        }

        assertThatThrownBy(() -> head(file, 8))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("A compressed file is damaged.\n  where  a.zip: run");
    }
}
