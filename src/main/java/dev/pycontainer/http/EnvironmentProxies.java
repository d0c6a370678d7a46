package dev.pycontainer.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * The proxies of the environment, as curl and Python read them: {@code https_proxy}, {@code http_proxy}, then {@code
 * all_proxy}, and the hosts of {@code no_proxy}; each in lower case first, then in upper case.
 */
public final class EnvironmentProxies implements ProxyPlace {

    private final Map<String, String> environment;

    public EnvironmentProxies(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<Choice> choose(HttpUrl url) {
        Optional<String> name = Stream.of(url.scheme() + "_proxy", "all_proxy")
                .flatMap(lower -> Stream.of(lower, lower.toUpperCase(Locale.ROOT)))
                .filter(variable -> !valueOf(variable).isEmpty())
                .findFirst();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (isExempt(url)) {
            return Optional.of(new Choice(Optional.empty()));
        }
        return Optional.of(new Choice(Optional.of(ProxyServer.parse(valueOf(name.get()), name.get()))));
    }

    private boolean isExempt(HttpUrl url) {
        String list = valueOf("no_proxy").isEmpty() ? valueOf("NO_PROXY") : valueOf("no_proxy");
        return Stream.of(list.split("[,\\s]+"))
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .anyMatch(entry -> covers(entry, url));
    }

    /** {@code *}, a host or domain with or without a dot before it, either with a port, or a range of addresses. */
    private static boolean covers(String entry, HttpUrl url) {
        String name = entry.replaceFirst("^\\*?\\.", "").replaceFirst("^\\[(.*)]", "$1");
        if (name.isEmpty()) {
            return false;
        }
        if (name.equals("*")) {
            return true;
        }
        if (name.indexOf('/') > 0) {
            return inRange(name, url.host());
        }
        String host = url.host();
        String withPort = host + ":" + url.port();
        return host.equals(name) || host.endsWith("." + name) || withPort.equals(name) || withPort.endsWith("." + name);
    }

    /** An address in a range such as {@code 10.0.0.0/8}; a name is in none, since it is not looked up. */
    private static boolean inRange(String range, String host) {
        String[] parts = range.split("/", 2);
        if (!isAddress(host) || !isAddress(parts[0]) || !parts[1].matches("[0-9]{1,3}")) {
            return false;
        }
        byte[] address = bytes(host);
        byte[] network = bytes(parts[0]);
        int bits = Integer.parseInt(parts[1]);
        if (address.length != network.length || bits > address.length * 8) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if ((address[i / 8] & mask) != (network[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAddress(String text) {
        return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || (text.indexOf(':') >= 0 && text.matches("[0-9a-f:.]+"));
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException notOne) {
            return new byte[0];
        }
    }

    private String valueOf(String variable) {
        return environment.getOrDefault(variable, "").strip();
    }
}
