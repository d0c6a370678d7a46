package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;

/**
 * eStargz: a gzip member for each file's content, which an archive's deflate stream becomes as it is, and others for the headers
 * between them; at the end a table of what is where, so that a node can fetch the one file that it reads.
 *
 * <p>Large files alone are compressed anew, in chunks, since of a member all has to be fetched.
 */
final class EstargzTar implements CompressedTar {

    /** Raised whenever the bytes of any eStargz layer change and those of others do not. */
    static final int RULES_VERSION = 1;

    /** "If no files are belonging to A, a landmark file no-prefetch landmark MUST be contained in the archive." */
    private static final LayerEntry LANDMARK = new LayerEntry(EntryHeader.file(".no.prefetch.landmark"), '0', 1, "");

    private static final byte[] LANDMARK_CONTENT = {0xf};
    private static final String TOC = "stargz.index.json";
    private static final Set<String> RESERVED = Set.of(LANDMARK.path(), ".prefetch.landmark", TOC);

    private static final byte[] NOTHING = {};

    private final ChunkedOutput out;
    private final PassingTar tar;
    private final Inflate inflate;
    private final GzipMember gzip;
    private final EstargzToc toc = new EstargzToc();
    private final FileMembers files;
    private boolean begun;

    /** @param inflate decodes what is compressed anew, while another one proves the result */
    EstargzTar(OutputStream out, PassingTar tar, Inflate inflate) {
        this.out = new ChunkedOutput(out);
        this.tar = tar;
        this.inflate = inflate;
        this.gzip = new GzipMember(this.out, tar, new Inflate());
        this.files = new FileMembers(this.out, tar, gzip, toc);
    }

    @Override
    public void header(LayerEntry entry) throws IOException {
        if (RESERVED.contains(entry.path())) {
            throw BuildRefused.because("\"" + entry.path() + "\" cannot be in an eStargz layer.")
                    .why("those who read such layers take a file of this name for a part of the format")
                    .todo("leave the file out, or choose another compression of the layers");
        }
        begin();
        put(entry);
    }

    @Override
    public void tiny(LayerEntry entry, byte[] content) throws IOException {
        files.one(entry, ContentCheck.NONE, ContentCheck.NONE, () -> gzip.end(content));
    }

    @Override
    public void deflated(LayerEntry entry, InputStream stream, ContentCheck check) throws IOException {
        if (entry.size() > FileMembers.CHUNK_SIZE) {
            FileMembers.Chunks chunks = files.chunks(entry, check);
            inflate.whole(stream, chunks, ByteSink.NOWHERE);
            chunks.end();
        } else {
            files.one(entry, check, ContentCheck.NONE, () -> gzip.whole(stream));
        }
    }

    @Override
    public void stored(LayerEntry entry, InputStream stream, ContentCheck check) throws IOException {
        if (entry.size() > FileMembers.CHUNK_SIZE) {
            chunked(entry, stream, check);
        } else {
            files.one(entry, check, ContentCheck.NONE, () -> {
                gzip.stored(stream);
                gzip.end(NOTHING);
            });
        }
    }

    @Override
    public void own(LayerEntry entry, InputStream content) throws IOException {
        if (entry.size() > FileMembers.CHUNK_SIZE) {
            chunked(entry, content, ContentCheck.NONE);
        } else {
            DeflatedInput deflated = new DeflatedInput(content, entry.size(), entry.path());
            files.one(entry, ContentCheck.NONE, deflated.proof(), () -> gzip.whole(deflated));
        }
    }

    @Override
    public void padding(byte[] zeros) throws IOException {
        gzip.plain(zeros);
    }

    @Override
    public Optional<Digest> finish() throws IOException {
        begin();
        files.endGroup();
        tar.settle();
        DeflatedBytes json = toc.end();
        Digest digest = json.digest();
        long at = out.position();
        gzip.header(new LayerEntry(EntryHeader.file(TOC), '0', json.size(), "").blocks());
        tar.begin(new DigestCheck(digest));
        gzip.joined(json.stream());
        tar.end();
        gzip.plain(TarHeader.paddingBehind(json.size()));
        gzip.end(TarHeader.end());
        byte[] footer = EstargzFooter.of(at);
        out.write(footer, 0, footer.length);
        out.flush();
        return Optional.of(digest);
    }

    @Override
    public void close() {}

    /** A landmark comes before all that it is about; this one is first, wherever its name would be in order. */
    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            put(LANDMARK);
            tiny(LANDMARK, LANDMARK_CONTENT);
            gzip.plain(TarHeader.paddingBehind(LANDMARK_CONTENT.length));
        }
    }

    private void put(LayerEntry entry) throws IOException {
        gzip.header(entry.blocks());
        if (entry.size() == 0) {
            tar.begin(toc.bare(entry));
            tar.end();
        }
    }

    private void chunked(LayerEntry entry, InputStream content, ContentCheck check) throws IOException {
        FileMembers.Chunks chunks = files.chunks(entry, check);
        byte[] buffer = new byte[1 << 16];
        for (int length; (length = content.readNBytes(buffer, 0, buffer.length)) > 0; ) {
            chunks.write(buffer, 0, length);
        }
        chunks.end();
    }
}
