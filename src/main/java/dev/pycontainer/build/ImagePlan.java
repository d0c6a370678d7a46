package dev.pycontainer.build;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.base.Base;
import dev.pycontainer.base.Fact;
import dev.pycontainer.layer.KnownLayer;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.LockFile;
import dev.pycontainer.packaging.lock.Omitted;
import dev.pycontainer.project.Project;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What would go into an image and why: a function of the inputs alone. It can be had only from {@link PlanImage}.
 *
 * @param base nothing where the target was told by parameters
 * @param facts where the target was read from; none without a base
 * @param packages in the order of their names
 * @param silent packages of which nobody told what they require, where it was asked for
 * @param omitted what the lock holds beyond them
 * @param compression of all layers above the base
 * @param layers from the lowest up
 */
public record ImagePlan(
        Project project,
        LockFile lock,
        Optional<Base> base,
        Platform platform,
        Target target,
        List<Fact> facts,
        Command command,
        List<PlannedPackage> packages,
        List<PackageName> silent,
        List<Omitted> omitted,
        LayerForm compression,
        List<PlannedLayer> layers) {

    public ImagePlan {
        facts = List.copyOf(facts);
        packages = List.copyOf(packages);
        silent = List.copyOf(silent);
        omitted = List.copyOf(omitted);
        layers = List.copyOf(layers);
    }

    /**
     * What the container would run.
     *
     * @param cmd nothing where only a wheel tells whether it holds what was asked for
     * @param why one clause
     */
    public record Command(List<String> entrypoint, Optional<List<String>> cmd, String why) {}

    /**
     * A layer to be.
     *
     * @param size in bytes, of what goes into it: a base's layer as the registry has it, wheels' or the project's files;
     *     nothing of a layer that is still to be written from something else
     * @param packages the names of what it holds, of Debian's packages in a system layer, else of Python's
     * @param why its wheels have this layer, a clause
     * @param known where an earlier build has written it, of layers of wheels; what depends on the cache is no part of {@code
     *     plan.json}
     */
    public record PlannedLayer(
            LayerKind kind,
            OptionalLong size,
            List<String> packages,
            Optional<String> why,
            Optional<KnownLayer> known) {

        static PlannedLayer of(LayerKind kind, OptionalLong size, List<String> packages) {
            return new PlannedLayer(kind, size, packages, Optional.empty(), Optional.empty());
        }
    }

    /** How layers are compressed, where it is not as in every image. */
    Optional<String> unusualCompression() {
        return compression == LayerForm.GZIP
                ? Optional.empty()
                : Optional.of(compression.name().toLowerCase(Locale.ROOT));
    }

    /** Of all wheels, in bytes. */
    public long wheelBytes() {
        return packages.stream().mapToLong(PlannedPackage::size).sum();
    }
}
