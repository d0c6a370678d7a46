package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.Attempt;
import dev.pycontainer.http.Login;
import dev.pycontainer.packaging.lock.LockCredentials;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Whose credentials go with a request: those of the configured index that has the request's scheme, host and port, and
 * of several the one whose path the URL shares longest; else those that are kept for the host.
 */
public final class Logins {

    private final List<Index> indexes;
    private final List<LoginPlace> places;
    private final Map<Index, Optional<Login>> found = new ConcurrentHashMap<>();
    private final List<Index> ofLocks = new CopyOnWriteArrayList<>();

    /** @param places asked in this order for an index whose own URL holds no login */
    public Logins(Indexes indexes, List<LoginPlace> places) {
        this.indexes = indexes.configured();
        this.places = List.copyOf(places);
    }

    /** Nobody is asked for, and nobody has any. */
    public static Logins none() {
        return new Logins(new Indexes(List.of()), List.of());
    }

    /** Adds what a lock's own URL takes from the environment; a login of the index's configured URL goes before it. */
    public void add(LockCredentials credentials) {
        HttpUrl url = HttpUrl.get(credentials.url());
        ofLocks.add(new Index("", url, List.of(), Optional.empty(), Optional.of(credentials.login())));
    }

    /** A request for this URL, with its credentials where there are any. */
    Request.Builder request(HttpUrl url) {
        Request.Builder request = new Request.Builder().url(url);
        of(url).ifPresent(login -> request.header("Authorization", login.basic()));
        return request;
    }

    private Optional<Login> of(HttpUrl url) {
        Index owner = owner(url);
        return owner.login()
                .or(() -> nearest(ofLocks, url).flatMap(Index::login))
                .or(() -> found.computeIfAbsent(owner, this::kept));
    }

    private Optional<Login> kept(Index owner) {
        return places.stream().flatMap(place -> place.find(owner).stream()).findFirst();
    }

    private Index owner(HttpUrl url) {
        return nearest(indexes, url).orElseGet(() -> Index.named(url.resolve("/")));
    }

    private static Optional<Index> nearest(List<Index> candidates, HttpUrl url) {
        return candidates.stream()
                .filter(index -> sameOrigin(index.url(), url))
                .max(Comparator.comparingInt(index -> shared(index.url(), url)));
    }

    private static boolean sameOrigin(HttpUrl left, HttpUrl right) {
        return left.scheme().equals(right.scheme()) && left.host().equals(right.host()) && left.port() == right.port();
    }

    private static int shared(HttpUrl left, HttpUrl right) {
        List<String> one = left.pathSegments();
        List<String> other = right.pathSegments();
        int count = 0;
        while (count < Math.min(one.size(), other.size()) && one.get(count).equals(other.get(count))) {
            count++;
        }
        return count;
    }

    /** What to answer where a host wants other credentials (401), or none of those helps (403). */
    BuildRefused refused(HttpUrl asked, Response response) {
        HttpUrl url = response.request().url();
        String host = url.host() + ":" + url.port();
        String answered = Attempt.told(response);
        if (!sameOrigin(asked, url)) {
            return BuildRefused.because(host + " lets nobody read without credentials.")
                    .why(answered + "; " + asked.host() + ":" + asked.port()
                            + " redirects there, and its own credentials" + " do not go to another host")
                    .todo("have the index name an address that can be read, or give it as the index's own");
        }
        Optional<Login> login = of(asked);
        if (login.isEmpty()) {
            Index owner = owner(asked);
            String looked = places.stream()
                    .map(place -> place.place(owner))
                    .filter(place -> !place.isEmpty())
                    .collect(Collectors.joining(", then "));
            return BuildRefused.because(host + " asks for credentials, and none were found.")
                    .why(answered + (looked.isEmpty() ? "" : "; they are looked for in " + looked))
                    .todo("add a <server> to settings.xml whose id is "
                            + (owner.id().isEmpty() ? "the host, \"" + url.host() + "\"" : "\"" + owner.id() + "\""));
        }
        return response.code() == 403
                ? BuildRefused.because(host + " does not let " + who(login.get()) + " read this.")
                        .why(answered)
                        .todo("ask for the right to read, or use other credentials in "
                                + login.get().source())
                : BuildRefused.because(host + " did not accept " + who(login.get()) + ".")
                        .why(answered)
                        .todo("check user name and password in " + login.get().source());
    }

    /** A user name without a password is a token, and as secret as one. */
    private static String who(Login login) {
        return login.password().reveal().isEmpty() ? "the token" : "the credentials of \"" + login.username() + "\"";
    }
}
