package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Json;
import dev.pycontainer.oci.ImageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Entrypoint and Cmd of the image, always in exec form.
 *
 * @param why where they come from, one clause
 */
public record Launch(List<String> entrypoint, List<String> cmd, String why) {

    private static final List<String> INHERIT = List.of("INHERIT");

    /**
     * Decides from what was configured and, where nothing says how to start, from the project's command.
     *
     * <p>A command that was found goes into Cmd with the entrypoint cleared, so that {@code docker run image COMMAND}
     * replaces it; configured arguments are appended to it. A configured entrypoint stands for itself: the base's Cmd
     * goes, unless it is to be inherited.
     *
     * @param command the project's command, asked for only where no entrypoint is configured; it refuses where it finds
     *     none
     */
    static Launch decide(ImageConfig base, ContainerSettings settings, Supplier<Found> command) {
        Optional<List<String>> entrypoint = settings.entrypoint();
        Optional<List<String>> args = settings.args();
        boolean inheritsArgs = args.filter(INHERIT::equals).isPresent();
        if (entrypoint.isPresent()) {
            boolean inherits = entrypoint.get().equals(INHERIT);
            List<String> cmd =
                    args.isEmpty() ? (inherits ? base.cmd() : List.of()) : inheritsArgs ? base.cmd() : args.get();
            return new Launch(
                    inherits ? base.entrypoint() : entrypoint.get(),
                    cmd,
                    inherits ? "the base's entrypoint" : "container.entrypoint");
        }
        if (inheritsArgs) {
            return new Launch(List.of(), base.cmd(), "the base's arguments");
        }
        Found found = command.get();
        List<String> cmd = new ArrayList<>(found.command());
        args.ifPresent(cmd::addAll);
        return new Launch(List.of(), cmd, found.why());
    }

    /**
     * The same decision before the wheels are read, and perhaps without a base, of which nothing can be inherited then.
     *
     * @param command nothing where only a wheel tells
     */
    static ImagePlan.Command planned(
            Optional<ImageConfig> base, ContainerSettings settings, Supplier<Optional<Found>> command) {
        boolean inherits = settings.entrypoint().filter(INHERIT::equals).isPresent()
                || settings.args().filter(INHERIT::equals).isPresent();
        if (base.isEmpty() && inherits) {
            throw BuildRefused.because("Nothing can be inherited of a base that is not named.")
                    .why("container.entrypoint or container.args is INHERIT")
                    .todo("set from.image, or plan without them");
        }
        boolean isFound = settings.entrypoint().isEmpty()
                && settings.args().filter(INHERIT::equals).isEmpty();
        Optional<Found> found = isFound ? command.get() : Optional.empty();
        if (isFound && found.isEmpty()) {
            return new ImagePlan.Command(
                    List.of(),
                    Optional.empty(),
                    "python.run names nothing of the project; whether a dependency has it, its wheel tells the build");
        }
        Launch launch = decide(base.orElseGet(() -> ImageConfig.of(Json.object())), settings, found::orElseThrow);
        return new ImagePlan.Command(launch.entrypoint(), Optional.of(launch.cmd()), launch.why());
    }

    /** A command of the project. */
    record Found(List<String> command, String why) {}
}
