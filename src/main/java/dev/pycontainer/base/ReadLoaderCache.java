package dev.pycontainer.base;

import dev.pycontainer.archive.ElfDynamic;
import dev.pycontainer.debian.LoaderCache;
import dev.pycontainer.debian.LoaderFiles;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.rootfs.FileTree;
import dev.pycontainer.rootfs.ReadElf;
import dev.pycontainer.store.BlobStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads from layers what ldconfig(8) would write for the root that they make together.
 *
 * <p>Every layer is read twice: for its names and links, and for those files that these make libraries.
 */
public final class ReadLoaderCache {

    private final ReadElf readElf;

    /** @param store for temporary files */
    public ReadLoaderCache(BlobStore store) {
        this.readElf = new ReadElf(store);
    }

    /** @param machine as {@code uname -m} has it */
    public LoaderCache of(List<? extends Layer> layers, String machine) throws IOException {
        BaseFiles files = BaseFiles.read(layers);
        Map<String, FileTree.Node> wanted = new TreeMap<>();
        // Which files are libraries is decided by names and links alone: asked once, it tells all that must be read.
        LoaderCache.of(
                new Files(files) {
                    @Override
                    public Optional<ElfDynamic> library(String file) {
                        files.find(file)
                                .map(FileTree.Found::node)
                                .filter(FileTree.Node::isFile)
                                .ifPresent(node -> wanted.put(file, node));
                        return Optional.empty();
                    }
                },
                machine);
        Map<FileTree.Node, ElfDynamic> libraries = new HashMap<>();
        files.read(
                Set.copyOf(wanted.values()),
                (node, content) -> readElf.of(content, node.size()).ifPresent(elf -> libraries.put(node, elf)));
        return LoaderCache.of(
                new Files(files) {
                    @Override
                    public Optional<ElfDynamic> library(String file) {
                        return Optional.ofNullable(wanted.get(file)).map(libraries::get);
                    }
                },
                machine);
    }

    /** The names and links of layers. */
    private abstract static class Files implements LoaderFiles {
        private final BaseFiles files;

        Files(BaseFiles files) {
            this.files = files;
        }

        @Override
        public Optional<String> realPath(String path) {
            return files.find(path).map(FileTree.Found::path);
        }

        @Override
        public Collection<String> names(String directory) {
            return files.find(directory).map(found -> found.node().names()).orElse(Set.of());
        }

        @Override
        public Optional<byte[]> content(String file) {
            return files.find(file)
                    .map(FileTree.Found::node)
                    .filter(FileTree.Node::isFile)
                    .map(node -> files.reading(node).text().getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
