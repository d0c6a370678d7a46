package dev.pycontainer.packaging.index;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Pages as the index gave them, by their URL, to be asked for again only if they have changed (RFC 9110, 13.1.2). */
record RememberedPages(Remembered remembered) {

    private static final String KIND = "index-page";

    /** Larger pages are rare, and would fill the cache with what is seldom asked for twice. */
    private static final int LIMIT = 8 << 20;

    /**
     * @param tag the entity tag under which the index knows this form
     * @param url of the page, after redirects: relative URLs begin there
     */
    @SuppressWarnings("ArrayRecordComponent") // pages are never compared
    record Page(String tag, String contentType, String url, byte[] body) {}

    Optional<Page> find(String url) throws IOException {
        Optional<byte[]> entry = remembered.recall(KIND, Digest.of(url));
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        JsonNode page = Json.readObject(entry.get(), "A remembered page");
        return Optional.of(new Page(
                page.path("tag").stringValue(),
                page.path("type").stringValue(),
                page.path("url").stringValue(),
                page.path("body").binaryValue()));
    }

    void keep(String url, Page page) throws IOException {
        if (page.tag.isEmpty() || page.body.length > LIMIT) {
            return;
        }
        remembered.keep(
                KIND,
                Digest.of(url),
                Json.compact(Json.object()
                        .put("tag", page.tag)
                        .put("type", page.contentType)
                        .put("url", page.url)
                        .put("body", page.body)));
    }
}
