package dev.pycontainer.registry;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.RedactedUrl;
import java.util.Optional;
import okhttp3.Response;

/**
 * Turns an answer that ends the work into a refusal that says whose fault it is: wrong credentials (401) are told from
 * missing rights (403) and from unknown names (404).
 *
 * @param registry as the user named it
 */
record Explain(String registry, String repository, RegistryCredentials credentials) {

    /**
     * An answer with a status that was not hoped for; it is closed.
     *
     * @param deed what was tried, such as {@code reading the manifest of app:1.0}
     */
    BuildRefused unexpected(Response response, String deed) {
        int status = response.code();
        boolean tokenAccepted =
                carriesToken(response) && credentials.find(registry).isPresent();
        if (status == 401 && !tokenAccepted) {
            return unauthorized(response);
        }
        BuildRefused refused;
        if (status == 403 || status == 401) {
            refused = BuildRefused.because(registry + " does not allow " + deed + ".")
                    .todo(whoseRight());
        } else if (status == 404) {
            refused = BuildRefused.because(registry + " knows no repository \"" + repository + "\".")
                    .todo("check the name; some registries want a repository to be made beforehand");
        } else if (status == 413) {
            refused = BuildRefused.because(registry + " refused " + deed + " as too large.")
                    .todo("raise the limit of the registry, or of the proxy in front of it");
        } else if (status == 429) {
            refused = BuildRefused.because(
                            registry + " limits the number of requests, and " + deed + " was one too many.")
                    .todo("try again later, or as a user with a higher limit");
        } else if (status >= 500) {
            refused = BuildRefused.because(registry + " failed at " + deed + ".")
                    .todo("try again later; the registry's own log says more");
        } else {
            refused = BuildRefused.because(registry + " refused " + deed + ".");
        }
        return answered(refused, response);
    }

    /** A 401 of the registry or of its token service, after everything that could be tried; it is closed. */
    BuildRefused unauthorized(Response response) {
        Optional<Login> login = credentials.find(registry);
        BuildRefused refused = login.isPresent()
                ? BuildRefused.because(registry + " did not accept the credentials of \""
                                + login.get().username() + "\".")
                        .todo("check user name and password in " + login.get().source())
                : BuildRefused.because(registry + " asks for credentials, and none were found.")
                        .todo("check the repository's name, or give credentials; they are looked for in "
                                + credentials.place(registry));
        return answered(refused, response);
    }

    /** The token service has taken the credentials, so that a refused token lacks a right: RFC 6750, 3.1. */
    private static boolean carriesToken(Response response) {
        String authorization = response.request().header("Authorization");
        return authorization != null && authorization.startsWith("Bearer ");
    }

    private String whoseRight() {
        return credentials
                .find(registry)
                .map(login -> "check the repository's name, or ask for this right for \"" + login.username() + "\"")
                .orElseGet(() -> "check the repository's name, or give credentials; they are looked for in "
                        + credentials.place(registry));
    }

    /** Adds what was answered, and to which request. */
    static BuildRefused answered(BuildRefused refused, Response response) {
        return refused.why(ServerWords.of(response))
                .in(response.request().method() + " "
                        + RedactedUrl.of(response.request().url()));
    }
}
