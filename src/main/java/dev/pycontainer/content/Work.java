package dev.pycontainer.content;

/** The kinds of work that a run counts; each is one line of the summary that tells what was reused. */
public enum Work {
    /** Wheel files opened and read. */
    WHEELS_OPENED,
    /** Files fetched from a package index. */
    FILES_DOWNLOADED,
    /** Layers written, as opposed to remembered. */
    LAYERS_WRITTEN,
    /** Blobs of the store whose bytes were read. */
    BLOBS_READ,
    /** Bytes read from blobs of the store. */
    BLOB_BYTES_READ,
    /** Files of the project whose content was read. */
    PROJECT_FILES_READ,
    /** HTTP requests sent. */
    REQUESTS_SENT,
    /** Layer and config blobs sent to a registry. */
    BLOBS_UPLOADED,
    /** Manifests sent to a registry, tags included. */
    MANIFESTS_UPLOADED
}
