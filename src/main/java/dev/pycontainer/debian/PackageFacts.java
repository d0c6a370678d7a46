package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Utf8Order;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a system needs to know of a package beside its files' bytes: what it says of itself, its configuration files, its
 * triggers, and what each of its paths is.
 */
public final class PackageFacts {

    /**
     * A file that users may change, and dpkg then keeps: deb-conffiles(5).
     *
     * @param path as the package writes it, with a slash before it
     * @param hash of its content as the package has it, by MD5; or dpkg's word for one that it has not
     */
    public record Conffile(String path, String hash, boolean removedOnUpgrade) {}

    private static final String REMOVE_ON_UPGRADE = "remove-on-upgrade";

    private final ControlParagraph control;
    private final String text;
    private final DebianPackage description;
    private final List<Conffile> conffiles;
    private final String triggers;
    private final NavigableMap<String, InstalledFiles.Kind> paths;

    private PackageFacts(
            String text,
            List<Conffile> conffiles,
            String triggers,
            NavigableMap<String, InstalledFiles.Kind> paths,
            String place)
            throws IOException {
        this.text = text;
        this.control =
                ReadControl.only(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), place + ": control");
        this.description = DebianPackage.of(control);
        this.conffiles = List.copyOf(conffiles);
        this.triggers = triggers;
        this.paths = paths;
    }

    /**
     * @param control the files of the package's control archive
     * @param tree its files
     * @param place what the package is called in messages
     */
    public static PackageFacts of(Map<String, byte[]> control, PackageTree tree, String place) throws IOException {
        return new PackageFacts(
                text(control, "control"),
                conffiles(text(control, "conffiles"), tree, place),
                text(control, "triggers"),
                tree.kinds(),
                place);
    }

    private static String text(Map<String, byte[]> control, String name) {
        return new String(control.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    /** "one file pathname per line", before which a flag may stand. */
    private static List<Conffile> conffiles(String lines, PackageTree tree, String place) throws IOException {
        List<Conffile> conffiles = new ArrayList<>();
        for (String line : lines.lines().map(String::strip).toList()) {
            boolean removed = line.startsWith(REMOVE_ON_UPGRADE + " ");
            String path = removed ? line.substring(REMOVE_ON_UPGRADE.length()).strip() : line;
            if (!path.startsWith("/")) {
                if (path.isEmpty()) {
                    continue;
                }
                throw BuildRefused.because("\"" + Excerpt.of(line) + "\" is no configuration file of a package.")
                        .why("deb-conffiles(5): a pathname is absolute, and the one known flag is " + REMOVE_ON_UPGRADE)
                        .in(place + ": conffiles");
            }
            String file = UsrMerge.path(path.substring(1));
            // dpkg's own word for what it has not unpacked.
            conffiles.add(new Conffile(
                    path,
                    tree.files().contains(file) ? Md5.of(new ByteArrayInputStream(tree.read(file))) : "newconffile",
                    removed));
        }
        return conffiles;
    }

    public DebianPackage description() {
        return description;
    }

    public List<Conffile> conffiles() {
        return conffiles;
    }

    /** What each path is that the package has in an image, directories among them; without a slash at either end. */
    public SortedMap<String, InstalledFiles.Kind> paths() {
        return Collections.unmodifiableSortedMap(paths);
    }

    /** The package as triggers see it. What is left out of images triggers nothing. */
    public TriggeringPackage triggering() {
        return new TriggeringPackage(
                description.name(),
                triggers,
                paths.entrySet().stream()
                        .filter(path -> path.getValue() != InstalledFiles.Kind.DIRECTORY)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    ControlParagraph control() {
        return control;
    }

    /** The form in which the facts are remembered. */
    public byte[] bytes() {
        ObjectNode json = Json.object();
        json.put("control", text);
        json.put("triggers", triggers);
        ArrayNode list = json.putArray("conffiles");
        conffiles.forEach(each -> list.addObject()
                .put("path", each.path())
                .put("hash", each.hash())
                .put("removedOnUpgrade", each.removedOnUpgrade()));
        ArrayNode kinds = json.putArray("paths");
        paths.forEach((path, kind) -> kinds.add(kind.letter() + path));
        return Json.compact(json);
    }

    /** @param place what the package is called in messages */
    public static PackageFacts read(byte[] bytes, String place) throws IOException {
        JsonNode json = Json.read(bytes, "What is remembered of a package");
        List<Conffile> conffiles = new ArrayList<>();
        json.path("conffiles")
                .forEach(each -> conffiles.add(new Conffile(
                        each.path("path").stringValue(),
                        each.path("hash").stringValue(),
                        each.path("removedOnUpgrade").booleanValue())));
        NavigableMap<String, InstalledFiles.Kind> paths = new TreeMap<>(Utf8Order.INSTANCE);
        json.path("paths").forEach(each -> {
            String path = each.stringValue();
            paths.put(path.substring(1), InstalledFiles.Kind.of(path.charAt(0)));
        });
        return new PackageFacts(
                json.path("control").stringValue(),
                conffiles,
                json.path("triggers").stringValue(),
                paths,
                place);
    }
}
