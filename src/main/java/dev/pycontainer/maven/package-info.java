/**
 * The goals, their parameters, settings and log.
 *
 * <p>Floor 6: the only room that imports {@code org.apache.maven}.
 */
@NullMarked
package dev.pycontainer.maven;

import org.jspecify.annotations.NullMarked;
