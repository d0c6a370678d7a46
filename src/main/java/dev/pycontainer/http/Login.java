package dev.pycontainer.http;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Secret;
import java.nio.charset.StandardCharsets;
import okhttp3.Credentials;

/**
 * A user's name and password at a registry, an index or a proxy.
 *
 * @param source where they were found, as messages name it, such as {@code server "ghcr.io" of settings.xml}
 */
public record Login(String username, Secret password, String source) {

    public Login {
        // RFC 7617, 2: "a user-id containing a colon character is invalid".
        if (username.isEmpty() || username.indexOf(':') >= 0) {
            throw BuildRefused.because("\"" + username + "\" is not a user name.")
                    .why("it must not be empty, nor hold a colon")
                    .in(source);
        }
    }

    /** The value of an {@code Authorization} header, RFC 7617. */
    public String basic() {
        return Credentials.basic(username, password.reveal(), StandardCharsets.UTF_8);
    }
}
