/**
 * The Python project: its metadata, its files as git would add them, its entry points and its source tree.
 *
 * <p>Floor 3: reads the project's directory; knows nothing of layers, bases or registries.
 */
@NullMarked
package dev.pycontainer.project;

import org.jspecify.annotations.NullMarked;
