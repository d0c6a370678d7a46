package dev.pycontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

/** jzlib is unmaintained: what it compresses is decompressed by another, over content made to trouble it. */
class DeflatedInputTest {

    @Test
    void whatJzlibCompressesIsWhatItWasGiven() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            byte[] content = RandomContent.of(random, random.nextInt(round % 10 == 0 ? 600_000 : 20_000));
            DeflatedInput deflated = new DeflatedInput(new ByteArrayInputStream(content), content.length, "a");

            byte[] inflated = inflate(new OddReads(deflated, random));

            assertThat(inflated).as("round %d", round).isEqualTo(content);
            ContentCheck proof = deflated.proof();
            proof.update(inflated, 0, inflated.length);
            proof.finish();
        }
    }

    @Test
    void aFaultOfJzlibWouldBeFound() throws IOException {
        DeflatedInput deflated = new DeflatedInput(new ByteArrayInputStream(new byte[100]), 100, "a");
        deflated.readAllBytes();
        ContentCheck proof = deflated.proof();
        proof.update(new byte[99], 0, 99);

        assertThatThrownBy(proof::finish).hasMessage("jzlib has compressed a to something else");
    }

    @Test
    void theBytesDoNotDependOnTheSizesOfReads() throws IOException {
        Random random = new Random(2);
        for (int round = 0; round < 30; round++) {
            byte[] content = RandomContent.of(random, random.nextInt(200_000));
            byte[] whole = new DeflatedInput(new ByteArrayInputStream(content), content.length, "a").readAllBytes();
            InputStream odd = new OddReads(new ByteArrayInputStream(content), random);

            assertThat(new OddReads(new DeflatedInput(odd, content.length, "a"), random).readAllBytes())
                    .isEqualTo(whole);
        }
    }

    private static byte[] inflate(InputStream deflated) throws IOException {
        try (InputStream in = new InflaterInputStream(deflated, new Inflater(true))) {
            return in.readAllBytes();
        }
    }

    private static final class OddReads extends FilterInputStream {
        private final Random random;

        OddReads(InputStream in, Random random) {
            super(in);
            this.random = random;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(1 + random.nextInt(20_000))));
        }
    }
}
