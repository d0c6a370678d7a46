/**
 * Python's packaging standards as values and functions: versions, markers, tags, requirements, and the target.
 *
 * <p>Floor 2: knows nothing of images, Maven or registries. Each class names the specification that it obeys.
 */
@NullMarked
package dev.pycontainer.packaging;

import org.jspecify.annotations.NullMarked;
