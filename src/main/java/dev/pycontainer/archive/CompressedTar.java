package dev.pycontainer.archive;

import dev.pycontainer.content.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A layer's tar in one of its compressed forms, made of parts that come in the tar's order: an entry's header, its content in one
 * of four ways if it has any, and the padding behind that.
 *
 * <p>Every byte of the tar also goes to the layer's {@link PassingTar}, with the checks in their places.
 */
interface CompressedTar extends Closeable {

    void header(LayerEntry entry) throws IOException;

    /** Content of a few dozen bytes at most. */
    void tiny(LayerEntry entry, byte[] content) throws IOException;

    /** Content that an archive holds as this raw deflate stream. */
    void deflated(LayerEntry entry, InputStream stream, ContentCheck check) throws IOException;

    /** Content that an archive holds as it is. */
    void stored(LayerEntry entry, InputStream stream, ContentCheck check) throws IOException;

    /** Content that comes from no archive; the stream has the entry's size, or refuses. */
    void own(LayerEntry entry, InputStream content) throws IOException;

    /** Zeros behind content. */
    void padding(byte[] zeros) throws IOException;

    /**
     * Ends the tar, and passes on all that is buffered.
     *
     * @return the digest of the table of contents, where the form has one
     */
    Optional<Digest> finish() throws IOException;

    /** Frees what is held outside the heap. */
    @Override
    void close();
}
