package dev.pycontainer.archive;

import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * One ordinary gzip member, of which archives' deflate streams are a part as they are.
 *
 * <p>Many members would be easier to write, but some readers stop after the first one, and parallel ones become slow.
 */
final class JoinedGzip implements CompressedTar {

    private final ChunkedOutput out;
    private final PassingTar tar;
    private final GzipMember gzip;

    JoinedGzip(OutputStream out, PassingTar tar, Inflate inflate) {
        this.out = new ChunkedOutput(out);
        this.tar = tar;
        this.gzip = new GzipMember(this.out, tar, inflate);
    }

    @Override
    public void header(LayerEntry entry) throws IOException {
        gzip.header(entry.blocks());
    }

    /** Among the headers it costs less than as a stream of its own, which takes a dozen bytes to join. */
    @Override
    public void tiny(LayerEntry entry, byte[] content) throws IOException {
        gzip.plain(content);
    }

    @Override
    public void deflated(LayerEntry entry, InputStream stream, ContentCheck check) throws IOException {
        tar.begin(check);
        gzip.joined(stream);
        tar.end();
    }

    @Override
    public void stored(LayerEntry entry, InputStream stream, ContentCheck check) throws IOException {
        tar.begin(check);
        gzip.stored(stream);
        tar.end();
    }

    @Override
    public void own(LayerEntry entry, InputStream content) throws IOException {
        DeflatedInput deflated = new DeflatedInput(content, entry.size(), entry.path());
        deflated(entry, deflated, deflated.proof());
    }

    @Override
    public void padding(byte[] zeros) throws IOException {
        gzip.plain(zeros);
    }

    @Override
    public Optional<Digest> finish() throws IOException {
        gzip.end(TarHeader.end());
        out.flush();
        return Optional.empty();
    }

    @Override
    public void close() {}
}
