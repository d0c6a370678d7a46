package dev.pycontainer.build;

import dev.pycontainer.base.AssembleBase;
import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseSource;
import dev.pycontainer.base.MachineName;
import dev.pycontainer.base.PullBase;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.debian.DebianSuite;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerPackage;
import dev.pycontainer.layer.SystemPackage;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Has the base: pulled from its registry, or put together from Debian packages. */
public final class PrepareBase {

    private final PullBase pull;
    private final ResolveDebian resolve;
    private final WriteSystemLayers write;
    private final Check staleLock;
    private final BuildEvents events;

    /** @param staleLock what happens where {@code pycontainer.lock} has other packages than are wanted */
    public PrepareBase(
            PullBase pull, ResolveDebian resolve, WriteSystemLayers write, Check staleLock, BuildEvents events) {
        this.pull = pull;
        this.resolve = resolve;
        this.write = write;
        this.staleLock = staleLock;
        this.events = events;
    }

    /**
     * A base, and the packages that were chosen for it.
     *
     * @param packages those of the base, and those that are added to it, as far as there are such
     */
    record Prepared(Base base, List<DebianPins> packages) {}

    /** @param locked what is not to be chosen anew */
    Prepared of(BaseSource source, BuildRequest.From from, Optional<PycontainerLock> locked) throws IOException {
        List<DebianPins> packages = new ArrayList<>();
        Base base;
        if (source instanceof BaseSource.Debian debian) {
            DebianPins pins = ofBase(debian, from.platform(), locked);
            packages.add(pins);
            base = new AssembleBase()
                    .of(debian, from.platform(), layers(pins, List.of(), from.platform()), PrepareBase::comment);
        } else if (source instanceof BaseSource.Registry registry) {
            Optional<Digest> manifest = locked.flatMap(lock -> lock.baseFor(source.toString(), from.platform()));
            base = pull.of(registry, from.platform(), manifest);
        } else {
            throw new IllegalStateException(source + " is of a kind that is new");
        }
        events.pulled(base.reference(), base.digest(), base.layers().size());
        return new Prepared(base, packages);
    }

    private DebianPins ofBase(BaseSource.Debian source, Platform platform, Optional<PycontainerLock> locked)
            throws IOException {
        locked.ifPresent(lock -> lock.requireBase(source.toString()));
        DebianSuite suite = source.suite();
        String architecture = DebianPins.architecture(platform);
        Optional<DebianPins> kept = locked.flatMap(lock -> lock.packagesOfBase(suite.codename(), architecture))
                .filter(pins -> hasAll(pins, suite.seeds()));
        if (kept.isPresent()) {
            tell(kept.get(), true);
            return kept.get();
        }
        DebianPins pins = resolve.of(new ResolveDebian.Question(
                suite.codename(),
                architecture,
                suite.seeds(),
                List.of(),
                Optional.empty(),
                List.of(),
                suite.leftOut()));
        tell(pins, false);
        return pins;
    }

    private void tell(DebianPins pins, boolean isLocked) {
        events.chosePackages(
                pins.suite() + " for " + pins.architecture(),
                pins.packages().stream().map(SystemPackage::toString).toList(),
                pins.size(),
                isLocked);
    }

    private boolean hasAll(DebianPins pins, List<String> seeds) {
        List<String> missing = seeds.stream().filter(name -> !pins.has(name)).toList();
        if (!missing.isEmpty()) {
            staleLock.found(BuildRefused.because(PycontainerLock.FILE + " is stale: its packages of " + pins.suite()
                            + " are not those of a base.")
                    .why("it does not have " + String.join(", ", missing))
                    .todo("run mvn pycontainer:lock, or " + staleLock.letPass()));
        }
        return missing.isEmpty();
    }

    private List<LayerBlob> layers(DebianPins pins, List<Layer> below, Platform platform) throws IOException {
        return write.of(pins, below, MachineName.of(platform).orElseThrow());
    }

    private static String comment(LayerBlob layer) {
        return layer.packages().isEmpty()
                ? "the records of the system's packages"
                : layer.packages().stream().map(LayerPackage::toString).collect(Collectors.joining(", "));
    }
}
