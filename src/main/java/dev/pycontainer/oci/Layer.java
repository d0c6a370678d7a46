package dev.pycontainer.oci;

import dev.pycontainer.content.ByteSource;
import dev.pycontainer.content.Digest;

/** One layer of an image: a lazy view, whose blob is read only when it is opened. */
public interface Layer extends ByteSource {

    /** Media type, digest and size of the blob that {@link #open()} gives. */
    Descriptor descriptor();

    /** The digest of the uncompressed tar, as in the image configuration's {@code rootfs.diff_ids}. */
    Digest diffId();
}
