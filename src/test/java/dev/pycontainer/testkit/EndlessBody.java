package dev.pycontainer.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;

/** A close-delimited body without end, of spaces: the server writes until the client hangs up. */
public final class EndlessBody implements MockResponseBody {

    @Override
    public long getContentLength() {
        return -1;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        byte[] block = " ".repeat(64 << 10).getBytes(US_ASCII);
        while (true) {
            sink.write(block);
        }
    }
}
