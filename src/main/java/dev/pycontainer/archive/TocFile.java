package dev.pycontainer.archive;

import dev.pycontainer.content.Digest;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes known of a file of an eStargz layer while it passes: where its chunks begin is told by the thread that writes, what
 * they hold is found by the one that judges.
 */
final class TocFile {

    private final LayerEntry entry;
    private final ContentCheck check;
    private final EstargzToc toc;

    /** There is none where the check itself asks for a certain SHA-256. */
    private final Optional<MessageDigest> hash;

    private final List<Part> parts = new ArrayList<>(1);

    TocFile(LayerEntry entry, ContentCheck check, EstargzToc toc) {
        this.entry = entry;
        this.check = check;
        this.toc = toc;
        this.hash = check.sha256().isPresent() ? Optional.empty() : Optional.of(Digest.sha256());
    }

    /**
     * Sees the content of the file's next chunk.
     *
     * @param offset where its gzip member begins in the layer
     * @param size of its content
     * @param proof judges this chunk too
     */
    ContentCheck chunk(long offset, long size, ContentCheck proof) {
        boolean isWhole = size == entry.size();
        Part part = new Part(offset, size, proof, isWhole ? Optional.empty() : Optional.of(Digest.sha256()));
        parts.add(part);
        return part;
    }

    /** Comes behind the last chunk, and adds the file to the table. */
    ContentCheck end() {
        return new AtEnd(() -> {
            check.finish();
            Digest digest = hash.map(finished -> Digest.ofHash(finished.digest()))
                    .or(check::sha256)
                    .orElseThrow();
            List<EstargzToc.Chunk> chunks = new ArrayList<>(parts.size());
            for (Part part : parts) {
                chunks.add(new EstargzToc.Chunk(part.offset, part.size, part.digest.orElse(digest)));
            }
            toc.add(entry, digest, chunks);
        });
    }

    private final class Part implements ContentCheck {
        private final long offset;
        private final long size;
        private final ContentCheck proof;
        private final Optional<MessageDigest> own;
        private Optional<Digest> digest = Optional.empty();

        Part(long offset, long size, ContentCheck proof, Optional<MessageDigest> own) {
            this.offset = offset;
            this.size = size;
            this.proof = proof;
            this.own = own;
        }

        @Override
        public void update(byte[] bytes, int offset, int length) {
            proof.update(bytes, offset, length);
            check.update(bytes, offset, length);
            hash.ifPresent(whole -> whole.update(bytes, offset, length));
            own.ifPresent(part -> part.update(bytes, offset, length));
        }

        @Override
        public void finish() {
            proof.finish();
            digest = own.map(part -> Digest.ofHash(part.digest()));
        }
    }
}
