package dev.pycontainer.layer;

import dev.pycontainer.content.InParallel;
import dev.pycontainer.debian.DebFile;
import dev.pycontainer.debian.FetchPackage;
import dev.pycontainer.debian.PackageFacts;
import dev.pycontainer.debian.PackageTree;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Spool;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what a system needs to know of Debian packages, and keeps the answer so that no package is opened for it twice. */
public final class ReadPackageFacts {

    /** Raised whenever the same package would tell something else, or in another form. */
    private static final int RULES_VERSION = 1;

    private static final int AT_ONCE = 2;

    private final LayerStore layers;
    private final BlobStore blobs;
    private final FetchPackage fetch;

    /** @param fetch asked for packages of which nothing is known yet */
    public ReadPackageFacts(LayerStore layers, BlobStore blobs, FetchPackage fetch) {
        this.layers = layers;
        this.blobs = blobs;
        this.fetch = fetch;
    }

    /** In the order of the packages. */
    public List<PackageFacts> of(List<SystemPackage> packages) throws IOException {
        return InParallel.map(packages, AT_ONCE, this::of);
    }

    private PackageFacts of(SystemPackage each) throws IOException {
        return layers.recallOrRead(inputs(each), () -> recalled(each), () -> read(each));
    }

    private Optional<PackageFacts> recalled(SystemPackage each) throws IOException {
        Optional<byte[]> known = layers.recall(inputs(each));
        return known.isPresent() ? Optional.of(PackageFacts.read(known.get(), each.fileName())) : Optional.empty();
    }

    private PackageFacts read(SystemPackage each) throws IOException {
        try (DebFile deb = DebFile.open(fetch.of(each.toString(), each.file()).proven(), each.fileName());
                Spool spool = blobs.spool()) {
            Map<String, byte[]> control = deb.control();
            each.requireThat(control);
            PackageFacts facts = PackageFacts.of(control, PackageTree.of(deb, spool), each.fileName());
            keep(each, facts);
            return facts;
        }
    }

    /** Keeps what whoever has opened a package has found. */
    void keep(SystemPackage each, PackageFacts facts) throws IOException {
        layers.keep(inputs(each), facts.bytes());
    }

    private static LayerInputs inputs(SystemPackage each) {
        LayerInputs inputs = LayerInputs.of("package-facts");
        inputs.text().put("factsRules", RULES_VERSION);
        inputs.text().put("sha256", each.file().sha256().hex());
        return inputs;
    }
}
