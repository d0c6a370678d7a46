package dev.pycontainer.layer;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two wheels that want one place, told once for all the places of a kind.
 *
 * @param loser the file name of the wheel whose file is covered
 * @param winner the file name of the one whose file stands in the image
 * @param path the first of the places, below the prefix
 * @param more how many other places there are
 */
record FileConflict(String loser, String winner, Kind kind, String path, int more) {

    /** In what two files differ. */
    enum Kind {
        CONTENT,
        MODE,
        /** One is a file where the other is a directory. */
        TYPE,
        /** Their paths differ in case alone: on Linux they are two files, and both stay. */
        CASE
    }

    FileConflict andOneMore() {
        return new FileConflict(loser, winner, kind, path, more + 1);
    }

    void tell(Check check) {
        String places = path + (more == 0 ? "" : more == 1 ? " and 1 path more" : " and " + more + " paths more");
        String stays = "; what " + winner + " installs stays, as the later by name";
        BuildRefused finding = switch (kind) {
            case CONTENT ->
                BuildRefused.because(both() + " install different files at " + places + ".")
                        .why("the contents differ" + stays);
            case MODE ->
                BuildRefused.because(both() + " install different files at " + places + ".")
                        .why("one is executable, the other is not" + stays);
            case TYPE ->
                BuildRefused.because(both() + " disagree on what is a directory, at " + places + ".")
                        .why("a file of one lies where the other needs a directory" + stays);
            case CASE ->
                BuildRefused.because(both() + " install files whose paths differ only in case, at " + places + ".")
                        .why("both stay in the image; a file system that ignores case would hold one of them");
        };
        check.found(finding.todo("remove one of the two packages from the lock, or let " + check.name() + " be off"));
    }

    private String both() {
        return loser + " and " + winner;
    }

    static FileConflict read(JsonNode json) {
        return new FileConflict(
                json.path("loser").stringValue(),
                json.path("winner").stringValue(),
                Kind.valueOf(json.path("kind").stringValue().toUpperCase(Locale.ROOT)),
                json.path("path").stringValue(),
                json.path("more").intValue());
    }

    void writeTo(ObjectNode json) {
        json.put("loser", loser).put("winner", winner);
        json.put("kind", kind.name().toLowerCase(Locale.ROOT));
        json.put("path", path).put("more", more);
    }
}
