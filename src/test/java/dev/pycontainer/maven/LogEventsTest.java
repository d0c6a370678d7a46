package dev.pycontainer.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.layer.Runnables;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.LockFixture;
import dev.pycontainer.packaging.lock.LockReader;
import dev.pycontainer.packaging.lock.LockedFile;
import dev.pycontainer.packaging.lock.LockedPackage;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.packaging.lock.Wanted;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user reads while a build runs. */
class LogEventsTest {

    private static final Target TARGET = new Target(
            "cpython",
            Version.parse("3.11.2"),
            "cp311",
            Libc.GLIBC,
            "2.36",
            "x86_64",
            "/usr/bin/python3.11",
            "lib/python3.11/site-packages");

    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();
    private final LogEvents events = new LogEvents(new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            lines.add("INFO " + line);
        }

        @Override
        public void warn(CharSequence line) {
            lines.add("WARN " + line);
        }
    });

    @Test
    void aBaseIsOneLine() {
        events.pulled("registry.example/python:3.12", Digest.of("base"), 1);
        events.pulled("registry.example/python:3.12", Digest.of("base"), 4);

        assertThat(lines)
                .containsExactly(
                        "INFO base       registry.example/python:3.12 (%s, 1 layer)".formatted(Digest.of("base")),
                        "INFO base       registry.example/python:3.12 (%s, 4 layers)".formatted(Digest.of("base")));
    }

    @Test
    void aTargetIsOneLine() {
        events.readTarget(TARGET);

        assertThat(lines).containsExactly("INFO target     cpython 3.11.2 at /usr/bin/python3.11, glibc 2.36, x86_64");
    }

    @Test
    void aSelectionIsOneLineAndOneMoreForEachYankedWheel() throws IOException {
        Path lock = Files.writeString(directory.resolve("requirements.txt"), """
                alpha==1.0 --hash=sha256:%1$s
                beta==2.0 --hash=sha256:%1$s
                gamma==3.0 --hash=sha256:%1$s
                """.formatted(
                        Digest.of("wheel").hex()));
        Map<String, Optional<String>> yanked =
                Map.of("alpha", Optional.empty(), "beta", Optional.of("broken"), "gamma", Optional.of(""));
        SelectWheels select = new SelectWheels(
                packages -> packages.stream()
                        .collect(Collectors.toMap(LockedPackage::name, needed -> List.of(wheel(needed, yanked)))),
                LockFixture.NO_WHEELS,
                LockFixture.FRESH);

        events.selected(select.from(
                new LockReader(Map.of()).read(lock),
                Wanted.of(directory, Optional.empty(), TARGET, List.of(), List.of()),
                LockFixture.COMMAND));

        assertThat(lines)
                .containsExactly(
                        "INFO selection  3 wheels of requirements.txt",
                        "WARN beta-2.0-py3-none-any.whl was yanked from its index: broken. Lock a newer version.",
                        "WARN gamma-3.0-py3-none-any.whl was yanked from its index. Lock a newer version.");
    }

    @Test
    void layersAreOneLine() throws IOException {
        events.wroteLayers(List.of(layer("a", true), layer("b", false), layer("c", true)), 1);

        assertThat(lines).containsExactly("INFO layers     3 layers: 1 written, 2 reused; 1 wheel downloaded");
    }

    @Test
    void damageInTheCacheIsWarnedOf() throws IOException {
        Blob blob = new BlobStore(directory, new Tally()).keep("blob".getBytes(UTF_8));

        events.mending(blob.damaged(new IOException()));

        assertThat(lines)
                .containsExactly("WARN The cache's copy of " + blob.digest()
                        + " was damaged and has been removed. The build begins again.");
    }

    private static LockedFile wheel(LockedPackage needed, Map<String, Optional<String>> yanked) {
        String file = needed.name().value() + "-" + needed.version().orElseThrow() + "-py3-none-any.whl";
        return new LockedFile(
                file,
                Digest.of("wheel"),
                OptionalLong.empty(),
                new FileLocation.Url("https://files.example/" + file),
                yanked.get(needed.name().value()));
    }

    private LayerBlob layer(String content, boolean reused) throws IOException {
        Blob blob = new BlobStore(directory, new Tally()).keep(content.getBytes(UTF_8));
        return new LayerBlob(
                LayerKind.DEPENDENCIES,
                blob.digest(),
                blob,
                List.of(),
                new Runnables(new TreeSet<>(), new TreeSet<>()),
                reused);
    }

    @Test
    void aPasswordThatMavenPrintsIsWarnedOfWithoutTellingIt() {
        events.passwordInConfiguration("<to><auth><password>", "pycontainer.to.auth.password");

        assertThat(lines)
                .containsExactly("WARN <to><auth><password> is in the plugin's configuration, which Maven itself prints"
                        + " with -X. A server of settings.xml, or the property pycontainer.to.auth.password, is not"
                        + " printed.");
    }
}
