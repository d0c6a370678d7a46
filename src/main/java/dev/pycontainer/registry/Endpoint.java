package dev.pycontainer.registry;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.Loopback;
import dev.pycontainer.http.Unreachable;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Where and how a registry is spoken to: https; for a host that may be insecure also https with any certificate, then
 * plain HTTP.
 *
 * <p>Insecure may be a loopback host, as with Docker, since nothing leaves the machine; any other only where the user
 * has asked for it, who then lets credentials go that way as well.
 *
 * @param base the root of the distribution specification's paths, such as {@code https://ghcr.io/v2/}
 * @param insecure whether requests go out by {@link Http#sendInsecurely}
 * @param asked whether the user has asked for insecure registries
 */
record Endpoint(HttpUrl base, boolean insecure, boolean asked) {

    /** Finds the way to a registry; only for one that may be insecure this sends requests of its own, to {@code /v2/}. */
    static Endpoint find(Http http, String registry, boolean asked) {
        HttpUrl https = base("https://", registry);
        if (!asked && !Loopback.holds(https)) {
            return new Endpoint(https, false, false);
        }
        try {
            return answering(http, new Endpoint(https, false, asked));
        } catch (Unreachable fault) {
            try {
                return switch (fault.kind()) {
                    case CERTIFICATE -> answering(http, new Endpoint(https, true, asked));
                    case TLS, BROKEN -> answering(http, new Endpoint(base("http://", registry), asked, asked));
                    case REFUSED -> {
                        if (registry.endsWith(":" + https.port())) {
                            throw fault;
                        }
                        yield answering(http, new Endpoint(base("http://", registry), asked, asked));
                    }
                    case UNKNOWN_HOST, TIMEOUT -> throw fault;
                };
            } catch (Unreachable again) {
                throw fault;
            }
        }
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

    private static Endpoint answering(Http http, Endpoint candidate) {
        candidate.send(http, new Request.Builder().url(candidate.base).build()).close();
        return candidate;
    }

    private static HttpUrl base(String scheme, String registry) {
        HttpUrl url = HttpUrl.parse(scheme + RegistryNames.host(registry) + "/v2/");
        if (url == null) {
            throw BuildRefused.because("\"" + registry + "\" is not the name of a registry.");
        }
        return url;
    }
}
