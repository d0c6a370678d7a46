package dev.pycontainer.packaging.index;

import dev.pycontainer.http.Login;
import dev.pycontainer.packaging.lock.UvIndexVariables;
import java.util.Map;
import java.util.Optional;

/** {@linkplain UvIndexVariables uv's variables}, for the index whose id is the name. */
public final class UvVariables implements LoginPlace {

    private final UvIndexVariables variables;

    public UvVariables(Map<String, String> environment) {
        this.variables = new UvIndexVariables(environment);
    }

    @Override
    public Optional<Login> find(Index index) {
        return index.id().isEmpty() ? Optional.empty() : variables.login(index.id());
    }

    @Override
    public String place(Index index) {
        return index.id().isEmpty() ? "" : UvIndexVariables.variable(index.id());
    }
}
