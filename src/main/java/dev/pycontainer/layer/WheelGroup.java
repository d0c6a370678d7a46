package dev.pycontainer.layer;

import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The wheels of one layer, one or several, in a fixed order.
 *
 * @param wheels by name
 * @param shared the layer's number among those that wheels share, from 1; nothing of a layer for one wheel
 * @param why the wheels have this layer, a clause
 * @param covered paths below the prefix that the layer leaves out, sorted: a wheel of another layer stands behind the owners
 *     by name and so has its own file there
 */
public record WheelGroup(List<PlannedWheel> wheels, OptionalInt shared, String why, List<String> covered) {

    public WheelGroup {
        wheels = List.copyOf(wheels);
        covered = List.copyOf(covered);
    }

    /** A group whose files all stay. */
    public static WheelGroup of(List<PlannedWheel> wheels) {
        return new WheelGroup(wheels, OptionalInt.empty(), "", List.of());
    }

    WheelGroup sharing(int number) {
        return new WheelGroup(wheels, OptionalInt.of(number), why, covered);
    }

    WheelGroup because(String reason) {
        return new WheelGroup(wheels, shared, reason, covered);
    }

    WheelGroup leavingOut(List<String> paths) {
        return new WheelGroup(wheels, shared, why, paths);
    }

    /** Whether several wheels share the layer at present. */
    boolean isOfSeveral() {
        return wheels.size() > 1;
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
    LayerInputs inputs(InstallScheme scheme, FileFilter filter) {
        LayerInputs inputs = LayerInputs.of("wheel-layer").with(scheme).with(filter);
        ArrayNode list = inputs.text().putArray("wheels");
        for (PlannedWheel wheel : wheels) {
            ObjectNode node = list.addObject();
            node.put("sha256", wheel.sha256().hex());
            wheel.directUrl().ifPresent(text -> node.put("directUrl", text));
        }
        if (!covered.isEmpty()) {
            covered.forEach(inputs.text().putArray("covered")::add);
        }
        return inputs;
    }
}
