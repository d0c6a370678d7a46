package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A project's page in one of the two forms of the simple repository API (PEP 503, PEP 691). */
final class IndexPage {

    static final String JSON = "application/vnd.pypi.simple.v1+json";

    /** What a client of both forms asks for, JSON first: "Version + Format Selection". */
    static final String ACCEPT = JSON + ", application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01";

    private IndexPage() {}

    /**
     * The files of the page, or nothing where the content type is neither form: "clients MUST verify that the
     * Content-Type is one that they support".
     *
     * @param url of the page, after redirects: relative URLs begin there
     */
    static Optional<List<IndexFile>> read(byte[] body, String contentType, String url) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case JSON -> Optional.of(JsonPage.read(body, url));
            case "application/vnd.pypi.simple.v1+html", "text/html" ->
                Optional.of(HtmlPage.read(body, contentType, url));
            default -> Optional.empty();
        };
    }

    // PEP 629, PEP 691: "if the major version is different, clients MUST error out"
    static void checkVersion(String version) {
        if (!version.startsWith("1.")) {
            throw BuildRefused.because(
                            version.isEmpty()
                                    ? "The index's page does not tell its version of the simple API."
                                    : "The index speaks version \"" + IndexWords.shown(version)
                                            + "\" of the simple API.")
                    .why("version 1 can be read")
                    .todo("use an index that speaks version 1, or a mirror that does");
        }
    }
}
