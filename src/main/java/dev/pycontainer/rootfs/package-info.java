/**
 * The files that layers make together: what each layer holds, the tree of all of them, and what a dynamic loader finds in it.
 *
 * <p>Floor 2: knows the image specification's changesets and the loaders of glibc and musl; nothing of Python, Debian, bases or
 * registries.
 */
@NullMarked
package dev.pycontainer.rootfs;

import org.jspecify.annotations.NullMarked;
