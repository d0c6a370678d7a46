package dev.pycontainer.registry;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Body;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.Loopback;
import dev.pycontainer.http.RedactedUrl;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Challenge;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;

/** Fetches a Bearer token as a registry's challenge says, after the distribution project's "Token Authentication". */
final class FetchToken {

    private static final long LIMIT = 64 << 10;
    /** What may stand in a header; real tokens are narrower still (RFC 6750, 2.1). */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final Http http;
    private final Endpoint endpoint;
    private final Explain explain;

    FetchToken(Http http, Endpoint endpoint, Explain explain) {
        this.http = http;
        this.endpoint = endpoint;
        this.explain = explain;
    }

    /** @param scope such as {@code repository:app:pull,push} */
    Secret from(Challenge challenge, Optional<Login> login, String scope) {
        HttpUrl url = realm(challenge)
                .newBuilder()
                // OpenShift names no service: then it is the registry itself.
                .setQueryParameter(
                        "service",
                        parameter(challenge, "service").orElse(endpoint.base().host()))
                .setQueryParameter("scope", scope)
                .build();
        Request.Builder request = new Request.Builder().url(url);
        login.ifPresent(user -> request.header("Authorization", user.basic()));
        // Only what the user has asked for by name holds for the token service as well.
        Response response = endpoint.asked() ? http.sendInsecurely(request.build()) : http.send(request.build());
        if (response.code() == 401 || response.code() == 403) {
            throw explain.unauthorized(response);
        }
        if (response.code() != 200) {
            throw Explain.answered(
                    BuildRefused.because("The token service of " + explain.registry() + " failed.")
                            .todo("try again later"),
                    response);
        }
        return token(Body.read(response, LIMIT, "The token of " + explain.registry()), url);
    }

    /** The token service: an address that is encrypted wherever the registry's own is. */
    private HttpUrl realm(Challenge challenge) {
        String text = parameter(challenge, "realm").orElse("");
        HttpUrl realm = endpoint.base().resolve(text);
        if (text.isEmpty() || realm == null) {
            throw BuildRefused.because(explain.registry() + " asks for a token, and does not say from where.")
                    .why("the realm of its challenge is \"" + RedactedUrl.of(text) + "\"");
        }
        if (!realm.isHttps() && (endpoint.base().isHttps() || !Loopback.holds(realm)) && !endpoint.asked()) {
            throw BuildRefused.because(explain.registry() + " wants its token to be fetched over plain HTTP.")
                    .why("the realm of its challenge is " + RedactedUrl.of(realm))
                    .todo("let the registry name an https address");
        }
        return realm;
    }

    private Secret token(byte[] body, HttpUrl url) {
        BuildRefused without = BuildRefused.because("The token service of " + explain.registry() + " gave no token.")
                .in("GET " + RedactedUrl.of(url));
        JsonNode json;
        try {
            json = Json.read(body, "The token");
        } catch (BuildRefused notJson) {
            // The parser's words quote the answer, which may hold a token.
            throw without.why("its answer is not JSON");
        }
        String token = json.path("token").asString("");
        if (token.isEmpty()) {
            token = json.path("access_token").asString("");
        }
        if (!TOKEN.matcher(token).matches()) {
            throw without.why(
                    "its answer holds neither \"token\" nor \"access_token\" as text that a header can carry");
        }
        return new Secret(token);
    }

    private static Optional<String> parameter(Challenge challenge, String name) {
        return Optional.ofNullable(challenge.authParams().get(name)).filter(value -> !value.isEmpty());
    }
}
