package dev.pycontainer.layer;

import dev.pycontainer.content.Check;
import dev.pycontainer.content.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The conflicts between the wheels of a plan, and the plan by which the later wheel by name wins each of them.
 *
 * @param plan whose layers stand such that the winner's lies above, and whose shared layers leave out what they do not win
 */
public record FileConflicts(Plan plan, List<FileConflict> conflicts) {

    public FileConflicts {
        conflicts = List.copyOf(conflicts);
    }

    /** Tells the check of every conflict. */
    public void tell(Check check) {
        conflicts.forEach(conflict -> conflict.tell(check));
    }

    /** @param asked the plan whose wheels were compared */
    static FileConflicts read(Plan asked, byte[] bytes) {
        JsonNode json = Json.read(bytes, "What is remembered of file conflicts");
        List<WheelGroup> groups = new ArrayList<>();
        for (JsonNode layer : json.path("layers")) {
            List<String> covered = new ArrayList<>();
            layer.path("covered").forEach(path -> covered.add(path.stringValue()));
            groups.add(asked.groups().get(layer.path("of").intValue()).leavingOut(covered));
        }
        List<FileConflict> conflicts = new ArrayList<>();
        json.path("conflicts").forEach(conflict -> conflicts.add(FileConflict.read(conflict)));
        return new FileConflicts(new Plan(groups), conflicts);
    }

    /** @param asked the plan whose wheels were compared */
    byte[] bytes(Plan asked) {
        ObjectNode json = Json.object();
        ArrayNode layers = json.putArray("layers");
        plan.groups().forEach(group -> {
            ObjectNode layer = layers.addObject().put("of", asked.groups().indexOf(group.leavingOut(List.of())));
            group.covered().forEach(layer.putArray("covered")::add);
        });
        ArrayNode list = json.putArray("conflicts");
        conflicts.forEach(conflict -> conflict.writeTo(list.addObject()));
        return Json.compact(json);
    }
}
