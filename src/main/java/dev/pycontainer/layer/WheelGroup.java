package dev.pycontainer.layer;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.wheel.InstallScheme;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The wheels of one layer, one or several, in a fixed order.
 *
 * @param wheels by name
 */
public record WheelGroup(List<PlannedWheel> wheels) {

    public WheelGroup {
        wheels = List.copyOf(wheels);
    }

    /** Of all wheels' files, in bytes. */
    public long size() {
        return wheels.stream().mapToLong(PlannedWheel::size).sum();
    }

    /** The digests of the wheels. */
    public List<Digest> digests() {
        return wheels.stream().map(PlannedWheel::sha256).toList();
    }

    List<LayerPackage> packages() {
        return wheels.stream().map(PlannedWheel::asPackage).toList();
    }

    /** A layer of wheels is a function of these and of nothing else: not of names, base or project. */
    LayerInputs inputs(InstallScheme scheme) {
        LayerInputs inputs = LayerInputs.of("wheel-layer").with(scheme);
        ArrayNode list = inputs.text().putArray("wheels");
        for (PlannedWheel wheel : wheels) {
            ObjectNode node = list.addObject();
            node.put("sha256", wheel.sha256().hex());
            wheel.directUrl().ifPresent(text -> node.put("directUrl", text));
        }
        return inputs;
    }
}
