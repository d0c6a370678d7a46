package dev.pycontainer.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** uv, the project manager whose locks the product reads and whose installations it is measured by. */
public final class Uv {

    /** Nothing younger is locked, so that the tests of today and of next year see the same packages. */
    private static final String EXCLUDE_NEWER = "2026-09-01T00:00:00Z";

    private final Path program = Repository.toolHome().resolve("uv/bin/uv");
    private final Path cache = Repository.toolHome().resolve("uv-cache");
    private final Path project;

    /** @param project a directory with {@code pyproject.toml} */
    public Uv(Path project) {
        this.project = project;
    }

    /** Writes {@code uv.lock}. */
    public void lock() {
        uv("lock", "--quiet", "--exclude-newer", EXCLUDE_NEWER).run();
    }

    /** The lock's packages without the project itself and its development group, as requirements with hashes. */
    public String export() {
        return uv("export", "--quiet", "--frozen", "--no-emit-project", "--no-dev")
                        .run() + "\n";
    }

    /**
     * Installs what {@link #export} names into a virtual environment at {@code /opt/venv}, as uv does on the base's own
     * Python: in a container of the base, with the host's network and certificates.
     *
     * @param directory where the base is unpacked to; it must not exist
     * @return the root of the files, with the virtual environment in {@code opt/venv}
     */
    public Path install(TestBase base, Path directory) throws IOException {
        Bundle bundle = base.unpack(directory);
        Path etc = bundle.rootfs().resolve("etc");
        for (String file : new String[] {"resolv.conf", "hosts", "ssl/certs/ca-certificates.crt"}) {
            Files.copy(Path.of("/etc", file), etc.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(bundle.rootfs().resolve("requirements.txt"), export(), UTF_8);
        Files.createDirectories(cache);
        ContainerRun install = bundle.container()
                .asRoot()
                .command("sh", "-euc", """
                        uv venv --quiet --python /usr/bin/python3 /opt/venv
                        uv pip install --quiet --no-deps --require-hashes --link-mode copy -r /requirements.txt
                        """)
                .mount(program, "/usr/local/bin/uv")
                .mount(cache, "/cache")
                .with("UV_CACHE_DIR", "/cache")
                .with("VIRTUAL_ENV", "/opt/venv")
                .with("HOME", "/root")
                .with("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt");
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            if (variable.getKey().matches("(?i)(https?|all|no)_proxy|UV_.*INDEX.*")) {
                install.with(variable.getKey(), variable.getValue());
            }
        }
        install.run();
        return bundle.rootfs();
    }

    /**
     * Unpacks a package's wheel for another machine or C library than this one's.
     *
     * @param requirement such as {@code markupsafe==3.0.3}
     * @param python the version, such as {@code 3.11}
     * @param platform in uv's words, such as {@code aarch64-manylinux_2_28}
     */
    public void unpack(String requirement, String python, String platform, Path directory) {
        uv(
                        "pip",
                        "install",
                        "--quiet",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--python-version",
                        python,
                        "--python-platform",
                        platform,
                        "--target",
                        directory.toString(),
                        requirement)
                .run();
    }

    private Command uv(String... arguments) {
        Object[] words = new Object[arguments.length + 1];
        words[0] = program;
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        return Command.of(words).in(project).with("UV_CACHE_DIR", cache.toString());
    }
}
