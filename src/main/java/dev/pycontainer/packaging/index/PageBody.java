package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BoundedInputStream;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.Body;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import okhttp3.Response;

/** The bytes of a page, within limits and without the content coding that they may come in. */
final class PageBody {

    /** The largest page of a real project is a tenth of it. */
    private static final long LIMIT = 64L << 20;

    private PageBody() {}

    /** @param name what the bytes are, for a refusal's first sentence */
    static byte[] read(Response response, String name) throws IOException {
        // In the wild: pages from storage that holds them compressed, and knows of no other form of them.
        String coding = response.header("Content-Encoding", "identity").strip().toLowerCase(Locale.ROOT);
        byte[] body = Body.read(response, LIMIT, name);
        return switch (coding) {
            case "identity" -> body;
            case "gzip", "x-gzip" -> unpacked(body, name);
            default ->
                throw BuildRefused.because(name + " comes in a content coding that was not asked for.")
                        .why("its content coding is " + coding);
        };
    }

    private static byte[] unpacked(byte[] body, String name) throws IOException {
        try (InputStream in =
                new BoundedInputStream(new GZIPInputStream(new ByteArrayInputStream(body)), LIMIT, name)) {
            return in.readAllBytes();
        } catch (EOFException | ZipException fault) {
            throw BuildRefused.because(name + " is not whole.")
                    .why("its content coding is gzip, and it cannot be unpacked to its end")
                    .causedBy(fault);
        }
    }
}
