package dev.pycontainer.maven;

import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.ProxyPlace;
import dev.pycontainer.http.ProxyServer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/**
 * The active proxies of settings.xml, as Maven itself takes them: the one whose protocol is the URL's, for https else the
 * one for http, save for the hosts of its {@code nonProxyHosts}.
 */
final class SettingsProxies implements ProxyPlace {

    private final Settings settings;
    private final SettingsDecrypter decrypter;
    private final Map<String, ProxyServer> decrypted = new ConcurrentHashMap<>();

    SettingsProxies(Settings settings, SettingsDecrypter decrypter) {
        this.settings = settings;
        this.decrypter = decrypter;
    }

    @Override
    public Optional<Choice> choose(HttpUrl url) {
        return active(url.scheme())
                .or(() -> active("http"))
                .map(proxy -> new Choice(isExempt(proxy, url.host()) ? Optional.empty() : Optional.of(server(proxy))));
    }

    private Optional<Proxy> active(String protocol) {
        return settings.getProxies().stream()
                .filter(proxy -> proxy.isActive() && protocol.equalsIgnoreCase(proxy.getProtocol()))
                .findFirst();
    }

    /** Names separated by {@code |}, in which {@code *} stands for anything. */
    private static boolean isExempt(Proxy proxy, String host) {
        String names = proxy.getNonProxyHosts();
        return names != null
                && Stream.of(names.split("[|,]", -1))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .anyMatch(name -> host.matches(Stream.of(name.split("\\*", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*"))));
    }

    private ProxyServer server(Proxy proxy) {
        return decrypted.computeIfAbsent(String.valueOf(proxy.getProtocol()), protocol -> {
            String source = "<proxy> \"" + proxy.getId() + "\" of settings.xml";
            return new ProxyServer(proxy.getHost(), proxy.getPort(), login(proxy, source), source);
        });
    }

    private Optional<Login> login(Proxy proxy, String source) {
        if (proxy.getUsername() == null || proxy.getUsername().isEmpty()) {
            return Optional.empty();
        }
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(proxy));
        SettingsServers.check(result.getProblems(), "proxy \"" + proxy.getId() + "\"");
        return Optional.of(new Login(
                proxy.getUsername(),
                new Secret(Optional.ofNullable(result.getProxy().getPassword()).orElse("")),
                source));
    }
}
