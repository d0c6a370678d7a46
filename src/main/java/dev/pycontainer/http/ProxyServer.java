package dev.pycontainer.http;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Secret;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A server that passes requests on: plain ones as they are, encrypted ones through a tunnel.
 *
 * @param login what it is told where it asks
 * @param source where it was found, as messages name it, such as {@code HTTPS_PROXY}
 */
public record ProxyServer(String host, int port, Optional<Login> login, String source) {

    private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*)://.*");

    /** From a URL, whose scheme {@code http} may be left out; other schemes are refused. */
    public static ProxyServer parse(String url, String source) {
        String scheme = SCHEME.matcher(url).replaceFirst("$1");
        boolean bare = scheme.equals(url);
        HttpUrl parsed = bare || scheme.equalsIgnoreCase("http") ? HttpUrl.parse(bare ? "http://" + url : url) : null;
        if (parsed == null) {
            throw BuildRefused.because("The proxy " + RedactedUrl.of(url) + " cannot be used.")
                    .why("only proxies of the form http://host:port can")
                    .in(source);
        }
        Optional<Login> login = parsed.username().isEmpty()
                ? Optional.empty()
                : Optional.of(new Login(parsed.username(), new Secret(parsed.password()), source));
        return new ProxyServer(parsed.host(), parsed.port(), login, source);
    }

    /** {@code host:port}, which holds no secret. */
    public String address() {
        return host + ":" + port;
    }
}
