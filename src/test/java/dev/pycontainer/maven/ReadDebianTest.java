package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Secret;
import dev.pycontainer.content.Tally;
import dev.pycontainer.debian.DefaultMirror;
import dev.pycontainer.debian.Mirrors;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.RequestLog;
import dev.pycontainer.testkit.ReleaseKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Debian's packages are had, as parameters and settings.xml say. */
class ReadDebianTest {

    private static final String MAIN = "from.debian.mirror";
    private static final String SECURITY = "from.debian.securityMirror";

    @TempDir
    Path directory;

    private final Settings settings = new Settings();
    private final Map<String, Login> servers = new HashMap<>();
    private final MockWebServer server = new MockWebServer();
    private final Http http = new Http(HttpSettings.standard(), RequestLog.SILENT, new Tally());
    private GivenParameters given;

    @BeforeEach
    void start() throws IOException {
        given = new GivenParameters(directory);
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
        http.close();
    }

    @Test
    void withoutAWordItIsDebiansOwnMirror() {
        Mirrors mirrors = read().mirrors();
        assertThat(mirrors.main()).hasToString(DefaultMirror.MAIN);
        assertThat(mirrors.security()).hasToString(DefaultMirror.SECURITY);
        assertThat(mirrors.fallbacks()).isEmpty();
        assertThat(read().keys().fingerprints()).isNotEmpty();
        assertThat(read().acceptScripts()).isEmpty();
    }

    @Test
    void parametersNameUrlsOrDirectories() throws Exception {
        Path local = Files.createDirectories(directory.resolve("debs"));
        given.with(MAIN, "https://mirror.example/debian/")
                .with(SECURITY, "debs")
                .with("from.debian.fallbacks", "https://old.example/debian," + local.toUri())
                .with("from.debian.acceptScripts", "a,b");

        Mirrors mirrors = read().mirrors();

        assertThat(mirrors.main()).hasToString("https://mirror.example/debian");
        assertThat(mirrors.security()).hasToString(local.toUri().toString());
        assertThat(mirrors.fallbacks())
                .extracting(Object::toString)
                .containsExactly("https://old.example/debian", local.toUri().toString());
        assertThat(read().acceptScripts()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aMirrorOfSettingsStandsInWhereItNamesTheArchiveItself() {
        mirror("all", "*", "https://maven.example/");
        mirror("nexus", "debian, other", "https://nexus.example/debian");
        Mirrors mirrors = read().mirrors();
        assertThat(mirrors.main()).hasToString("https://nexus.example/debian");
        assertThat(mirrors.security()).hasToString(DefaultMirror.SECURITY);
        given.with(MAIN, "https://mirror.example/debian");
        assertThat(read().mirrors().main()).hasToString("https://mirror.example/debian");
    }

    @Test
    void aBlockedMirrorIsRefused() {
        mirror("shut", "debian-security", "https://shut.example/");
        settings.getMirrors().get(0).setBlocked(true);
        assertThatThrownBy(() -> read().mirrors())
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                The archive "debian-security" is blocked.
                  where  the mirror "shut" of settings.xml""");
    }

    @Test
    void credentialsAreThoseOfTheUrlElseOfTheServerOfItsNameOrHost() throws Exception {
        String address = server.url("/debian").toString();
        assertThat(authorizationOf(address)).isNull();
        servers.put("localhost", login("host"));
        servers.put(server.getHostName(), login("host"));
        assertThat(authorizationOf(address)).isEqualTo(login("host").basic());
        servers.put("debian", login("debian"));
        assertThat(authorizationOf(address)).isEqualTo(login("debian").basic());
        assertThat(authorizationOf(address.replace("http://", "http://url:s3cret@")))
                .isEqualTo(login("url").basic());
    }

    @Test
    void whatIsNoAddressIsRefusedWithoutItsPassword() {
        given.with(MAIN, "ftp://me:s3cret@mirror.example/debian");
        assertThatThrownBy(() -> read().mirrors())
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("is not the address of a mirror.")
                .hasMessageContaining("where  -Dpycontainer.from.debian.mirror")
                .hasMessageContaining("write an HTTP or HTTPS URL, a file: URL, or a directory")
                .hasMessageNotContaining("s3cret");
        given.with(MAIN, "nowhere");
        assertThatThrownBy(() -> read().mirrors())
                .hasMessageContaining("The mirror " + directory.resolve("nowhere") + " is no directory.");
        given.with(MAIN, "file:debs");
        assertThatThrownBy(() -> read().mirrors())
                .hasMessageContaining("\"file:debs\" is not the address of a directory.");
    }

    @Test
    void configuredKeysTakeThePlaceOfDebians() throws Exception {
        ReleaseKey key = ReleaseKey.made(Instant.parse("2026-01-01T00:00:00Z"));
        Files.write(directory.resolve("ours.gpg"), key.exported());
        given.with("from.debian.keyring", "ours.gpg");
        assertThat(read().keys().fingerprints()).hasSize(1);
        given.with("from.debian.keyring", "theirs.gpg");
        assertThatThrownBy(() -> read().keys())
                .hasMessageContaining("The keyring " + directory.resolve("theirs.gpg") + " cannot be read.")
                .hasMessageContaining("where  -Dpycontainer.from.debian.keyring");
    }

    private ReadDebian read() {
        return new ReadDebian(
                new Disk(), given.invocation(), settings, id -> Optional.ofNullable(servers.get(id)), http);
    }

    private void mirror(String id, String of, String url) {
        Mirror mirror = new Mirror();
        mirror.setId(id);
        mirror.setMirrorOf(of);
        mirror.setUrl(url);
        settings.addMirror(mirror);
    }

    private static Login login(String name) {
        return new Login(name, new Secret("s3cret"), "the test");
    }

    private String authorizationOf(String address) throws Exception {
        server.enqueue(new MockResponse.Builder().body("x").build());
        given.with(MAIN, address);
        read().mirrors().main().find("dists/trixie/InRelease", InputStream::readAllBytes);
        return server.takeRequest().getHeaders().get("Authorization");
    }
}
