/**
 * Archives, read with limits as hostile input and written as deterministic layers: ar, tar, gzip, xz, zstd, deflate,
 * zip, ELF.
 *
 * <p>Floor 1: knows bytes and names only; nothing of wheels, images or the network. Nothing here lets a byte of the JDK's own
 * deflater into an archive that is written.
 */
@NullMarked
package dev.pycontainer.archive;

import org.jspecify.annotations.NullMarked;
