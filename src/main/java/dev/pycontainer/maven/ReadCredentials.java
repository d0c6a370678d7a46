package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Login;
import dev.pycontainer.registry.DockerConfig;
import dev.pycontainer.registry.RegistryCredentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a registry's credentials come from, in order: the parameters, the server in settings.xml whose id is the
 * registry, docker's {@code config.json}.
 */
final class ReadCredentials {

    private final Parameters parameters;
    private final SettingsServers servers;
    private final Map<String, String> environment;
    private final Path home;

    ReadCredentials(Parameters parameters, SettingsServers servers, Map<String, String> environment, Path home) {
        this.parameters = parameters;
        this.servers = servers;
        this.environment = environment;
        this.home = home;
    }

    /** @param group {@code from} or {@code to}, whose {@code auth} holds for its own image's registry alone */
    RegistryCredentials of(String group) {
        List<RegistryCredentials> places = new ArrayList<>();
        configured(group).map(RegistryCredentials::of).ifPresent(places::add);
        places.add(RegistryCredentials.byId("<server> of settings.xml", servers::find));
        places.add(DockerConfig.of(environment, home));
        return RegistryCredentials.inOrder(places);
    }

    private Optional<Login> configured(String group) {
        Optional<String> username = parameters.text(group + ".auth.username");
        Optional<String> password = parameters.text(group + ".auth.password");
        if (username.isPresent() != password.isPresent()) {
            throw BuildRefused.because(group + ".auth has a user name or a password, and not both.")
                    .todo("set " + group + ".auth.username and " + group + ".auth.password, or neither");
        }
        return username.map(name -> new Login(name, new Secret(password.orElse("")), group + ".auth"));
    }
}
