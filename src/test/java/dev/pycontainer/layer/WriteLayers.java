package dev.pycontainer.layer;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A program that writes the layer of each wheel in a directory and prints the list of them, sorted: the wheel's file name and
 * hash, the layer's digest, diff_id and size, and the digest of its table where it has one. So the product's layers can be
 * compared between virtual machines.
 *
 * <p>{@code WriteLayers FORM DIRECTORY THREADS CACHE}: the layers, such as {@code estargz}, stay as blobs in the cache.
 */
public final class WriteLayers {

    private WriteLayers() {}

    public static void main(String[] arguments) throws IOException {
        List<Path> wheels;
        try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
            wheels = files.filter(file -> file.toString().endsWith(".whl"))
                    .sorted()
                    .toList();
        }
        LayerForm form = LayerForm.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        LayerTestStore store = new LayerTestStore(Path.of(arguments[3]), form);
        InParallel.map(wheels, Integer.parseInt(arguments[2]), wheel -> line(store, wheel)).stream()
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
        List<String> fields = new ArrayList<>(List.of(
                name.fileName(),
                blob.digest().hex(),
                layer.descriptor().digest().toString(),
                layer.diffId().toString(),
                Long.toString(layer.descriptor().size())));
        JsonNode annotations = layer.descriptor().others().get("annotations");
        if (annotations != null) {
            fields.add(annotations.get(LayerDescriptor.TOC_DIGEST).asString());
        }
        return String.join("\t", fields);
    }
}
