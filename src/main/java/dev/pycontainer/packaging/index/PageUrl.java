package dev.pycontainer.packaging.index;

import java.util.Optional;
import okhttp3.HttpUrl;

/** The URLs of a page's files: "Each URL may be absolute or relative" to the page. */
final class PageUrl {

    private PageUrl() {}

    /** The absolute URL without its fragment, or nothing where the link leads to no HTTP or HTTPS URL. */
    static Optional<HttpUrl> resolve(String page, String link) {
        HttpUrl resolved = HttpUrl.get(page).resolve(link);
        return Optional.ofNullable(resolved)
                .map(url -> url.newBuilder().fragment(null).build());
    }
}
