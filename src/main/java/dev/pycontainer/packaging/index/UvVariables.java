package dev.pycontainer.packaging.index;

import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Login;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** uv's variables {@code UV_INDEX_<NAME>_USERNAME} and {@code _PASSWORD}, for the index whose id is the name. */
public final class UvVariables implements LoginPlace {

    private final Map<String, String> environment;

    public UvVariables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<Login> find(Index index) {
        String username = environment.getOrDefault(prefix(index) + "_USERNAME", "");
        String password = environment.getOrDefault(prefix(index) + "_PASSWORD", "");
        return index.id().isEmpty() || username.isEmpty()
                ? Optional.empty()
                : Optional.of(new Login(username, new Secret(password), prefix(index) + "_USERNAME and _PASSWORD"));
    }

    @Override
    public String place(Index index) {
        return index.id().isEmpty() ? "" : prefix(index) + "_USERNAME";
    }

    /** As uv writes names: in upper case, with an underscore for whatever is neither letter nor digit. */
    private static String prefix(Index index) {
        return "UV_INDEX_" + index.id().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
