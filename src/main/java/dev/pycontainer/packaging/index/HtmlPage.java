package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.lock.ServedMetadata;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * The HTML form of a project's page: simple repository API, "Base HTML API" (PEP 503, PEP 592, PEP 629, PEP 792).
 *
 * <p>Read because indexes and the mirrors before them answer with it even where JSON was asked for.
 */
final class HtmlPage {

    private static final String SHA256 = "sha256=";

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

    private HtmlPage() {}

    /** @param contentType as the answer gave it: its charset is that of the page */
    static List<IndexFile> read(byte[] body, String contentType, String pageUrl) {
        List<HtmlTag> tags = HtmlTag.allOf(new String(body, charset(contentType)));
        List<IndexFile> files = new ArrayList<>();
        String base = base(tags, pageUrl);
        String status = "";
        String reason = "";
        for (HtmlTag tag : tags) {
            Optional<String> href = tag.attribute("href");
            if (tag.name().equals("a") && href.isPresent()) {
                // A page may hold other links than those to files; none of them has a hash of the lock.
                PageUrl.resolve(base, href.get())
                        .map(url -> file(tag, url, href.get()))
                        .ifPresent(files::add);
            } else if (tag.name().equals("meta")) {
                String content = tag.attribute("content").orElse("");
                switch (tag.attribute("name").orElse("")) {
                    case "pypi:repository-version" -> IndexPage.checkVersion(content);
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

    /** HTML, "The base element": the first one with a URL counts, for all links of the page. */
    private static String base(List<HtmlTag> tags, String pageUrl) {
        return tags.stream()
                .filter(tag -> tag.name().equals("base"))
                .flatMap(tag -> tag.attribute("href").stream())
                .findFirst()
                .flatMap(href -> PageUrl.resolve(pageUrl, href))
                .map(HttpUrl::toString)
                .orElse(pageUrl);
    }

    private static Charset charset(String contentType) {
        Matcher named = CHARSET.matcher(contentType);
        if (!named.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(named.group(1));
        } catch (IllegalArgumentException unknown) {
            throw BuildRefused.because("The index's page is in a charset that is not known.")
                    .why("its content type is " + contentType)
                    .causedBy(unknown);
        }
    }

    // "a number of anchor elements [...]; The href attribute MUST be a URL that links to the location of the file for
    // download, and the text of the anchor tag MUST match the final path component (the filename) of the URL."
    private static IndexFile file(HtmlTag anchor, HttpUrl url, String href) {
        List<String> path = url.pathSegments();
        return new IndexFile(
                path.get(path.size() - 1),
                url.toString(),
                sha256(href),
                OptionalLong.empty(),
                IndexFile.notes(
                        anchor.attribute("data-yanked"), anchor.attribute("data-requires-python"), metadata(anchor)));
    }

    // PEP 714: "data-core-metadata" goes before "data-dist-info-metadata". PEP 658: its value is true, or "of the form
    // <hashname>=<hashvalue>".
    private static Optional<ServedMetadata> metadata(HtmlTag anchor) {
        return anchor.attribute("data-core-metadata")
                .or(() -> anchor.attribute("data-dist-info-metadata"))
                .filter(value -> value.equals("true") || value.contains("="))
                .map(value -> new ServedMetadata(
                        value.startsWith(SHA256)
                                ? IndexFile.sha256(value.substring(SHA256.length()))
                                : Optional.empty()));
    }

    /** "The URL SHOULD include a hash in the form of a URL fragment: #<hashname>=<hashvalue>"; others may be beside it. */
    private static Optional<Digest> sha256(String href) {
        int fragment = href.indexOf('#');
        return Stream.of(href.substring(fragment + 1).split("&", -1))
                .filter(word -> fragment >= 0 && word.startsWith(SHA256))
                .findFirst()
                .flatMap(word -> IndexFile.sha256(word.substring(SHA256.length())));
    }
}
