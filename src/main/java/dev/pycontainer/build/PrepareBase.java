package dev.pycontainer.build;

import dev.pycontainer.base.AssembleBase;
import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseSource;
import dev.pycontainer.base.BaseSystem;
import dev.pycontainer.base.PullBase;
import dev.pycontainer.base.ReadSystem;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.debian.DebianPackage;
import dev.pycontainer.debian.DebianSuite;
import dev.pycontainer.debian.RecordForm;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerPackage;
import dev.pycontainer.layer.SystemPackage;
import dev.pycontainer.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Has the base: pulled from its registry, or put together from Debian packages. */
public final class PrepareBase {

    private final PullBase pull;
    private final ReadSystem readSystem;
    private final ResolveDebian resolve;
    private final WriteSystemLayers write;
    private final Check staleLock;
    private final BuildEvents events;

    /** @param staleLock what happens where {@code pycontainer.lock} has other packages than are wanted */
    public PrepareBase(
            PullBase pull,
            ReadSystem readSystem,
            ResolveDebian resolve,
            WriteSystemLayers write,
            Check staleLock,
            BuildEvents events) {
        this.pull = pull;
        this.readSystem = readSystem;
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

    /** Whether what is asked for names its bytes, so that it is the same whenever and wherever it is prepared. */
    boolean isPinned(BaseSource source, BuildRequest.From from, PycontainerLock locked) {
        boolean isBasePinned = source instanceof BaseSource.Registry registry
                ? registry.image().digest() != null
                        || locked.baseFor(source.toString(), from.platform()).isPresent()
                : source instanceof BaseSource.Debian debian
                        && locked.packagesOfBase(debian.suite().codename(), DebianPins.architecture(from.platform()))
                                .isPresent();
        return isBasePinned && from.packages().isEmpty();
    }

    /** @param locked what is not to be chosen anew */
    Prepared of(BaseSource source, BuildRequest.From from, Optional<PycontainerLock> locked) throws IOException {
        List<DebianPins> packages = new ArrayList<>();
        Base base;
        if (source instanceof BaseSource.Debian debian) {
            base = assembled(debian, from.platform(), locked, packages);
        } else if (source instanceof BaseSource.Registry registry) {
            Optional<Digest> manifest = locked.flatMap(lock -> lock.baseFor(source.toString(), from.platform()));
            base = pull.of(registry, from.platform(), manifest);
        } else {
            throw new IllegalStateException(source + " is of a kind that is new");
        }
        if (!from.packages().isEmpty()) {
            base = extended(base, DebianPins.sorted(from.packages()), locked, packages);
        }
        events.pulled(base.reference(), base.digest(), base.layers().size());
        return new Prepared(base, packages);
    }

    private Base assembled(
            BaseSource.Debian source, Platform platform, Optional<PycontainerLock> locked, List<DebianPins> packages)
            throws IOException {
        try {
            DebianPins pins = ofBase(source, platform, locked);
            packages.add(pins);
            return new AssembleBase().of(source, platform, write.of(pins, platform), PrepareBase::comment);
        } catch (BuildRefused refused) {
            throw refused.in("base " + source);
        }
    }

    private Base extended(Base base, List<String> asked, Optional<PycontainerLock> locked, List<DebianPins> packages)
            throws IOException {
        BaseSystem system = readSystem.of(base);
        try {
            DebianPins pins = added(system, asked, locked);
            packages.add(pins);
            return base.with(write.of(pins, base, system), PrepareBase::comment);
        } catch (BuildRefused refused) {
            throw refused.in("from.packages " + String.join(", ", asked));
        }
    }

    private DebianPins added(BaseSystem system, List<String> asked, Optional<PycontainerLock> locked)
            throws IOException {
        DebianSuite suite = system.suite();
        Optional<DebianPins> kept = locked.flatMap(lock -> lock.packagesAdded(suite.codename(), system.architecture()))
                .filter(pins -> isStillRight(pins, asked, system));
        if (kept.isPresent()) {
            tell(kept.get(), true);
            return kept.get();
        }
        DebianPins pins = resolve.of(new ResolveDebian.Question(
                suite.codename(),
                system.architecture(),
                asked,
                asked,
                Optional.of(system.config()),
                system.installed(),
                // dpkg keeps account of what its packages depend on; where it is not there itself, nothing does.
                system.form() == RecordForm.STATUS_D ? suite.leftOut() : Map.of()));
        tell(pins, false);
        return pins;
    }

    private boolean isStillRight(DebianPins pins, List<String> asked, BaseSystem system) {
        List<String> installed = system.installed().stream()
                .map(DebianPackage::name)
                .filter(pins::has)
                .toList();
        if (!pins.asked().equals(asked)) {
            stale(
                    "it has packages for " + String.join(", ", pins.asked()),
                    "from.packages asks for " + String.join(", ", asked));
        } else if (!installed.isEmpty()) {
            stale("it adds packages that the base has", "the base has " + String.join(", ", installed));
        } else {
            return true;
        }
        return false;
    }

    private void stale(String what, String why) {
        staleLock.found(BuildRefused.because(PycontainerLock.FILE + " is stale: " + what + ".")
                .why(why)
                .todo("run mvn pycontainer:lock, or " + staleLock.letPass()));
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
            stale(
                    "its packages of " + pins.suite() + " are not those of a base",
                    "it does not have " + String.join(", ", missing));
        }
        return missing.isEmpty();
    }

    private static String comment(LayerBlob layer) {
        return layer.packages().isEmpty()
                ? "the records of the system's packages"
                : layer.packages().stream().map(LayerPackage::toString).collect(Collectors.joining(", "));
    }
}
