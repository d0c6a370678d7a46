package dev.pycontainer.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An image's files on disk beside the {@code config.json} that runc runs: an OCI runtime bundle. */
public final class Bundle {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path directory;
    private final ObjectNode config;

    private Bundle(Path directory, ObjectNode config) {
        this.directory = directory;
        this.config = config;
    }

    static Bundle unpack(Path layout, String tag, Path directory) {
        if (!Command.of("id", "-u").run().equals("0")) {
            throw new AssertionError("Images are unpacked and run as root: run the tests as root");
        }
        Command.of("umoci", "unpack", "--image", layout + ":" + tag, directory).run();
        return new Bundle(
                directory,
                JSON.readTree(directory.resolve("config.json").toFile()).asObject());
    }

    /** The root of the image's files. */
    public Path rootfs() {
        return directory.resolve("rootfs");
    }

    /** A file's text, by its path in the image. */
    public String read(String path) throws IOException {
        return Files.readString(rootfs().resolve(path.substring(1)));
    }

    /** The image's own command with its user, to be changed and run. */
    public ContainerRun container() {
        return new ContainerRun(directory, config.deepCopy());
    }
}
