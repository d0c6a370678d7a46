package dev.pycontainer.build;

import dev.pycontainer.content.Json;
import dev.pycontainer.layer.KeptLayers;
import dev.pycontainer.layer.Plan;
import dev.pycontainer.layer.PlanLayers;
import dev.pycontainer.layer.PlannedWheel;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.packaging.lock.Selection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ObjectNode;

/** Decides which of a selection's wheels go to which layers. */
final class PlanWheels {

    private final ToLongFunction<SelectedWheel> size;

    /** @param size asked for a wheel whose size neither lock nor index tells */
    PlanWheels(ToLongFunction<SelectedWheel> size) {
        this.size = size;
    }

    /**
     * @param free how many layers the wheels may take
     * @param kept by which wheels stay in the layers that they had
     */
    Plan of(Selection selection, int free, KeptLayers kept) {
        return new PlanLayers(free, kept)
                .of(selection.wheels().stream().map(this::planned).toList());
    }

    private PlannedWheel planned(SelectedWheel wheel) {
        return new PlannedWheel(
                wheel.file(), wheel.sha256(), wheel.size().orElseGet(() -> size.applyAsLong(wheel)), directUrl(wheel));
    }

    /** PEP 610, "The direct_url.json Data Structure", for an archive. */
    private static Optional<String> directUrl(SelectedWheel wheel) {
        return wheel.directUrl().map(url -> {
            ObjectNode json = Json.object();
            json.put("url", url);
            json.putObject("archive_info")
                    .putObject("hashes")
                    .put("sha256", wheel.sha256().hex());
            return new String(Json.compact(json), StandardCharsets.UTF_8);
        });
    }
}
