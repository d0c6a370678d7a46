package dev.pycontainer.archive;

import dev.pycontainer.content.Digest;
import java.util.Optional;

/**
 * Looks at a member's content while it passes into a layer, for example to compare its SHA-256 with the RECORD's.
 *
 * <p>What it throws is given the archive's name and the member's path by the caller.
 */
public interface ContentCheck {

    /** Accepts any content: for members that nothing is known of. */
    ContentCheck NONE = new ContentCheck() {
        @Override
        public void update(byte[] bytes, int offset, int length) {}

        @Override
        public void finish() {}
    };

    /** The next bytes of the content; the array is reused afterwards. */
    void update(byte[] bytes, int offset, int length);

    /**
     * The content has ended.
     *
     * @throws dev.pycontainer.content.BuildRefused where it was not what was promised
     */
    void finish();

    /** The SHA-256 of the only content that {@link #finish()} accepts, if there is one. */
    default Optional<Digest> sha256() {
        return Optional.empty();
    }
}
