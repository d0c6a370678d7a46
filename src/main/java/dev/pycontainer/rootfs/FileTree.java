package dev.pycontainer.rootfs;

import dev.pycontainer.archive.TarEntry;
import dev.pycontainer.content.BuildRefused;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The names, links and modes that layers make together, the lowest added first.
 *
 * <p>Obeys the image specification, "Image Layer Filesystem Changeset": an entry replaces what has its name, two
 * directories merge, a whiteout hides what <em>lower</em> layers have, wherever in its own layer's tar it stands.
 */
public final class FileTree {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    /** Prefix of AUFS's own records, which no runtime unpacks. */
    private static final String RESERVED = ".wh..wh.";

    private static final int MOST_LINKS = 40;

    private final int limit;
    private final Slot root = new Slot(Node.directory(0, 0), 0);
    private int slots;

    /** @param limit the greatest number of names; more are refused */
    public FileTree(int limit) {
        this.limit = limit;
    }

    /** A file, directory or link, which one or, by hard links, several names lead to. */
    public static final class Node {
        private final TarEntry.Type type;
        private final int mode;
        private final long size;
        private final String linkTarget;
        private final int layer;
        private final int entry;
        private final Map<String, Slot> children;

        private Node(TarEntry.Type type, int mode, long size, String linkTarget, int layer, int entry) {
            this.type = type;
            this.mode = mode;
            this.size = size;
            this.linkTarget = linkTarget;
            this.layer = layer;
            this.entry = entry;
            this.children = type == TarEntry.Type.DIRECTORY ? new HashMap<>(4) : Map.of();
        }

        static Node directory(int layer, int entry) {
            return new Node(TarEntry.Type.DIRECTORY, 0755, 0, "", layer, entry);
        }

        /** The index of the layer whose tar holds its bytes. */
        public int layer() {
            return layer;
        }

        /** The number of its entry in that layer's tar, the first being 0. */
        public int entry() {
            return entry;
        }

        public long size() {
            return size;
        }

        public boolean isFile() {
            return type == TarEntry.Type.FILE;
        }

        public boolean isDirectory() {
            return type == TarEntry.Type.DIRECTORY;
        }

        public boolean isLink() {
            return type == TarEntry.Type.SYMBOLIC_LINK;
        }

        public boolean isExecutable() {
            return isFile() && (mode & 0111) != 0;
        }

        /** A directory's names in a fixed order; none of anything else. */
        public Set<String> names() {
            return new TreeSet<>(children.keySet());
        }
    }

    /** A name in a directory, and the last layer that has touched it. */
    private static final class Slot {
        private Node node;
        private int layer;

        Slot(Node node, int layer) {
            this.node = node;
            this.layer = layer;
        }
    }

    /**
     * Something that exists, by the path on which no link is left.
     *
     * @param path absolute
     * @param directory the directory that holds it
     */
    public record Found(String path, Node node, Node directory) {

        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** The directory's path. */
        public String parent() {
            int slash = path.lastIndexOf('/');
            return slash <= 0 ? "/" : path.substring(0, slash);
        }

        /** Every name in the same directory that hard links give to the same file, its own among them. */
        public List<String> aliases() {
            return directory.names().stream()
                    .filter(name -> {
                        Slot slot = directory.children.get(name);
                        return slot != null && slot.node == node;
                    })
                    .toList();
        }
    }

    /**
     * Adds an entry.
     *
     * @param number of the entry in its layer's tar
     * @return the node if it is a file, whose content the tar now offers
     */
    public Optional<Node> add(int layer, int number, TarEntry entry) {
        String path = entry.path();
        int slash = path.lastIndexOf('/');
        String parent = slash < 0 ? "" : path.substring(0, slash);
        String name = path.substring(slash + 1);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        if (name.startsWith(WHITEOUT)) {
            whiteOut(layer, parent, name);
            return Optional.empty();
        }
        Node directory = directoryFor(layer, number, parent, path);
        Slot old = directory.children.get(name);
        if (entry.type() == TarEntry.Type.DIRECTORY && old != null && old.node.isDirectory()) {
            old.layer = layer;
            return Optional.empty();
        }
        Node node = entry.type() == TarEntry.Type.HARD_LINK
                ? linked(entry)
                : new Node(entry.type(), entry.mode(), entry.size(), entry.linkTarget(), layer, number);
        put(directory, name, node, layer);
        return entry.isFile() ? Optional.of(node) : Optional.empty();
    }

    /** What a path leads to when every link is followed; empty where it leads nowhere, or in a circle. */
    public Optional<Found> find(String path) {
        return walk(path, true);
    }

    /** What has this very name, be it a link; links among the directories above are followed. */
    public Optional<Found> findName(String path) {
        return walk(path, false);
    }

