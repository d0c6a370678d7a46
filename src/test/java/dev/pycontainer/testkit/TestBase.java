package dev.pycontainer.testkit;

import java.nio.file.Path;

/** The base that tests build upon: Debian bookworm's Python 3.11, made once by {@code src/it/make-base}. */
public final class TestBase {

    /** The base's name in a registry. */
    public static final String NAME = "base/python:3.11";

    private final Path layout;

    private TestBase(Path layout) {
        this.layout = layout;
    }

    /** The base, made now where it is not there. */
    public static TestBase in(Path repository) {
        return new TestBase(
                Path.of(Command.of(repository.resolve("src/it/make-base")).run()));
    }

    /** Pushes the base as {@link #NAME}. */
    public void pushTo(TestRegistry registry) {
        Command.of(
                        "skopeo",
                        "copy",
                        "--quiet",
                        "--preserve-digests",
                        "--dest-tls-verify=false",
                        "oci:" + layout + ":3.11",
                        "docker://" + registry.host() + "/" + NAME)
                .run();
    }

    /** The OCI layout that holds it alone. */
    Path layout() {
        return layout;
    }

    /** The base's files, as a bundle in {@code directory} that containers can run. */
    public Bundle unpack(Path directory) {
        return Bundle.unpack(layout, "3.11", directory);
    }

    /**
     * Pushes a base that holds one text file and no Python.
     *
     * @param directory for its layout
     * @return its reference
     */
    public static String withoutPython(TestRegistry registry, Path directory) {
        String image = directory.resolve("layout") + ":1";
        String reference = registry.host() + "/base/empty:1";
        Command.of("sh", "-euc", """
                        mkdir -p "$1/files/etc"
                        echo no Python here > "$1/files/etc/motd"
                        tar -C "$1/files" -cf "$1/files.tar" etc
                        umoci init --layout "$1/layout"
                        umoci new --image "$2"
                        umoci raw add-layer --image "$2" "$1/files.tar"
                        skopeo copy --preserve-digests --dest-tls-verify=false "oci:$2" "docker://$3"
                        """, "sh", directory, image, reference).run();
        return reference;
    }
}
