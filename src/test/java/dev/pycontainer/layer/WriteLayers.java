package dev.pycontainer.layer;

import dev.pycontainer.content.InParallel;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that writes the layer of each wheel in a directory and prints the list of them, sorted: the wheel's file name and
 * hash, the layer's digest, diff_id and size. So the product's layers can be compared between virtual machines.
 *
 * <p>{@code WriteLayers DIRECTORY THREADS CACHE}: the layers stay as blobs in the cache.
 */
public final class WriteLayers {

    private WriteLayers() {}

    public static void main(String[] arguments) throws IOException {
        List<Path> wheels;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            wheels = files.filter(file -> file.toString().endsWith(".whl"))
                    .sorted()
                    .toList();
        }
        LayerTestStore store = new LayerTestStore(Path.of(arguments[2]));
        InParallel.map(wheels, Integer.parseInt(arguments[1]), wheel -> line(store, wheel)).stream()
                .sorted()
                .forEach(System.out::println);
    }

    private static String line(LayerTestStore store, Path file) throws IOException {
        WheelFileName name = WheelFileName.parse(file.getFileName().toString());
        Blob blob;
        try (BlobDraft draft = store.blobs.draft()) {
            Files.copy(file, draft.out());
            blob = draft.commit();
        }
        PlannedWheel wheel = new PlannedWheel(name, blob.digest(), blob.size(), Optional.empty());
        LayerBlob layer = store.write(FileFilter.NONE, new WheelInStore(wheel, blob, true));
        return String.join(
                "\t",
                name.fileName(),
                blob.digest().hex(),
                layer.descriptor().digest().toString(),
                layer.diffId().toString(),
                Long.toString(layer.descriptor().size()));
    }
}
