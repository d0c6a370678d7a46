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
 * @param plan whose shared layers leave out what wheels below them win
 */
public record FileConflicts(Plan plan, List<FileConflict> conflicts) {

    public FileConflicts {
        conflicts = List.copyOf(conflicts);
    }

    /** Tells the check of every conflict. */
    public void tell(Check check) {
        conflicts.forEach(conflict -> conflict.tell(check));
    }

    static FileConflicts read(Plan plan, byte[] bytes) {
        JsonNode json = Json.read(bytes, "What is remembered of file conflicts");
        List<WheelGroup> groups = new ArrayList<>();
        for (int i = 0; i < plan.groups().size(); i++) {
            List<String> covered = new ArrayList<>();
            json.path("covered").path(i).forEach(path -> covered.add(path.stringValue()));
            groups.add(new WheelGroup(plan.groups().get(i).wheels(), covered));
        }
        List<FileConflict> conflicts = new ArrayList<>();
        json.path("conflicts").forEach(conflict -> conflicts.add(FileConflict.read(conflict)));
        return new FileConflicts(new Plan(groups), conflicts);
    }

    byte[] bytes() {
        ObjectNode json = Json.object();
        ArrayNode covered = json.putArray("covered");
        plan.groups().forEach(group -> group.covered().forEach(covered.addArray()::add));
        ArrayNode list = json.putArray("conflicts");
        conflicts.forEach(conflict -> conflict.writeTo(list.addObject()));
        return Json.compact(json);
    }
}
