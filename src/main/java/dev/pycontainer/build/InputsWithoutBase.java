package dev.pycontainer.build;

import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.project.Project;
import java.util.List;

/**
 * What an image would hold for a target that parameters tell; it can be had only from {@link GatherInputs}.
 *
 * @param locals as in {@link Inputs}
 * @param locked what {@code pycontainer.lock} says
 */
record InputsWithoutBase(
        Project project, List<LocalProject> locals, PycontainerLock locked, Target target, Selection selection) {}
