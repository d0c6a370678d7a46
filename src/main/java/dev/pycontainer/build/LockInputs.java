package dev.pycontainer.build;

import dev.pycontainer.base.BaseSource;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.layer.KeptLayers;
import dev.pycontainer.layer.Plan;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.index.FindWheelSize;
import dev.pycontainer.packaging.lock.LearnedHash;
import dev.pycontainer.packaging.lock.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes {@code pycontainer.lock}: the base as its tag is now, its Python, hashes for the pins that have
 * none, and the layers that wheels have. */
public final class LockInputs {

    private final GatherInputs gather;
    private final FindWheelSize findSize;
    private final BuildEvents events;
    private final boolean offline;

    /**
     * @param findSize asked for wheels whose size neither lock nor index tells
     * @param offline whether no registry can be asked what a tag means
     */
    public LockInputs(GatherInputs gather, FindWheelSize findSize, BuildEvents events, boolean offline) {
        this.gather = gather;
        this.findSize = findSize;
        this.events = events;
        this.offline = offline;
    }

    /** Writes the file where anything is other than it says; a second time nothing is. */
    public void of(BuildRequest request) throws IOException {
        Optional<BaseSource> named = request.from().image().map(BaseSource::parse);
        boolean isOfPackages = named.filter(BaseSource.Debian.class::isInstance).isPresent()
                || !request.from().packages().isEmpty();
        if (offline && (isOfPackages || named.filter(LockInputs::hasDigest).isEmpty())) {
            throw BuildRefused.because(
                            "The base" + named.map(base -> " " + base).orElse("") + " cannot be locked offline.")
                    .why(
                            isOfPackages
                                    ? "the archive has to be asked which versions it has now"
                                    : "its registry has to be asked what the tag means now")
                    .todo("run it without -o" + (isOfPackages ? "" : ", or name the base with its digest"));
        }
        Inputs inputs = new MendCache(events).during(() -> gather.anew(request), () -> {});
        lock(inputs, request);
    }

    private static boolean hasDigest(BaseSource base) {
        return base instanceof BaseSource.Registry registry && registry.image().digest() != null;
    }

    private void lock(Inputs inputs, BuildRequest request) throws IOException {
        Platform platform = request.from().platform();
        List<LearnedHash> hashes = new ArrayList<>(inputs.lock().stillNeeded(inputs.wanted()));
        hashes.addAll(inputs.selection().learned());
        PycontainerLock now = inputs.locked()
                .withBase(inputs.base().reference(), platform, inputs.base().pinned())
                .withPackages(platform.architecture(), inputs.packages())
                .withPython(inputs.target().target().pythonMinor())
                .withHashes(hashes)
                .withLayers(platform, layers(inputs, request));
        List<String> changes = now.changesSince(inputs.locked());
        now.writeTo(inputs.project().directory());
        events.locked(inputs.project().directory().resolve(PycontainerLock.FILE), changes);
    }

    /** What a build would do, and what was kept of packages that the lock has for other images. */
    private KeptLayers layers(Inputs inputs, BuildRequest request) {
        KeptLayers kept = inputs.keptLayers(request);
        Selection selection = inputs.selection();
        Plan plan = new PlanWheels(findSize::of).of(selection, inputs.freeLayers(request), kept);
        return KeptLayers.of(plan).or(kept.of(selection::holds));
    }
}
