package dev.pycontainer.base;

import dev.pycontainer.content.Json;
import dev.pycontainer.oci.ImageConfig;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.oci.Platform;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Makes a base of layers of Debian packages, with the configuration that Debian's own images have. */
public final class AssembleBase {

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /**
     * A base whose user is for the image to choose.
     *
     * @param layers the lowest first
     * @param comment what the history says of each
     */
    public <L extends Layer> Base of(
            BaseSource.Debian source, Platform platform, List<L> layers, Function<? super L, String> comment) {
        ObjectNode json = Json.object();
        json.put("architecture", platform.architecture());
        json.put("os", platform.os());
        json.putObject("config")
                .put("WorkingDir", "/")
                .putArray("Env")
                .add("PATH=" + PATH)
                // Of libc-bin: what is no ASCII is printed as it is, by programs in C too.
                .add("LANG=C.UTF-8");
        return Base.of(source.toString(), ImageConfig.of(json), layers, comment);
    }
}
