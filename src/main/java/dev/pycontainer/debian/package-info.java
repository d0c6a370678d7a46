/**
 * Debian's formats as values and functions: versions, relations between packages, archives and their signatures, the
 * resolution of packages, and what a package holds.
 *
 * <p>Floor 2: knows nothing of images, Maven, registries or Python. Each class names the manual page or the section of
 * the Debian Policy Manual that it obeys. Everything read here is hostile input until its hash or signature proves it.
 */
@NullMarked
package dev.pycontainer.debian;

import org.jspecify.annotations.NullMarked;
