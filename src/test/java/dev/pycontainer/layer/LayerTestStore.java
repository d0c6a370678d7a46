package dev.pycontainer.layer;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import dev.pycontainer.testkit.TestWheels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A store in a directory, with a tally of its own, as one run has it. */
final class LayerTestStore {

    static final InstallScheme SCHEME =
            new InstallScheme("/opt/venv", "lib/python3.11/site-packages", "/opt/venv/bin/python", "3.11");

    final Tally tally = new Tally();
    final BlobStore blobs;
    final LayerStore layers;

    LayerTestStore(Path cache) {
        this(cache, LayerForm.GZIP);
    }

    LayerTestStore(Path cache, LayerForm form) {
        blobs = new BlobStore(cache, tally);
        layers = new LayerStore(blobs, new Remembered(cache), tally, form);
    }

    WheelInStore keep(TestWheels wheel, Path directory) throws IOException {
        return keep(Files.readAllBytes(wheel.in(directory)), wheel.fileName());
    }

    WheelInStore keep(byte[] bytes, WheelFileName fileName) throws IOException {
        PlannedWheel planned = new PlannedWheel(fileName, Digest.of(bytes), bytes.length, Optional.empty());
        return new WheelInStore(planned, blobs.keep(bytes), true);
    }

    /** The layer of wheels that share it. */
    LayerBlob write(FileFilter filter, WheelInStore... wheels) throws IOException {
        List<WheelInStore> list = List.of(wheels);
        WheelGroup group = WheelGroup.of(list.stream().map(WheelInStore::wheel).toList());
        return new WriteWheelLayer(layers, SCHEME, filter).of(group, list);
    }

    long of(Work work) {
        return tally.of(work);
    }
}
