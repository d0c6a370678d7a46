package dev.pycontainer.registry;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Login;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The {@code auths} of docker's {@code config.json}, as {@code docker login} and its kin write them.
 *
 * <p>Credential helpers ({@code credHelpers}, {@code credsStore}) are not asked and identity tokens are not used; where
 * they are all that the file has for a registry, {@link #place} says so.
 */
public final class DockerConfig implements RegistryCredentials {

    /** Docker itself takes the host of a key, whatever stands around it; a longer path is a repository's, not a host's. */
    private static final Pattern AROUND_HOST = Pattern.compile("^https?://|/(?:v[12]/?)?$");

    private final Path file;

    private DockerConfig(Path file) {
        this.file = file;
    }

    /**
     * The file in {@code $DOCKER_CONFIG}, else in {@code .docker} of the home directory. It need not exist.
     *
     * @param environment the process's variables
     */
    public static DockerConfig of(Map<String, String> environment, Path home) {
        String directory = environment.getOrDefault("DOCKER_CONFIG", "");
        return new DockerConfig(
                (directory.isEmpty() ? home.resolve(".docker") : Path.of(directory)).resolve("config.json"));
    }

    @Override
    public Optional<Login> find(String registry) {
        JsonNode entry = entry(read(), registry);
        if (hasIdentityToken(entry)) {
            return Optional.empty();
        }
        String auth = entry.path("auth").asString("");
        if (!auth.isEmpty()) {
            return Optional.of(decoded(auth, registry));
        }
        String username = entry.path("username").asString("");
        return username.isEmpty()
                ? Optional.empty()
                : Optional.of(login(username, entry.path("password").asString("")));
    }

    @Override
    public String place(String registry) {
        JsonNode config = read();
        if (hasIdentityToken(entry(config, registry))) {
            return file + " (which has an identity token for it; those are not supported)";
        }
        String helper = RegistryNames.of(registry).stream()
                .map(name -> config.path("credHelpers").path(name).asString(""))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(config.path("credsStore").asString(""));
        return helper.isEmpty()
                ? file.toString()
                : file + " (which leaves it to the credential helper \"" + helper + "\"; helpers are not supported)";
    }

    private JsonNode read() {
        try {
            return Json.readObject(Files.readAllBytes(file), file.toString());
        } catch (NoSuchFileException absent) {
            return Json.object();
        } catch (IOException e) {
            throw BuildRefused.because(file + " cannot be read.").why(e.toString());
        } catch (BuildRefused notJson) {
            // The parser's own words quote the file, and with it secrets; neither they nor their cause are passed on.
            throw BuildRefused.because(file + " is not a JSON object.");
        }
    }

    /** The entry whose key names the registry, the plainest key first; a missing node where there is none. */
    private static JsonNode entry(JsonNode config, String registry) {
        List<String> names = RegistryNames.of(registry);
        JsonNode auths = config.path("auths");
        return auths.has(registry)
                ? auths.path(registry)
                : auths.properties().stream()
                        .filter(auth -> names.contains(
                                AROUND_HOST.matcher(auth.getKey()).replaceAll("")))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(auths.path("no such registry"));
    }

    private static boolean hasIdentityToken(JsonNode entry) {
        return !entry.path("identitytoken").asString("").isEmpty();
    }

    private Login decoded(String auth, String registry) {
        try {
            // Java's decoder takes padding and its absence; docker trims trailing NULs.
            String text = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0) {
                return login(text.substring(0, colon), text.substring(colon + 1).replaceFirst("\0+$", ""));
            }
        } catch (IllegalArgumentException notBase64) {
            // Told below; the exception quotes characters of the secret.
        }
        throw BuildRefused.because("The auth of \"" + registry + "\" in " + file + " is not user:password in base64.")
                .todo("log in again, for example with docker login " + registry);
    }

    private Login login(String username, String password) {
        return new Login(username, new Secret(password), file.toString());
    }
}
