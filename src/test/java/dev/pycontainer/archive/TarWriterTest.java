package dev.pycontainer.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain tar as another reader sees it. */
class TarWriterTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 200_000})
    void whatIsWrittenIsReadBack(int size) throws IOException {
        byte[] content = new byte[size];
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(bytes);

        writer.directory(EntryHeader.directory("blobs"));
        writer.file(EntryHeader.file("blobs/one"), size, new ByteArrayInputStream(content));
        writer.file(EntryHeader.file("last"), 4, new ByteArrayInputStream("last".getBytes(UTF_8)));
        writer.finish();

        List<String> lines = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ByteArrayInputStream(bytes.toByteArray()), "UTF-8")) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                lines.add("%04o %d:%d %s %d"
                        .formatted(
                                entry.getMode() & 07777,
                                entry.getLongUserId(),
                                entry.getLongGroupId(),
                                entry.getName(),
                                tar.readAllBytes().length));
            }
        }
        assertThat(lines).containsExactly("0755 0:0 blobs/ 0", "0644 0:0 blobs/one " + size, "0644 0:0 last 4");
        assertThat(bytes.size() % TarHeader.BLOCK).isZero();
    }

    @Test
    void aLongFileIsPassedOnInChunks() throws IOException {
        List<Integer> chunks = new ArrayList<>();
        TarWriter writer = new TarWriter(new OutputStream() {
            @Override
            public void write(int value) {
                chunks.add(1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                chunks.add(length);
            }
        });

        writer.file(EntryHeader.file("long"), 1 << 20, new ByteArrayInputStream(new byte[1 << 20]));

        assertThat(chunks).allMatch(length -> length <= 1 << 16);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void contentOfAnotherSizeIsRefused(int size) {
        TarWriter writer = new TarWriter(OutputStream.nullOutputStream());

        assertThatThrownBy(() -> writer.file(EntryHeader.file("one"), 4, new ByteArrayInputStream(new byte[size])))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                "one" has not the 4 bytes that were announced.
                  why    it changed while it was read""");
    }
}
