package dev.pycontainer.registry;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.Loopback;
import dev.pycontainer.http.Unreachable;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Where and how a registry is spoken to: https, unless it may be insecure.
 *
 * <p>Insecure may be a loopback host, as with Docker, since nothing leaves the machine: there plain HTTP comes first,
 * then https with any certificate. Any other host may be only where the user has asked for it, who then lets credentials
 * go that way as well: there https comes first, then https with any certificate or plain HTTP.
 *
 * @param base the root of the distribution specification's paths, such as {@code https://ghcr.io/v2/}
 * @param insecure whether requests go out by {@link Http#sendInsecurely}
 * @param asked whether the user has asked for insecure registries
 */
record Endpoint(HttpUrl base, boolean insecure, boolean asked) {

    /** Finds the way to a registry; only for one that may be insecure this sends requests of its own, to {@code /v2/}. */
    static Endpoint find(Http http, String registry, boolean asked) {
        Endpoint secure = new Endpoint(base("https://", registry), false, asked);
        Endpoint unverified = new Endpoint(secure.base, true, asked);
        Endpoint plain = new Endpoint(base("http://", registry), asked, asked);
        if (Loopback.holds(secure.base)) {
            return firstOf(http, List.of(plain, unverified));
        }
        return asked ? firstOf(http, List.of(secure, unverified, plain)) : secure;
    }

    /** The first way that is answered; where none is, the refusal of the first one tells most. */
    private static Endpoint firstOf(Http http, List<Endpoint> ways) {
        Optional<Endpoint> doubtful = Optional.empty();
        Optional<Unreachable> first = Optional.empty();
        for (Endpoint way : ways) {
            try (Response response =
                    http.probe(new Request.Builder().url(way.base).build(), way.insecure)) {
                if (way.base.isHttps() || response.code() != 400) {
                    return way;
                }
                // A server of https answers plain HTTP with 400, where it answers at all.
                doubtful = Optional.of(way);
            } catch (Unreachable fault) {
                if (fault.kind() == Unreachable.Kind.UNKNOWN_HOST) {
                    throw fault;
                }
                first = first.or(() -> Optional.of(fault));
            }
        }
        if (doubtful.isEmpty() && first.isPresent()) {
            throw first.get();
        }
        return doubtful.orElseGet(() -> ways.get(0));
    }

    /** Whether a URL is the registry's own: only there do its credentials go, and only it may ask for them. */
    boolean owns(HttpUrl url) {
        return url.scheme().equals(base.scheme()) && url.host().equals(base.host()) && url.port() == base.port();
    }

    Response send(Http http, Request request) {
        if (insecure) {
            return http.sendInsecurely(request);
        }
        try {
            return http.send(request);
        } catch (Unreachable fault) {
            throw switch (fault.kind()) {
                case CERTIFICATE ->
                    fault.todo("add its certificate authority to the trust store of the JDK that runs"
                            + " the build, or set allowInsecureRegistries if nobody can stand between");
                case TLS -> fault.todo("check name and port; allowInsecureRegistries has it spoken to over plain HTTP");
                default -> fault;
            };
        }
    }

    private static HttpUrl base(String scheme, String registry) {
        HttpUrl url = HttpUrl.parse(scheme + RegistryNames.host(registry) + "/v2/");
        if (url == null) {
            throw BuildRefused.because("\"" + registry + "\" is not the name of a registry.");
        }
        return url;
    }
}
