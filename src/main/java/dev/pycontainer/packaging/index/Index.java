package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.RedactedUrl;
import dev.pycontainer.packaging.PackageName;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * A package index: a name and the URL under which each project has its page.
 *
 * @param id what credentials and mirrors call it; empty for one that only a lock names
 * @param url without user name and password, and without a slash at its end
 * @param mirrorOf the ids or URLs of indexes that it stands in for, {@code *} for all of them, {@code !id} for all but
 *     this one
 * @param serverId the server of settings.xml that holds its credentials, where its id is another
 * @param login the user name and password that stood in its URL
 */
public record Index(String id, HttpUrl url, List<String> mirrorOf, Optional<String> serverId, Optional<Login> login) {

    public Index {
        mirrorOf = List.copyOf(mirrorOf);
    }

    /**
     * An index of the configuration, whose URL may hold user name and password.
     *
     * @param source where it was configured, as messages name it
     */
    public static Index of(String id, String url, List<String> mirrorOf, Optional<String> serverId, String source) {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            throw BuildRefused.because("The index's URL " + RedactedUrl.of(url) + " is not an HTTP or HTTPS URL.")
                    .in(source);
        }
        Optional<Login> login = parsed.username().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Login(parsed.username(), new Secret(parsed.password()), "the index's URL in " + source));
        return new Index(id, plain(parsed), mirrorOf, serverId, login);
    }

    /** An index, or a host of files, that only a lock or a page names. */
    static Index named(HttpUrl url) {
        return new Index("", plain(url), List.of(), Optional.empty(), Optional.empty());
    }

    private static HttpUrl plain(HttpUrl url) {
        HttpUrl.Builder plain = url.newBuilder().username("").password("").fragment(null);
        List<String> path = url.pathSegments();
        if (path.size() > 1 && path.get(path.size() - 1).isEmpty()) {
            plain.removePathSegment(path.size() - 1);
        }
        return plain.build();
    }

    // "The format of this URL is /<project>/ where the <project> is replaced by the normalized name", with its slash.
    HttpUrl page(String project) {
        return url.newBuilder().addPathSegment(project).addPathSegment("").build();
    }

    /** Whether another index's whole traffic goes here instead: it has the same id, or {@link #mirrorOf} means it. */
    boolean standsInFor(Index other) {
        if (url.equals(other.url)) {
            return false;
        }
        if (!id.isEmpty() && id.equals(other.id)) {
            return true;
        }
        boolean all = mirrorOf.contains("*");
        boolean named = mirrorOf.stream().anyMatch(word -> other.isCalled(word));
        boolean spared = mirrorOf.stream().anyMatch(word -> word.startsWith("!") && other.isCalled(word.substring(1)));
        return (all || named) && !spared;
    }

    private boolean isCalled(String word) {
        if (word.equals(id) && !id.isEmpty()) {
            return true;
        }
        HttpUrl parsed = HttpUrl.parse(word);
        return parsed != null && plain(parsed).equals(url);
    }

    /** Where the index tells of a project, for the places of refusals. */
    String at(PackageName project) {
        return RedactedUrl.of(page(project.value())).toString();
    }

    /** How messages name it. */
    @Override
    public String toString() {
        return RedactedUrl.of(url).toString();
    }
}
