/**
 * Content-addressed blobs on disk, and what is remembered by inputs: atomic, verified, shared by processes.
 *
 * <p>Floor 1: knows bytes and digests only; nothing of images, wheels or the network.
 */
@NullMarked
package dev.pycontainer.store;

import org.jspecify.annotations.NullMarked;
