package dev.pycontainer.registry;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.Login;
import java.util.List;
import java.util.Optional;
import okhttp3.Challenge;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The talk with one registry about one repository: a request is sent, a challenge answered once, the request repeated.
 *
 * <p>What answered the first challenge is sent with every later request, until it is refused: tokens expire.
 */
final class Session {

    private final Http http;
    private final Explain explain;
    private final String scope;
    private final boolean insecureAsked;
    private @Nullable Endpoint endpoint;
    private volatile @Nullable Secret authorization;

    /** @param scope what a token is asked for, such as {@code repository:app:pull} */
    Session(Http http, Explain explain, String scope, boolean insecureAsked) {
        this.http = http;
        this.explain = explain;
        this.scope = scope;
        this.insecureAsked = insecureAsked;
    }

    /** The way to the registry, found at the first use. */
    synchronized Endpoint endpoint() {
        if (endpoint == null) {
            try {
                endpoint = Endpoint.find(http, explain.registry(), insecureAsked);
            } catch (BuildRefused refused) {
                throw refused.in("registry " + explain.registry());
            }
        }
        return endpoint;
    }

    /** The answer of whatever status, 401 included where no credentials help; the caller closes it. */
    Response send(Request request) {
        Secret sent = authorization;
        Response response = authorized(request, sent);
        // A host that the registry redirected to may not ask for the registry's credentials.
        if (response.code() != 401 || !endpoint().owns(response.request().url())) {
            return response;
        }
        Optional<Secret> answer;
        try {
            answer = answer(response.challenges());
        } catch (BuildRefused refused) {
            response.close();
            throw refused;
        }
        if (answer.isEmpty() || answer.get().equals(sent)) {
            return response;
        }
        response.close();
        authorization = answer.get();
        return authorized(request, answer.get());
    }

    private Response authorized(Request request, @Nullable Secret secret) {
        boolean ours = endpoint().owns(request.url());
        return endpoint()
                .send(
                        http,
                        secret != null && ours
                                ? request.newBuilder()
                                        .header("Authorization", secret.reveal())
                                        .build()
                                : request);
    }

    /** Bearer where it is offered, since a token can be had without credentials as well; else Basic with credentials. */
    private Optional<Secret> answer(List<Challenge> challenges) {
        Optional<Login> login = explain.credentials().find(explain.registry());
        Optional<Challenge> bearer = find(challenges, "Bearer");
        if (bearer.isPresent()) {
            Secret token = new FetchToken(http, endpoint(), explain).from(bearer.get(), login, scope);
            return Optional.of(new Secret("Bearer " + token.reveal()));
        }
        return find(challenges, "Basic").flatMap(basic -> login).map(user -> new Secret(user.basic()));
    }

    private static Optional<Challenge> find(List<Challenge> challenges, String scheme) {
        return challenges.stream()
                .filter(challenge -> challenge.scheme().equalsIgnoreCase(scheme))
                .findFirst();
    }

    /** A URL below the repository, such as {@code …/v2/app/blobs/uploads/}. */
    HttpUrl url(String path) {
        return endpoint()
                .base()
                .newBuilder()
                .addPathSegments(explain.repository())
                .addPathSegments(path)
                .build();
    }
}
