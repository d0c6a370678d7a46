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
            // Whoever writes a colon there may well have written the password behind it.
            throw BuildRefused.because("What stands for the user name is none.")
                    .why(username.isEmpty() ? "it is empty" : "it holds a colon")
                    .in(source);
        }
    }

    /** The value of an {@code Authorization} header, RFC 7617. */
    public String basic() {
        return Credentials.basic(username, password.reveal(), StandardCharsets.UTF_8);
    }
}
