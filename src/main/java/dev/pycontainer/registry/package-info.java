/**
 * The OCI distribution client and its credentials.
 *
 * <p>Floor 2: knows repositories, blobs and manifests; nothing of Python or of how an image was made.
 */
@NullMarked
package dev.pycontainer.registry;

import org.jspecify.annotations.NullMarked;
