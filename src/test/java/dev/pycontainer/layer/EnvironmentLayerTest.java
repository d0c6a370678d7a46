package dev.pycontainer.layer;

import static dev.pycontainer.layer.LayerTestStore.SCHEME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Work;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.testkit.LayerEntries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentLayerTest {

    private static final String PASSWD = "root:x:0:0:root:/root:/bin/bash\n";
    private static final String GROUP = "root:x:0:\n";

    @TempDir
    Path directory;

    private LayerEntries written(String user, AccountFiles accounts) throws IOException {
        return LayerEntries.of(environment(user, accounts).in(new LayerTestStore(directory).layers));
    }

    private static EnvironmentLayer environment(String user, AccountFiles accounts) {
        return new EnvironmentLayer(
                SCHEME,
                "/usr/bin/python3.11",
                Version.parse("3.11.2"),
                ImageUser.of(Optional.of(user), accounts),
                accounts);
    }

    @Test
    void theEnvironmentAndTheUserAreMadeOfFilesAndLinks() throws IOException {
        LayerEntries entries = written("", new AccountFiles(PASSWD, GROUP));

        assertThat(entries.lines())
                .containsExactly(
                        "f 0644 0:0 etc/group",
                        "f 0644 0:0 etc/passwd",
                        "d 0775 65532:0 home/nonroot",
                        "d 0755 0:0 opt/venv",
                        "d 0755 0:0 opt/venv/bin",
                        "l 0777 0:0 opt/venv/bin/python -> /usr/bin/python3.11",
                        "l 0777 0:0 opt/venv/bin/python3 -> python",
                        "l 0777 0:0 opt/venv/bin/python3.11 -> python",
                        "d 0755 0:0 opt/venv/lib",
                        "d 0755 0:0 opt/venv/lib/python3.11",
                        "d 0755 0:0 opt/venv/lib/python3.11/site-packages",
                        "l 0777 0:0 opt/venv/lib64 -> lib",
                        "f 0644 0:0 opt/venv/pyvenv.cfg");
        assertThat(entries.text("opt/venv/pyvenv.cfg")).isEqualTo("""
                        home = /usr/bin
                        include-system-site-packages = false
                        version = 3.11.2
                        """);
        assertThat(entries.text("etc/passwd"))
                .isEqualTo(PASSWD + "nonroot:x:65532:65532::/home/nonroot:/sbin/nologin\n");
        assertThat(entries.text("etc/group")).isEqualTo(GROUP + "nonroot:x:65532:\n");
    }

    @Test
    void aBaseWithItsOwnUserKeepsItsAccounts() throws IOException {
        assertThat(written("1000:1000", new AccountFiles(PASSWD, GROUP)).paths())
                .noneMatch(path -> path.startsWith("etc/") || path.startsWith("home/"));
    }

    @Test
    void onlyTheFileThatLacksItsEntryIsWritten() throws IOException {
        AccountFiles accounts =
                new AccountFiles(PASSWD + "nonroot:x:65532:65532:n:/home/nonroot:/sbin/nologin\n", GROUP);

        assertThat(written("", accounts).paths())
                .contains("etc/group", "home/nonroot")
                .doesNotContain("etc/passwd");
    }

    @Test
    void theBytesOfTheBaseStayAndALineIsEndedFirst() throws IOException {
        byte[] odd = "caf\u00e9:x:5:5:::".getBytes(StandardCharsets.ISO_8859_1);

        LayerEntries entries = written("", AccountFiles.of(odd, new byte[0]));

        assertThat(entries.bytes("etc/passwd"))
                .startsWith(odd)
                .endsWith("\nnonroot:x:65532:65532::/home/nonroot:/sbin/nologin\n".getBytes(StandardCharsets.UTF_8));
        assertThat(entries.text("etc/group")).isEqualTo("nonroot:x:65532:\n");
    }

    @Test
    void aNameThatIsTakenIsNotGivenTwice() throws IOException {
        AccountFiles accounts = new AccountFiles("nonroot:x:1000:1000::/:/bin/sh\n", "nonroot:x:1000:\n");

        LayerEntries entries = written("", accounts);

        assertThat(entries.text("etc/passwd")).contains("\nnonroot65532:x:65532:65532:");
        assertThat(entries.text("etc/group")).contains("\nnonroot65532:x:65532:");
    }

    @Test
    void itIsRememberedByWhatItIsMadeOf() throws IOException {
        LayerTestStore store = new LayerTestStore(directory);
        AccountFiles accounts = new AccountFiles(PASSWD, GROUP);
        LayerBlob first = environment("", accounts).in(store.layers);

        LayerBlob same = environment("", accounts).in(store.layers);
        LayerBlob other = environment("", new AccountFiles(PASSWD + "x:x:7:7:::\n", GROUP))
                .in(store.layers);

        assertThat(same.reused()).isTrue();
        assertThat(same.descriptor()).isEqualTo(first.descriptor());
        assertThat(other.diffId()).isNotEqualTo(first.diffId());
        assertThat(store.of(Work.LAYERS_WRITTEN)).isEqualTo(2);
        assertThat(first.kind().word()).isEqualTo("environment");
    }
}
