package dev.pycontainer.http;

import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A URL as it may be shown: without user name and password, and without the values of its query, where signed URLs and
 * tokens stand.
 *
 * <p>Shown are only the values that the distribution specification names itself, such as {@code digest} and
 * {@code scope}.
 *
 * @param text what is shown
 */
public record RedactedUrl(String text) {

    private static final Set<String> HARMLESS =
            Set.of("digest", "mount", "from", "tag", "n", "last", "scope", "service");

    /** A password with a {@code /}, {@code ?} or {@code #} as it is: behind the colon stands no port then. */
    private static final Pattern UNESCAPED =
            Pattern.compile("^([^/?#]*//)?+[^/?#@\\[:]+:(?![0-9]*+(?:[/?#]|$))[^@]*[/?#].*@", Pattern.DOTALL);

    public static RedactedUrl of(HttpUrl url) {
        StringBuilder text = new StringBuilder(url.newBuilder()
                .username("")
                .password("")
                .query(null)
                .fragment(null)
                .build()
                .toString());
        for (int i = 0; i < url.querySize(); i++) {
            String name = url.queryParameterName(i);
            @Nullable String value = url.queryParameterValue(i);
            text.append(i == 0 ? '?' : '&').append(value == null ? "…" : name + "=" + shown(name, value));
        }
        return new RedactedUrl(text.toString());
    }

    /** Redacts a URL of which nobody knows yet whether it is one: user information and query are cut away. */
    public static RedactedUrl of(String url) {
        HttpUrl parsed = HttpUrl.parse(url);
        return parsed != null
                ? of(parsed)
                : new RedactedUrl(UNESCAPED
                        .matcher(url)
                        .replaceFirst("$1")
                        .replaceFirst("(?s)[?#].*", "")
                        .replaceFirst("^([^/]*//)?[^/]*@", "$1"));
    }

    private static String shown(String name, String value) {
        return HARMLESS.contains(name) ? value : "…";
    }

    @Override
    public String toString() {
        return text;
    }
}
