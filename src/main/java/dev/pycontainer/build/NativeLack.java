package dev.pycontainer.build;

import dev.pycontainer.rootfs.LoadFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A library that one package's files lack, with all of these files.
 *
 * @param owner what has the files, as a message begins with it
 * @param library as in {@link LoadFault}
 * @param file the first of the files, an absolute path
 * @param more how many others there are
 * @param versions that the library lacks
 * @param aside whether all of the files are for tests or examples
 */
record NativeLack(
        String owner,
        LoadFault.Kind kind,
        String library,
        String file,
        int more,
        List<String> versions,
        boolean aside) {

    NativeLack {
        versions = List.copyOf(versions);
    }

    /** The same for the files of both; one that is not aside stands first. */
    NativeLack and(NativeLack other) {
        List<String> all = new ArrayList<>(versions);
        other.versions.stream().filter(version -> !all.contains(version)).forEach(all::add);
        String first = aside && !other.aside ? other.file : file;
        return new NativeLack(owner, kind, library, first, more + other.more + 1, all, aside && other.aside);
    }

    /** What one message tells together with this. */
    List<Object> finding() {
        return List.of(owner, kind, aside);
    }

    /** The first file, and how many others there are. */
    String files() {
        return file + (more == 0 ? "" : more == 1 ? " and 1 file more" : " and " + more + " files more");
    }

    static NativeLack read(JsonNode json) {
        List<String> versions = new ArrayList<>();
        json.path("versions").forEach(version -> versions.add(version.stringValue()));
        return new NativeLack(
                json.path("owner").stringValue(),
                LoadFault.Kind.valueOf(json.path("kind").stringValue().toUpperCase(Locale.ROOT)),
                json.path("library").stringValue(),
                json.path("file").stringValue(),
                json.path("more").intValue(),
                versions,
                json.path("aside").booleanValue());
    }

    void writeTo(ObjectNode json) {
        json.put("owner", owner).put("kind", kind.name().toLowerCase(Locale.ROOT));
        json.put("library", library).put("file", file).put("more", more);
        ArrayNode list = json.putArray("versions");
        versions.forEach(list::add);
        json.put("aside", aside);
    }
}
