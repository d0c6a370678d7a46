package dev.pycontainer.build;

import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.project.Project;
import dev.pycontainer.project.SourceFiles;

/** What an image would hold for a target that parameters tell; it can be had only from {@link GatherInputs}. */
record InputsWithoutBase(Project project, SourceFiles sources, Target target, Selection selection) {}