    /** Every name with its path, which has no slash at either end: in the order of the names, a directory before what is in it. */
    public void forEach(BiConsumer<String, Node> visitor) {
        record Named(String path, Node node) {}
        Deque<Named> rest = new ArrayDeque<>(List.of(new Named("", root.node)));
        while (!rest.isEmpty()) {
            Named next = rest.pop();
            if (!next.path.isEmpty()) {
                visitor.accept(next.path, next.node);
            }
            String prefix = next.path.isEmpty() ? "" : next.path + "/";
            next.node.children.entrySet().stream()
                    .sorted(Map.Entry.<String, Slot>comparingByKey().reversed())
                    .forEach(child -> rest.push(new Named(prefix + child.getKey(), child.getValue().node)));
        }
    }

    private Optional<Found> walk(String path, boolean followLast) {
        Deque<String> rest = new ArrayDeque<>(List.of(path.split("/", -1)));
        List<String> names = new ArrayList<>();
        List<Node> nodes = new ArrayList<>(List.of(root.node));
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.pop();
            Node here = nodes.get(nodes.size() - 1);
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.remove(names.size() - 1);
                    nodes.remove(nodes.size() - 1);
                }
                continue;
            }
            Slot slot = here.children.get(name);
            if (slot == null) {
                return Optional.empty();
            }
            Node next = slot.node;
            if (next.type == TarEntry.Type.SYMBOLIC_LINK && (followLast || !rest.isEmpty())) {
                if (++links > MOST_LINKS) {
                    return Optional.empty();
                }
                if (next.linkTarget.startsWith("/")) {
                    names.clear();
                    nodes.subList(1, nodes.size()).clear();
                }
                String[] target = next.linkTarget.split("/", -1);
                for (int i = target.length - 1; i >= 0; i--) {
                    rest.push(target[i]);
                }
                continue;
            }
            names.add(name);
            nodes.add(next);
        }
        Node parent = nodes.get(Math.max(0, nodes.size() - 2));
        return Optional.of(new Found("/" + String.join("/", names), nodes.get(nodes.size() - 1), parent));
    }

    private void whiteOut(int layer, String parent, String name) {
        Optional<Found> directory = find(parent);
        if (name.startsWith(RESERVED)) {
            if (name.equals(OPAQUE)) {
                directory.ifPresent(found -> prune(found.node, layer));
            }
            return;
        }
        String hidden = name.substring(WHITEOUT.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            throw BuildRefused.because("The layer has a whiteout of \"" + hidden + "\", which names nothing.");
        }
        directory.ifPresent(found -> {
            Slot slot = found.node.children.get(hidden);
            if (slot != null && slot.layer < layer) {
                found.node.children.remove(hidden);
            } else if (slot != null) {
                prune(slot.node, layer);
            }
        });
    }

    /** Takes away what lower layers have below a directory, and leaves what this layer has put there. */
    private static void prune(Node directory, int layer) {
        Deque<Node> directories = new ArrayDeque<>(List.of(directory));
        while (!directories.isEmpty()) {
            for (Iterator<Slot> children = directories.pop().children.values().iterator(); children.hasNext(); ) {
                Slot child = children.next();
                if (child.layer < layer) {
                    children.remove();
                } else if (child.node.isDirectory()) {
                    directories.push(child.node);
                }
            }
        }
    }

    private Node linked(TarEntry entry) {
        Node node = findName(entry.linkTarget()).map(Found::node).orElse(null);
        if (node == null || node.isDirectory()) {
            throw BuildRefused.because("The layer has a hard link \"" + entry.path() + "\" to \"" + entry.linkTarget()
                    + "\", which is " + (node == null ? "not there." : "a directory."));
        }
        return node;
    }

    /** The directory that an entry goes into; parents without an entry are made, links to directories followed. */
    private Node directoryFor(int layer, int number, String parent, String path) {
        Node here = root.node;
        StringBuilder walked = new StringBuilder();
        for (String name : parent.isEmpty() ? new String[0] : parent.split("/", -1)) {
            walked.append('/').append(name);
            Slot slot = here.children.get(name);
            if (slot == null) {
                slot = put(here, name, Node.directory(layer, number), layer);
            }
            Node next = slot.node;
            if (next.type == TarEntry.Type.SYMBOLIC_LINK) {
                next = find(walked.toString()).map(Found::node).orElse(null);
            } else {
                slot.layer = layer;
            }
            if (next == null || !next.isDirectory()) {
                throw BuildRefused.because(
                        "The layer has an entry \"" + path + "\" below \"" + walked + "\", which is no directory.");
            }
            here = next;
        }
        return here;
    }

    private Slot put(Node directory, String name, Node node, int layer) {
        Slot slot = new Slot(node, layer);
        @Nullable Slot old = directory.children.put(name, slot);
        if (old == null && ++slots > limit) {
            throw BuildRefused.because("The image has more than " + limit + " files, the limit for it.");
        }
        return slot;
    }
}
