/**
 * Where a base image comes from, and the target read from it.
 *
 * <p>Floor 3: knows base images; nothing of locks, wheels or the project.
 */
@NullMarked
package dev.pycontainer.base;

import org.jspecify.annotations.NullMarked;
