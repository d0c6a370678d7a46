package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseTarget;
import dev.pycontainer.layer.KeptLayers;
import dev.pycontainer.packaging.lock.HashedLock;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.packaging.lock.Wanted;
import dev.pycontainer.project.Project;
import java.util.List;

/**
 * All that an image is made of, decided, with nothing built yet; it can be had only from {@link GatherInputs}.
 *
 * @param locals the members, in the order of their names, and the project itself at the end
 * @param locked what {@code pycontainer.lock} says
 * @param packages those that the base is made of, and those that are added to it
 * @param lock the project's own, with the hashes of that one
 */
record Inputs(
        Project project,
        List<LocalProject> locals,
        PycontainerLock locked,
        Base base,
        List<DebianPins> packages,
        BaseTarget target,
        HashedLock lock,
        Wanted wanted,
        Selection selection) {

    private static final int LAYER_OF_ENVIRONMENT = 1;

    /** How many layers are left for wheels. */
    int freeLayers(BuildRequest request) {
        return freeLayers(request, base.layers().size(), locals);
    }

    static int freeLayers(BuildRequest request, int ofBase, List<LocalProject> locals) {
        return request.maximumLayers() - ofBase - LAYER_OF_ENVIRONMENT - locals.size();
    }

    /** The layers that {@code pycontainer.lock} keeps for the platform. */
    KeptLayers keptLayers(BuildRequest request) {
        return locked.layers(request.from().platform());
    }
}
