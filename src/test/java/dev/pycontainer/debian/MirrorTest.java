package dev.pycontainer.debian;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Secret;
import dev.pycontainer.content.Tally;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.RequestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorTest {

    @StartStop
    final MockWebServer server = new MockWebServer();

    @TempDir
    Path directory;

    @Test
    void aFileOfADirectoryIsRead() throws Exception {
        Files.createDirectories(directory.resolve("dists/trixie"));
        Files.writeString(directory.resolve("dists/trixie/InRelease"), "signed");
        Mirror mirror = new DirectoryMirror(directory);
        assertThat(read(mirror, "dists/trixie/InRelease")).contains("signed");
        assertThat(read(mirror, "dists/sid/InRelease")).isEmpty();
        assertThatThrownBy(() -> read(mirror, "../secret")).hasMessage("""
                The path "../secret" leaves the mirror.
                  where  %s""".formatted(directory));
    }

    @Test
    void aDirectoryThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new DirectoryMirror(directory.resolve("absent")))
                .hasMessage("""
                The mirror %s is no directory.
                  do     set from.debian.mirror to a directory that holds dists and pool""".formatted(directory.resolve("absent")));
    }

    @Test
    void aFileIsAskedForBelowTheMirrorsRoot() throws Exception {
        server.enqueue(new MockResponse.Builder().body("bytes").build());
        assertThat(read(mirror(Optional.empty()), "pool/main/g/gcc-12/libstdc++6_12.2.0-14+deb12u1_amd64.deb"))
                .contains("bytes");
        assertThat(server.takeRequest().getUrl().encodedPath())
                .isEqualTo("/debian/pool/main/g/gcc-12/libstdc++6_12.2.0-14+deb12u1_amd64.deb");
    }

    @Test
    void theLoginGoesWithEveryRequest() throws Exception {
        server.enqueue(new MockResponse.Builder().body("bytes").build());
        read(mirror(Optional.of(new Login("anna", new Secret("geheim"), "server \"company\" of settings.xml"))), "x");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).startsWith("Basic ");
    }

    @Test
    void aFileThatIsNotThereIsNoRefusal() throws Exception {
        server.enqueue(new MockResponse(404, Headers.EMPTY, "no such file"));
        server.enqueue(new MockResponse(410, Headers.EMPTY, "gone"));
        assertThat(read(mirror(Optional.empty()), "x")).isEmpty();
        assertThat(read(mirror(Optional.empty()), "x")).isEmpty();
    }

    @Test
    void whatTheMirrorAnswersInsteadIsTold() {
        server.enqueue(new MockResponse.Builder().code(403).build());
        server.enqueue(new MockResponse.Builder().code(401).build());
        server.enqueue(new MockResponse.Builder().code(500).build());
        assertThatThrownBy(() -> read(mirror(Optional.empty()), "x"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The mirror did not give a file.
                  where  %s
                  why    it answered 403
                  do     add a <server> to settings.xml whose id is the host, "%s", if it wants credentials""".formatted(server.url("/debian/x"), server.getHostName()));
        assertThatThrownBy(() -> read(
                        mirror(Optional.of(
                                new Login("anna", new Secret("geheim"), "server \"company\" of settings.xml"))),
                        "x"))
                .hasMessageContaining("check user name and password in server \"company\" of settings.xml")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> read(mirror(Optional.empty()), "x"))
                .hasMessageContaining("run the build again later, or set from.debian.mirror to another mirror");
    }

    private Mirror mirror(Optional<Login> login) {
        Http http = new Http(HttpSettings.standard(), RequestLog.SILENT, new Tally());
        return new HttpMirror(http, HttpUrl.get(server.url("/debian").toString()), login);
    }

    private static Optional<String> read(Mirror mirror, String path) throws IOException {
        return mirror.find(path, in -> new String(in.readAllBytes(), UTF_8));
    }
}
