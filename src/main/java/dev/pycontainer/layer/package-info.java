/**
 * What goes into wheel, environment and project layers, and the plan of which wheels go to which layer.
 *
 * <p>Floor 3: takes file lists and wheels; knows no project and no base.
 */
@NullMarked
package dev.pycontainer.layer;

import org.jspecify.annotations.NullMarked;
