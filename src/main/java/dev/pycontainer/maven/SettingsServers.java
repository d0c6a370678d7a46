package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Login;
import dev.pycontainer.packaging.index.Index;
import dev.pycontainer.packaging.index.LoginPlace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/**
 * The servers of settings.xml: a registry's by its name; an index's by its {@code serverId}, else by its id, its host and
 * port, or its host.
 */
final class SettingsServers implements LoginPlace {

    private final Settings settings;
    private final SettingsDecrypter decrypter;

    SettingsServers(Settings settings, SettingsDecrypter decrypter) {
        this.settings = settings;
        this.decrypter = decrypter;
    }

    /** Decrypts the one server that is needed: others may be encrypted with a master password that is not here. */
    Optional<Login> find(String id) {
        return Optional.ofNullable(settings.getServer(id)).map(encrypted -> {
            SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(encrypted));
            check(result.getProblems(), "server \"" + id + "\"");
            Server server = result.getServer();
            return new Login(
                    Optional.ofNullable(server.getUsername()).orElse(""),
                    new Secret(Optional.ofNullable(server.getPassword()).orElse("")),
                    "server \"" + id + "\" of settings.xml");
        });
    }

    static void check(List<SettingsProblem> problems, String whose) {
        for (SettingsProblem problem : problems) {
            if (problem.getSeverity() != SettingsProblem.Severity.WARNING) {
                throw BuildRefused.because("The password of the " + whose + " cannot be decrypted.")
                        .why(problem.getMessage())
                        .todo("encrypt it anew: mvn --encrypt-password")
                        .in("settings.xml");
            }
        }
    }

    @Override
    public Optional<Login> find(Index index) {
        return ids(index).flatMap(id -> find(id).stream()).findFirst();
    }

    @Override
    public String place(Index index) {
        return ids(index).map(id -> "\"" + id + "\"").collect(Collectors.joining(" or "))
                + " as <server> of settings.xml";
    }

    private static Stream<String> ids(Index index) {
        String host = index.url().host();
        return index.serverId().isPresent()
                ? index.serverId().stream()
                : Stream.of(index.id(), host + ":" + index.url().port(), host).filter(id -> !id.isEmpty());
    }
}
