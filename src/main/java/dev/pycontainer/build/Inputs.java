package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseTarget;
import dev.pycontainer.packaging.lock.LearnedHash;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.project.Project;
import dev.pycontainer.project.SourceFiles;
import java.util.List;

/**
 * All that an image is made of, decided, with nothing built yet; it can be had only from {@link GatherInputs}.
 *
 * @param locked what {@code pycontainer.lock} says
 * @param stillNeeded of its hashes those of pins that have none of their own
 * @param learned the hashes that the selection rests on and nobody gave
 */
record Inputs(
        Project project,
        SourceFiles sources,
        PycontainerLock locked,
        Base base,
        BaseTarget target,
        Selection selection,
        List<LearnedHash> stillNeeded,
        List<LearnedHash> learned) {}
