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
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/**
 * Where a registry's credentials come from, in order: the parameters, the server in settings.xml whose id is the
 * registry, docker's {@code config.json}.
 */
final class ReadCredentials {

    private final Parameters parameters;
    private final Settings settings;
    private final SettingsDecrypter decrypter;
    private final Map<String, String> environment;
    private final Path home;

    ReadCredentials(
            Parameters parameters,
            Settings settings,
            SettingsDecrypter decrypter,
            Map<String, String> environment,
            Path home) {
        this.parameters = parameters;
        this.settings = settings;
        this.decrypter = decrypter;
        this.environment = environment;
        this.home = home;
    }

    /** @param group {@code from} or {@code to}, whose {@code auth} holds for its own image's registry alone */
    RegistryCredentials of(String group) {
        List<RegistryCredentials> places = new ArrayList<>();
        configured(group).map(RegistryCredentials::of).ifPresent(places::add);
        places.add(RegistryCredentials.byId("<server> of settings.xml", this::server));
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

    /** Decrypts the one server that is needed: others may be encrypted with a master password that is not here. */
    private Optional<Login> server(String registry) {
        return Optional.ofNullable(settings.getServer(registry)).map(encrypted -> {
            SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(encrypted));
            for (SettingsProblem problem : result.getProblems()) {
                if (problem.getSeverity() != SettingsProblem.Severity.WARNING) {
                    throw BuildRefused.because("The password of the server \"" + registry + "\" cannot be decrypted.")
                            .why(problem.getMessage())
                            .todo("encrypt it anew: mvn --encrypt-password")
                            .in("settings.xml");
                }
            }
            Server server = result.getServer();
            return new Login(
                    Optional.ofNullable(server.getUsername()).orElse(""),
                    new Secret(Optional.ofNullable(server.getPassword()).orElse("")),
                    "server \"" + registry + "\" of settings.xml");
        });
    }
}
