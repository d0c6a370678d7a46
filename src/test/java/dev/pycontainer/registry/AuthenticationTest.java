package dev.pycontainer.registry;

import static dev.pycontainer.registry.Script.json;
import static dev.pycontainer.registry.Script.status;
import static dev.pycontainer.registry.Script.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ByteSource;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Secret;
import dev.pycontainer.content.Tally;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.Unreachable;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.ImageReference;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.testkit.SelfSigned;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {

    private static final Descriptor BLOB = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, Digest.of("x"), 1);
    private static final ByteSource X = () -> new ByteArrayInputStream(new byte[] {'x'});
    private static final String HEAD = "HEAD /v2/app/blobs/" + BLOB.digest();
    private static final String BASIC = Credentials.basic("alice", "s3cret");

    @StartStop
    final MockWebServer server = new MockWebServer();

    @StartStop
    final MockWebServer other = new MockWebServer();

    private final Script registry = Script.of(server);
    private final Script elsewhere = Script.of(other);
    private final Tally tally = new Tally();
    private final Http http = Script.http(tally);

    @AfterEach
    void close() {
        http.close();
    }

    private RegistryClient client(RegistryCredentials credentials) {
        return new Registries(http, credentials, false, tally).toPull(Script.app(server));
    }

    private String host() {
        return "127.0.0.1:" + server.getPort();
    }

    private String bearer(String parameters) {
        return "Bearer realm=\"http://127.0.0.1:" + other.getPort() + "/token\"" + parameters;
    }

    // --- Basic

    @Test
    void basicCredentialsAnswerTheFirstChallengeAndAreThenSentAtOnce() {
        registry.on(HEAD, unauthorized("Basic realm=\"r\""), status(200));
        RegistryClient client = client(Script.alice());

        client.hasBlob(BLOB);
        client.hasBlob(BLOB);

        assertThat(registry.header("Authorization")).containsExactly(null, BASIC, BASIC);
    }

    @Test
    void wrongCredentialsAreToldFromMissingOnes() {
        registry.on("GET /v2/app/manifests/1.0", unauthorized("Basic realm=\"r\""));

        assertThatThrownBy(() -> client(Script.alice()).manifest("1.0"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        %s did not accept the credentials of "alice".
                          where  GET http://%s/v2/app/manifests/1.0
                          why    it answered 401
                          do     check user name and password in the parameter to.auth""".formatted(host(), host()));
        assertThatThrownBy(() -> client(Script.nobody()).manifest("1.0"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        %s asks for credentials, and none were found.
                          where  GET http://%s/v2/app/manifests/1.0
                          why    it answered 401
                          do     check the repository's name, or give credentials; they are looked for in "%s" as <server> of settings.xml""".formatted(host(), host(), host()));
    }

    // --- Bearer

    @Test
    void aTokenIsFetchedForTheScopeAndUsedUntilItIsRefused() {
        registry.on(HEAD, unauthorized(bearer(",service=\"reg istry\",scope=\"repository:app:pull\"")), status(200));
        elsewhere.on("GET /token", json(200, "{\"token\":\"t0ken\"}"));
        RegistryClient client = client(Script.nobody());

        client.hasBlob(BLOB);
        client.hasBlob(BLOB);

        assertThat(registry.header("Authorization")).containsExactly(null, "Bearer t0ken", "Bearer t0ken");
        assertThat(elsewhere.request(0).getUrl().queryParameter("service")).isEqualTo("reg istry");
        assertThat(elsewhere.request(0).getUrl().queryParameter("scope")).isEqualTo("repository:app:pull");
        assertThat(elsewhere.header("Authorization")).containsExactly((String) null);
    }

    @Test
    void whoPushesAsksForBothRights() {
        registry.on(HEAD, unauthorized(bearer("")), status(200));
        elsewhere.on("GET /token", json(200, "{\"token\":\"t0ken\"}"));

        new Registries(http, Script.alice(), false, tally)
                .toPush(Script.app(server))
                .hasBlob(BLOB);

        assertThat(elsewhere.request(0).getUrl().queryParameter("scope")).isEqualTo("repository:app:pull,push");
        assertThat(elsewhere.header("Authorization")).containsExactly(BASIC);
    }

    @Test
    void anExpiredTokenIsFetchedAnewOnce() {
        registry.on(HEAD, unauthorized(bearer("")), status(200), unauthorized(bearer("")), status(200));
        elsewhere.on("GET /token", json(200, "{\"token\":\"first\"}"), json(200, "{\"token\":\"second\"}"));
        RegistryClient client = client(Script.nobody());

        client.hasBlob(BLOB);
        client.hasBlob(BLOB);

        assertThat(registry.header("Authorization"))
                .containsExactly(null, "Bearer first", "Bearer first", "Bearer second");
    }

    @Test
    void aTokenThatIsNeverAcceptedEndsTheWork() {
        registry.on(HEAD, unauthorized(bearer("")));
        elsewhere.on("GET /token", json(200, "{\"token\":\"t0ken\"}"));

        assertThatThrownBy(() -> client(Script.nobody()).hasBlob(BLOB))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(host() + " asks for credentials, and none were found.");
        assertThat(registry.lines()).hasSize(2);
    }

    @Test
    void aTokenForAKnownUserThatIsNotAcceptedLacksARight() {
        registry.on(HEAD, unauthorized(bearer(",error=\"insufficient_scope\"")));
        elsewhere.on("GET /token", json(200, "{\"token\":\"t0ken\"}"));

        assertThatThrownBy(() -> client(Script.alice()).hasBlob(BLOB))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(
                        host() + " does not allow looking for the blob " + BLOB.digest() + ".\n  where  HEAD ")
                .hasMessageContaining("why    it answered 401")
                .hasMessageEndingWith("do     check the repository's name, or ask for this right for \"alice\"");
    }

    @Test
    void theRealmsOwnQueryIsKept() {
        registry.on(
                HEAD,
                unauthorized("Bearer realm=\"" + other.url("/token?host=a%2Bb&service=old") + "\",service=\"new\""),
                status(200));
        elsewhere.on("GET /token", json(200, "{\"token\":\"t0ken\"}"));

        client(Script.nobody()).hasBlob(BLOB);

        assertThat(elsewhere.lines())
                .containsExactly("GET /token?host=a%2Bb&service=new&scope=repository%3Aapp%3Apull");
    }

    @Test
    void withoutAServiceItIsTheRegistryItself() {
        registry.on(HEAD, unauthorized(bearer("")), status(200));
        elsewhere.on("GET /token", json(200, "{\"access_token\":\"t0ken\"}"));

        client(Script.nobody()).hasBlob(BLOB);

        assertThat(elsewhere.request(0).getUrl().queryParameter("service")).isEqualTo("127.0.0.1");
        assertThat(registry.header("Authorization")).containsExactly(null, "Bearer t0ken");
    }

    @Test
    void ofSeveralChallengesBearerIsAnsweredInWhateverCase() {
        registry.on(HEAD, unauthorized("Basic realm=\"r\"", bearer("").replace("Bearer", "bearer")), status(200));
        elsewhere.on("GET /token", json(200, "{\"token\":\"t0ken\"}"));

        client(Script.alice()).hasBlob(BLOB);

        assertThat(registry.header("Authorization")).containsExactly(null, "Bearer t0ken");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aTokenServiceThatRefusesTheCredentialsIsNamed(int status) {
        registry.on(HEAD, unauthorized(bearer("")));
        elsewhere.on("GET /token", json(status, "{\"details\":\"incorrect username or password\"}"));

        assertThatThrownBy(() -> client(Script.alice()).hasBlob(BLOB))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        %s did not accept the credentials of "alice".
                          where  GET http://127.0.0.1:%d/token?service=127.0.0.1&scope=repository:app:pull
                          why    it answered %d: incorrect username or password
                          do     check user name and password in the parameter to.auth""".formatted(host(), other.getPort(), status));
    }

    @Test
    void aTokenServiceThatFailsIsNamed() {
        registry.on(HEAD, unauthorized(bearer("")));
        elsewhere.on("GET /token", status(503));

        assertThatThrownBy(() -> client(Script.alice()).hasBlob(BLOB))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith("The token service of " + host() + " failed.\n")
                .hasMessageEndingWith("\n  why    it answered 503\n  do     try again later");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "[]", "{\"token\":\"\"}", "{\"token\":[\"s3cret\"]}", "{\"token\":\"s3cret\\r\\nX: y\"}"})
    void anAnswerWithoutAUsableTokenIsRefused(String answer) {
        registry.on(HEAD, unauthorized(bearer("")));
        elsewhere.on("GET /token", json(200, answer));

        assertThatThrownBy(() -> client(Script.nobody()).hasBlob(BLOB))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The token service of %s gave no token.
                          where  GET http://127.0.0.1:%d/token?service=127.0.0.1&scope=repository:app:pull
                          why    its answer holds neither "token" nor "access_token" as text that a header can carry""".formatted(host(), other.getPort()));
    }

    @Test
    void anAnswerThatIsNotJsonIsNotQuoted() {
        registry.on(HEAD, unauthorized(bearer("")));
        elsewhere.on("GET /token", json(200, "s3cret"));

        assertThatThrownBy(() -> client(Script.nobody()).hasBlob(BLOB))
                .hasMessageEndingWith("\n  why    its answer is not JSON")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void aTokenBeyondTheLimitIsRefused() {
        registry.on(HEAD, unauthorized(bearer("")));
        elsewhere.on("GET /token", json(200, "{\"token\":\"" + "x".repeat(64 << 10) + "\"}"));

        assertThatThrownBy(() -> client(Script.nobody()).hasBlob(BLOB))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The token of " + host() + " is larger than 65536 bytes, the limit for it.");
    }

    @Test
    void aChallengeWithoutRealmIsRefused() {
        registry.on(HEAD, unauthorized("Bearer service=\"x\""));

        assertThatThrownBy(() -> client(Script.nobody()).hasBlob(BLOB))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(host() + " asks for a token, and does not say from where.\n"
                        + "  why    the realm of its challenge is \"\"");
    }

    // --- credentials stay with their host

    @Test
    void anotherHostsChallengeIsNotAnswered() {
        registry.on("GET /v2/app/blobs/" + BLOB.digest(), unauthorized("Basic realm=\"r\""))
                .on(HEAD, unauthorized("Basic realm=\"r\""), status(307).setHeader("Location", other.url("/cdn")));
        elsewhere.on("HEAD /cdn", unauthorized("Basic realm=\"r\"", bearer("")));

        assertThatThrownBy(() -> client(Script.alice()).hasBlob(BLOB)).isInstanceOf(BuildRefused.class);

        assertThat(registry.header("Authorization")).containsExactly(null, BASIC);
        assertThat(elsewhere.lines()).containsExactly("HEAD /cdn");
        assertThat(elsewhere.header("Authorization")).containsExactly((String) null);
    }

    @Test
    void anUploadToAnotherHostCarriesNoCredentials() {
        registry.on(HEAD, unauthorized("Basic realm=\"r\""), status(404))
                .on("POST /v2/app/blobs/uploads/", status(202).setHeader("Location", other.url("/up")));
        elsewhere.on("PUT /up", status(201));

        client(Script.alice()).uploadBlob(BLOB, X);

        assertThat(registry.header("Authorization")).containsExactly(null, BASIC, BASIC);
        assertThat(elsewhere.header("Authorization")).containsExactly((String) null);
    }

    @Test
    void anEncryptedRegistryMayNotSendToAnUnencryptedTokenServiceOrUpload(@TempDir Path directory) throws Exception {
        server.useHttps(SelfSigned.in(directory));
        registry.on(HEAD, unauthorized(bearer("")));

        assertThatThrownBy(() -> client(Script.alice()).hasBlob(BLOB))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        %s wants its token to be fetched over plain HTTP.
                          why    the realm of its challenge is http://127.0.0.1:%d/token
                          do     let the registry name an https address""".formatted(host(), other.getPort()));

        Script.of(server)
                .on("POST /v2/app/blobs/uploads/", status(202).setHeader("Location", other.url("/up?_state=s3cret")));
        assertThatThrownBy(() -> client(Script.alice()).uploadBlob(BLOB, X))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        %s wants the upload over plain HTTP.
                          why    its Location is http://localhost:%d/up?_state=…, in an answer over https
                          do     let the proxy in front of it tell it the scheme: X-Forwarded-Proto: https""".formatted(host(), other.getPort()));
        assertThat(elsewhere.lines()).isEmpty();
    }

    @Test
    void aRegistryOnThisMachineMayNotSendToAnUnencryptedTokenServiceElsewhere() {
        registry.on(HEAD, unauthorized("Bearer realm=\"http://auth.example/token\""));

        assertThatThrownBy(() -> client(Script.alice()).hasBlob(BLOB))
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(host() + " wants its token to be fetched over plain HTTP.");
    }

    // --- what is insecure

    @Test
    void onThisMachineAnyCertificateWillDo(@TempDir Path directory) throws Exception {
        server.useHttps(SelfSigned.in(directory));
        registry.on(HEAD, unauthorized("Basic realm=\"r\""), status(200).setHeader("Content-Length", 1));

        assertThat(client(Script.alice()).hasBlob(BLOB)).isTrue();
        assertThat(registry.header("Authorization")).containsExactly(null, BASIC);
    }

    /** 127.1 is this machine, but not by its very name: for pycontainer it is any other host. */
    private ImageReference otherMachine() {
        return ImageReference.parse("127.1:" + server.getPort() + "/app");
    }

    @Test
    void anotherMachineIsSpokenToInsecurelyOnlyIfAsked(@TempDir Path directory) throws Exception {
        server.useHttps(SelfSigned.in(directory));
        registry.on(HEAD, unauthorized("Basic realm=\"r\""), status(200).setHeader("Content-Length", 1));

        assertThatThrownBy(() -> new Registries(http, Script.alice(), false, tally)
                        .toPull(otherMachine())
                        .hasBlob(BLOB))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("  why    its TLS certificate is not trusted: ")
                .hasMessageEndingWith(
                        "\n  do     add its certificate authority to the trust store of the JDK that runs the"
                                + " build, or set allowInsecureRegistries if nobody can stand between");
        assertThat(registry.lines()).isEmpty();

        assertThat(new Registries(http, Script.alice(), true, tally)
                        .toPull(otherMachine())
                        .hasBlob(BLOB))
                .isTrue();
    }

    @Test
    void anotherMachineIsSpokenToOverPlainHttpOnlyIfAsked() throws Exception {
        registry.on(HEAD, unauthorized("Basic realm=\"r\""), status(200).setHeader("Content-Length", 1));

        try (Http impatient = Script.impatient(tally)) {
            assertThatThrownBy(() -> new Registries(impatient, Script.alice(), false, tally)
                            .toPull(otherMachine())
                            .hasBlob(BLOB))
                    .isInstanceOf(Unreachable.class);
            assertThat(new Registries(impatient, Script.alice(), true, tally)
                            .toPull(otherMachine())
                            .hasBlob(BLOB))
                    .isTrue();
        }
        assertThat(registry.header("Authorization")).containsExactly(null, BASIC);
    }

    @Test
    void noSecretIsInAnyText() {
        Login login = Script.alice().find("x").orElseThrow();
        assertThat(List.of(login.toString(), login.password().toString())).noneMatch(text -> text.contains("s3cret"));
    }

    @ParameterizedTest
    @CsvSource({"'', it is empty", "alice:s3cret, it holds a colon"})
    void aUserNameThatBasicCannotCarryIsRefusedWithoutShowingIt(String username, String why) {
        assertThatThrownBy(() -> new Login(username, new Secret("s3cret"), "to.auth"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("What stands for the user name is none.\n  where  to.auth\n  why    " + why);
    }
}
