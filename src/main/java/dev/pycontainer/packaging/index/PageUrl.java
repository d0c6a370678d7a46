package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import okhttp3.HttpUrl;

/** The URLs of a page's files: "Each URL may be absolute or relative" to the page. */
final class PageUrl {

    private PageUrl() {}

    static String resolve(String page, String link) {
        HttpUrl resolved = HttpUrl.get(page).resolve(link);
        if (resolved == null) {
            throw BuildRefused.because("The index's page has a file whose URL is not an HTTP or HTTPS URL.");
        }
        return resolved.newBuilder().fragment(null).build().toString();
    }
}
