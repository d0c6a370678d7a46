package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.RedactedUrl;
import okhttp3.HttpUrl;

/** The URL of an index as a lock or a project names it. */
final class IndexUrl {

    private IndexUrl() {}

    /** The URL without user name and password, which belong to whoever asks; what is not HTTP(S) is refused. */
    static String of(String text) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            throw BuildRefused.because("The index's URL " + RedactedUrl.of(text) + " is not an HTTP or HTTPS URL.")
                    .todo("lock from an index that is served over HTTPS");
        }
        return url.newBuilder().username("").password("").fragment(null).build().toString();
    }
}
