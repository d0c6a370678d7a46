/**
 * The pipeline from a project and a base to an image on disk and in a registry, and its records.
 *
 * <p>Floor 5: puts the rooms below together; knows nothing of Maven.
 */
@NullMarked
package dev.pycontainer.build;

import org.jspecify.annotations.NullMarked;
