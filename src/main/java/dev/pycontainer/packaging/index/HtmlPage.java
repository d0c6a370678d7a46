package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.HttpUrl;

/**
 * The HTML form of a project's page: simple repository API, "Base HTML API" (PEP 503, PEP 592, PEP 629, PEP 792).
 *
 * <p>Read because indexes and the mirrors before them answer with it even where JSON was asked for.
 */
final class HtmlPage {

    private static final String SHA256 = "sha256=";

    private HtmlPage() {}

    static List<IndexFile> read(byte[] body, String pageUrl) {
        List<IndexFile> files = new ArrayList<>();
        String base = pageUrl;
        String status = "";
        String reason = "";
        for (HtmlTag tag : HtmlTag.allOf(new String(body, StandardCharsets.UTF_8))) {
            Optional<String> href = tag.attribute("href");
            if (tag.name().equals("base") && href.isPresent()) {
                base = PageUrl.resolve(pageUrl, href.get())
                        .map(HttpUrl::toString)
                        .orElse(base);
            } else if (tag.name().equals("a") && href.isPresent()) {
                // A page may hold other links than those to files; none of them has a hash of the lock.
                PageUrl.resolve(base, href.get())
                        .map(url -> file(tag, url, href.get()))
                        .ifPresent(files::add);
            } else if (tag.name().equals("meta")) {
                String content = tag.attribute("content").orElse("");
                switch (tag.attribute("name").orElse("")) {
                    case "pypi:repository-version" -> checkVersion(content);
                    case "pypi:project-status" -> status = content;
                    case "pypi:project-status-reason" -> reason = content;
                    default -> {
                        // Any page may say other things of itself.
                    }
                }
            }
        }
        ProjectStatus.check(status, reason);
        return files;
    }

    // PEP 629: "If the major version is greater than expected, then the client SHOULD hard fail with an error."
    private static void checkVersion(String version) {
        if (!version.startsWith("1.")) {
            throw BuildRefused.because("The index speaks version \"" + version + "\" of the simple API.")
                    .why("version 1 can be read");
        }
    }

    // "a number of anchor elements [...]; The href attribute MUST be a URL that links to the location of the file for
    // download, and the text of the anchor tag MUST match the final path component (the filename) of the URL."
    private static IndexFile file(HtmlTag anchor, HttpUrl url, String href) {
        List<String> path = url.pathSegments();
        // "The URL SHOULD include a hash in the form of a URL fragment: #<hashname>=<hashvalue>"
        String fragment = href.substring(href.indexOf('#') + 1);
        return new IndexFile(
                path.get(path.size() - 1),
                url.toString(),
                fragment.startsWith(SHA256) ? IndexFile.sha256(fragment.substring(SHA256.length())) : Optional.empty(),
                OptionalLong.empty(),
                anchor.attribute("data-yanked"));
    }
}
