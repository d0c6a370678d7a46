package dev.pycontainer.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** The gzip members that the content of a file in an eStargz layer becomes: one, or of a large file one for each chunk. */
final class FileMembers {

    /** What the format's own writer takes. */
    static final int CHUNK_SIZE = 4 << 20;

    private static final byte[] NOTHING = {};

    private final ChunkedOutput out;
    private final PassingTar tar;
    private final GzipMember gzip;
    private final EstargzToc toc;
    private byte[] chunk = NOTHING;

    FileMembers(ChunkedOutput out, PassingTar tar, GzipMember gzip, EstargzToc toc) {
        this.out = out;
        this.tar = tar;
        this.gzip = gzip;
        this.toc = toc;
    }

    /** Writes one whole gzip member. */
    interface Payload {
        void write() throws IOException;
    }

    /** What stands between two files, padding and headers, is a member too. */
    void endGroup() throws IOException {
        if (gzip.isBegun()) {
            gzip.end(NOTHING);
        }
    }

    /** One member for the whole content, of any size. */
    void one(LayerEntry entry, ContentCheck check, ContentCheck proof, Payload payload) throws IOException {
        TocFile file = toc.file(entry, check);
        next(file, entry.size(), proof, payload);
        end(file);
    }

    /** Takes the content of a large file. */
    Chunks chunks(LayerEntry entry, ContentCheck check) {
        if (chunk.length == 0) {
            chunk = new byte[CHUNK_SIZE];
        }
        return new Chunks(entry, check);
    }

    private void next(TocFile file, long size, ContentCheck proof, Payload payload) throws IOException {
        endGroup();
        tar.begin(file.chunk(out.position(), size, proof));
        payload.write();
        tar.end();
    }

    private void end(TocFile file) {
        tar.begin(file.end());
        tar.end();
    }

    final class Chunks implements ByteSink {
        private final LayerEntry entry;
        private final TocFile file;
        private int filled;

        private Chunks(LayerEntry entry, ContentCheck check) {
            this.entry = entry;
            this.file = toc.file(entry, check);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                if (filled == CHUNK_SIZE) {
                    pack();
                }
                int part = Math.min(length - done, CHUNK_SIZE - filled);
                System.arraycopy(bytes, offset + done, chunk, filled, part);
                filled += part;
                done += part;
            }
        }

        void end() throws IOException {
            pack();
            FileMembers.this.end(file);
        }

        private void pack() throws IOException {
            DeflatedInput deflated =
                    new DeflatedInput(new ByteArrayInputStream(chunk, 0, filled), filled, entry.path());
            next(file, filled, deflated.proof(), () -> gzip.whole(deflated));
            filled = 0;
        }
    }
}
