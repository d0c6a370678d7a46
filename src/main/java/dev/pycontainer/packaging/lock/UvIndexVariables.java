package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Login;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** uv's variables {@code UV_INDEX_<NAME>_USERNAME} and {@code _PASSWORD}: the login of the index of that name. */
public final class UvIndexVariables {

    private static final String PREFIX = "UV_INDEX_";
    private static final String USERNAME = "_USERNAME";

    private final Map<String, String> environment;

    public UvIndexVariables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    static boolean anyIn(Map<String, String> environment) {
        return environment.keySet().stream().anyMatch(name -> name.startsWith(PREFIX) && name.endsWith(USERNAME));
    }

    /** Nothing where the index has no user name there. */
    public Optional<Login> login(String index) {
        String username = environment.getOrDefault(variable(index), "");
        String password = environment.getOrDefault(prefix(index) + "_PASSWORD", "");
        return username.isEmpty()
                ? Optional.empty()
                : Optional.of(new Login(username, new Secret(password), variable(index) + " and _PASSWORD"));
    }

    /** The variable with the user name. */
    public static String variable(String index) {
        return prefix(index) + USERNAME;
    }

    /** As uv writes names: in upper case, with an underscore for whatever is neither letter nor digit. */
    private static String prefix(String index) {
        return PREFIX + index.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
