/**
 * Lock files, each format one reader behind one small interface, and the selection made from them for a target.
 *
 * <p>Floor 2, a part of the room {@code packaging}: reads files and decides; it fetches nothing.
 */
@NullMarked
package dev.pycontainer.packaging.lock;

import org.jspecify.annotations.NullMarked;
