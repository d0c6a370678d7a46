package dev.pycontainer.rootfs;

import dev.pycontainer.archive.ElfDynamic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** The files that layers make together, as their indexes tell them: names, links, ELF files, and the system's configuration. */
public final class RootFiles {

    private static final int MOST_FILES = 2_000_000;

    private final FileTree tree = new FileTree(MOST_FILES);
    private final Map<FileTree.Node, ElfDynamic> elves = new HashMap<>();
    private final Map<FileTree.Node, String> texts = new HashMap<>();

    private RootFiles() {}

    /** @param layers the lowest first */
    public static RootFiles of(List<LayerIndex> layers) {
        RootFiles root = new RootFiles();
        for (int i = 0; i < layers.size(); i++) {
            int layer = i;
            layers.get(i)
                    .visit((number, entry) -> root.tree
                            .add(layer, number, entry.tar())
                            .ifPresent(node -> {
                                entry.elf().ifPresent(elf -> root.elves.put(node, elf));
                                entry.text().ifPresent(text -> root.texts.put(node, text));
                            }));
        }
        return root;
    }

    /** What a path leads to when every link is followed. */
    public Optional<FileTree.Found> find(String path) {
        return tree.find(path);
    }

    /** The names in a directory; none where it is not there. */
    public Set<String> names(String directory) {
        return find(directory).map(found -> found.node().names()).orElse(Set.of());
    }

    /** The content of a file of the system's configuration: those that {@link ReadLayerIndex} keeps. */
    public Optional<String> text(String path) {
        return find(path).map(found -> texts.get(found.node()));
    }

    /** The ELF file that a path leads to. */
    public Optional<NativeFile> nativeFile(String path) {
        return find(path)
                .flatMap(found -> Optional.ofNullable(elves.get(found.node()))
                        .map(elf -> new NativeFile(found.path(), found.node(), elf)));
    }

    /**
     * The ELF files whose bytes lie in some of the layers, in the order of their paths; one with several names is there once, by
     * the first of them.
     *
     * @param layers by their place, the lowest being 0
     */
    public List<NativeFile> nativeFiles(IntPredicate layers) {
        Set<FileTree.Node> seen = new HashSet<>();
        List<NativeFile> files = new ArrayList<>();
        tree.forEach((path, node) -> {
            ElfDynamic elf = elves.get(node);
            if (elf != null && layers.test(node.layer()) && seen.add(node)) {
                files.add(new NativeFile("/" + path, node, elf));
            }
        });
        return files;
    }
}
