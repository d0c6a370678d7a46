package dev.pycontainer.http;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Through which proxy a host is spoken to: the first place that has a word on it decides, and after all of them the JVM's
 * own properties do.
 *
 * <p>{@link Loopback} hosts are spoken to directly: a proxy's loopback is not this machine's.
 */
public final class Proxies {

    private final List<ProxyPlace> places;

    private Proxies(List<ProxyPlace> places) {
        this.places = List.copyOf(places);
    }

    /** Those alone that the JVM's properties name, such as {@code https.proxyHost}. */
    public static Proxies ofJvm() {
        return new Proxies(List.of());
    }

    /** @param places the strongest first */
    public static Proxies inOrder(List<ProxyPlace> places) {
        return new Proxies(places);
    }

    /** The proxy that one of the places names; nothing where none does. */
    Optional<ProxyServer> of(HttpUrl url) {
        return choice(url).flatMap(ProxyPlace.Choice::server);
    }

    private Optional<ProxyPlace.Choice> choice(HttpUrl url) {
        return Loopback.holds(url)
                ? Optional.of(new ProxyPlace.Choice(Optional.empty()))
                : places.stream().flatMap(place -> place.choose(url).stream()).findFirst();
    }

    ProxySelector selector() {
        return new Selector();
    }

    /** Answers a proxy's 407 once; a second one, and one that nothing is known for, is refused. */
    @Nullable
    Request authenticate(@Nullable Route route, Response response) {
        Request request = response.request();
        boolean asked = !isPreemptive(response);
        ProxyServer proxy = of(request.url())
                .orElseGet(() -> new ProxyServer(
                        "of the JVM's properties",
                        0,
                        Optional.empty(),
                        "the proxy's URL in HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, or <proxy> of settings.xml"));
        if (proxy.login().isEmpty() && !asked) {
            return null;
        }
        if (proxy.login().isEmpty()) {
            throw BuildRefused.because("The proxy " + named(proxy) + " asks for credentials, and none were found.")
                    .why("they are looked for in " + proxy.source());
        }
        if (request.header("Proxy-Authorization") != null && asked) {
            throw BuildRefused.because("The proxy " + named(proxy) + " did not accept the credentials of \""
                            + proxy.login().get().username() + "\".")
                    .todo("check user name and password in " + proxy.source());
        }
        return request.newBuilder()
                .header("Proxy-Authorization", proxy.login().get().basic())
                .build();
    }

    private static String named(ProxyServer proxy) {
        return proxy.port() == 0 ? proxy.host() : proxy.address();
    }

    /** The library asks once before it opens a tunnel, with an answer of its own making. */
    private static boolean isPreemptive(Response response) {
        return response.challenges().stream()
                .anyMatch(challenge -> challenge.scheme().equalsIgnoreCase("OkHttp-Preemptive"));
    }

    private final class Selector extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            HttpUrl url = HttpUrl.get(uri);
            Optional<ProxyPlace.Choice> choice = url == null ? Optional.empty() : choice(url);
            if (choice.isPresent()) {
                return List.of(choice.get()
                        .server()
                        .map(server -> new Proxy(
                                Proxy.Type.HTTP, InetSocketAddress.createUnresolved(server.host(), server.port())))
                        .orElse(Proxy.NO_PROXY));
            }
            ProxySelector jvm = ProxySelector.getDefault();
            return jvm == null ? List.of(Proxy.NO_PROXY) : jvm.select(uri);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException fault) {
            // The one proxy is the only way there: there is nothing to remember.
        }
    }
}
