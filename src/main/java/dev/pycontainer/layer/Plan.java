package dev.pycontainer.layer;

import java.util.List;

/**
 * Which wheels go to which layer.
 *
 * @param groups one for each layer, in the layers' order
 */
public record Plan(List<WheelGroup> groups) {

    public Plan {
        groups = List.copyOf(groups);
    }
}
