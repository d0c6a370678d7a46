/**
 * The test kit: real registries, images and tools that tests start, ask and stop.
 *
 * <p>Knows the command line tools of the machine; nothing of the product that it judges.
 */
@NullMarked
package dev.pycontainer.testkit;

import org.jspecify.annotations.NullMarked;
