/**
 * The wheel format and the installation of a wheel into a destination.
 *
 * <p>Floor 2, a part of the room {@code packaging}: a layer's tar is just another destination, and unknown here.
 */
@NullMarked
package dev.pycontainer.packaging.wheel;

import org.jspecify.annotations.NullMarked;
