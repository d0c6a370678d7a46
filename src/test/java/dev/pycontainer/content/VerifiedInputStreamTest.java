package dev.pycontainer.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class VerifiedInputStreamTest {

    private static final byte[] BYTES = "hello".getBytes(UTF_8);

    @Test
    void theRightBytesPass() throws IOException {
        try (VerifiedInputStream in = verified(BYTES, 5)) {
            assertThat(in.readAllBytes()).isEqualTo(BYTES);
        }
    }

    @Test
    void otherBytesOfTheSameSizeAreRefused() {
        assertThatThrownBy(() -> verified("jello".getBytes(UTF_8), 5).readAllBytes())
                .isInstanceOf(ContentMismatch.class)
                .hasMessageStartingWith("The file is not what was expected.\n  why    its digest is sha256:")
                .hasMessageEndingWith("instead of " + Digest.of(BYTES));
    }

    @Test
    void fewerBytesAreRefused() {
        assertThatThrownBy(() -> verified("hell".getBytes(UTF_8), 5).readAllBytes())
                .hasMessageContaining("it has 4 bytes instead of 5");
    }

    @Test
    void moreBytesAreRefusedBeforeTheyArePassedOn() {
        assertThatThrownBy(() -> verified("hello, world".getBytes(UTF_8), 5).readAllBytes())
                .hasMessageContaining("it is longer than the 5 bytes that were announced");
    }

    @Test
    void aReaderThatStopsEarlyStillLearnsOfAnAlteredTail() {
        assertThatThrownBy(() -> {
                    try (VerifiedInputStream in = verified("hellX".getBytes(UTF_8), 5)) {
                        in.read(); // as a tar reader does, which stops at the end of its archive
                    }
                })
                .isInstanceOf(ContentMismatch.class);
    }

    @Test
    void skippedBytesCount() throws IOException {
        try (VerifiedInputStream in = verified(BYTES, 5)) {
            assertThat(in.skip(3)).isEqualTo(3);
            assertThat(in.readAllBytes()).isEqualTo("lo".getBytes(UTF_8));
        }
    }

    private static VerifiedInputStream verified(byte[] bytes, long size) {
        return new VerifiedInputStream(new ByteArrayInputStream(bytes), Digest.of(BYTES), size, "The file");
    }
}
