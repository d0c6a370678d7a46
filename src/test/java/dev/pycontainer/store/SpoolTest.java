package dev.pycontainer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Tally;
import dev.pycontainer.testkit.CacheFiles;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    Path cache;

    @Test
    void whatWasPutAsideIsReadInAnyOrder() throws Exception {
        try (Spool spool = new BlobStore(cache, new Tally()).spool()) {
            long first = spool.add(new ByteArrayInputStream("first".getBytes(UTF_8)));
            long second = spool.add(new ByteArrayInputStream("second".getBytes(UTF_8)));
            assertThat(spool.open(second, 6)).hasContent("second");
            assertThat(spool.open(first, 5)).hasContent("first");
            assertThat(spool.open(first, 11)).hasContent("firstsecond");
            assertThat(spool.open(spool.size(), 0)).isEmpty();
            assertThatThrownBy(() -> spool.open(second, 7)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void nothingIsLeftOfIt() throws Exception {
        try (Spool spool = new BlobStore(cache, new Tally()).spool()) {
            spool.add(new ByteArrayInputStream(new byte[100_000]));
        }
        assertThat(new CacheFiles(cache).entries()).isEmpty();
    }
}
