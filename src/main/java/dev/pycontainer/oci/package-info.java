/**
 * The OCI image specification as values: references, descriptors, manifests, configs, and the layout's files.
 *
 * <p>Floor 1: pure data. Knows nothing of registries, stores, archives or Python.
 */
@NullMarked
package dev.pycontainer.oci;

import org.jspecify.annotations.NullMarked;
