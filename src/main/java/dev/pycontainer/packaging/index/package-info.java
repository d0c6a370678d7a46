/**
 * Package indexes: where a locked file is, and its verified download into the store.
 *
 * <p>Floor 2, a part of the room {@code packaging}.
 */
@NullMarked
package dev.pycontainer.packaging.index;

import org.jspecify.annotations.NullMarked;
