package dev.pycontainer.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How runc is to run a bundle: as the image says, on the host's network and without a terminal, save what is set here. */
public final class ContainerRun {

    private final Path bundle;
    private final ObjectNode config;

    ContainerRun(Path bundle, ObjectNode config) {
        this.bundle = bundle;
        this.config = config;
        process().put("terminal", false);
        namespaces().removeIf(namespace -> namespace.path("type").asString().equals("network"));
    }

    /** The user and group that the image runs as: {@code 65532:65532}. */
    public String user() {
        JsonNode user = process().path("user");
        return user.path("uid").asInt() + ":" + user.path("gid").asInt();
    }

    /** The words that the image runs. */
    public Iterable<JsonNode> args() {
        return process().path("args");
    }

    /** Runs other words than the image's. */
    public ContainerRun command(String... words) {
        ArrayNode args = process().putArray("args");
        for (String word : words) {
            args.add(word);
        }
        return this;
    }

    /** Sets a variable over the image's own. */
    public ContainerRun with(String name, String value) {
        ArrayNode env = (ArrayNode) process().path("env");
        env.removeIf(entry -> entry.asString().startsWith(name + "="));
        env.add(name + "=" + value);
        return this;
    }

    /** Runs as root, as the image's maker might, instead of as the image's user. */
    public ContainerRun asRoot() {
        process().putObject("user").put("uid", 0).put("gid", 0);
        return this;
    }

    /** Lets nothing be written: the root of the files is read-only, and nothing is mounted over it for temporary files. */
    public ContainerRun readOnly() {
        ((ObjectNode) config.path("root")).put("readonly", true);
        return this;
    }

    /** Shows a file or directory of the host at a place in the container. */
    public ContainerRun mount(Path source, String destination) {
        ObjectNode mount = ((ArrayNode) config.path("mounts")).addObject();
        mount.put("destination", destination).put("source", source.toString()).put("type", "bind");
        mount.putArray("options").add("rbind").add("rw");
        return this;
    }

    /** Runs it to its end; what it printed. */
    public String run() {
        try (Container container = start()) {
            return container.output();
        }
    }

    /** Starts it; the caller closes it. */
    public Container start() {
        try {
            Files.write(bundle.resolve("config.json"), new JsonMapper().writeValueAsBytes(config));
            return Container.start(bundle, "pycontainer-it-" + UUID.randomUUID());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it as a server on a free port, which {@code port}, a variable, tells it; returns when it answers HTTP. */
    public Server serve(String port) {
        int free = Server.freePort();
        return Server.await(with(port, Integer.toString(free)).start(), free);
    }

    private ObjectNode process() {
        return (ObjectNode) config.path("process");
    }

    private ArrayNode namespaces() {
        return (ArrayNode) config.path("linux").path("namespaces");
    }

    @Override
    public String toString() {
        return bundle + " as " + Map.of("user", user(), "args", process().path("args"));
    }
}
