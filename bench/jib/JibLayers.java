import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.cache.Cache;
import com.google.cloud.tools.jib.image.ReproducibleLayerBuilder;
import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Each directory of a directory as one of Jib's layers in Jib's cache: the tar, gzip, both digests and the blob, which is what
 * Jib does for a layer before it pushes it, and nothing more. All of them at once, on as many threads as there are
 * processors.
 *
 * <p>{@code JibLayers DIRECTORY CACHE}
 */
public final class JibLayers {

    private JibLayers() {}

    public static void main(String[] arguments) throws Exception {
        List<Path> directories;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            directories = files.sorted().toList();
        }
        Cache cache = Cache.withDirectory(Path.of(arguments[1]));
        ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        List<Future<?>> layers = new ArrayList<>();
        for (Path directory : directories) {
            layers.add(pool.submit(() -> {
                FileEntriesLayer.Builder layer = FileEntriesLayer.builder();
                layer.addEntryRecursive(directory, AbsoluteUnixPath.get("/opt/venv/lib/python3.11/site-packages"));
                ImmutableList<FileEntry> entries = ImmutableList.copyOf(layer.build().getEntries());
                return cache.writeUncompressedLayer(new ReproducibleLayerBuilder(entries).build(), entries);
            }));
        }
        for (Future<?> layer : layers) {
            layer.get();
        }
        pool.shutdown();
    }
}
