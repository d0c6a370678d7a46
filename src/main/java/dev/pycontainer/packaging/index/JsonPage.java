package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.HttpUrl;
import tools.jackson.databind.JsonNode;

/**
 * The JSON form of a project's page: simple repository API, "JSON-based Simple API for Python" (PEP 691, PEP 700,
 * PEP 792).
 */
final class JsonPage {

    private JsonPage() {}

    static List<IndexFile> read(byte[] body, String url) {
        JsonNode page = Json.readObject(body, "The index's page");
        String version = page.at("/meta/api-version").asString("");
        // "if the major version is different, clients MUST error out"
        if (!version.startsWith("1.")) {
            throw BuildRefused.because("The index speaks version \"" + version + "\" of the simple API.")
                    .why("version 1 can be read");
        }
        ProjectStatus.check(
                page.at("/project-status/status").asString(""),
                page.at("/project-status/reason").asString(""));
        List<IndexFile> files = new ArrayList<>();
        for (JsonNode file : page.path("files")) {
            files.add(file(file, url));
        }
        return files;
    }

    private static IndexFile file(JsonNode file, String pageUrl) {
        String name = file.path("filename").asString("");
        Optional<HttpUrl> url = PageUrl.resolve(pageUrl, file.path("url").asString("#"));
        if (name.isEmpty() || url.isEmpty() || !file.has("url")) {
            throw BuildRefused.because("The index's page has a file without a name or an HTTP or HTTPS URL.");
        }
        JsonNode size = file.path("size");
        return new IndexFile(
                name,
                url.get().toString(),
                IndexFile.sha256(file.path("hashes").path("sha256").asString("")),
                size.canConvertToLong() && size.longValue() >= 0
                        ? OptionalLong.of(size.longValue())
                        : OptionalLong.empty(),
                yanked(file.path("yanked")));
    }

    // "Either a boolean to indicate if the file has been yanked, or a non empty, but otherwise arbitrary, string".
    private static Optional<String> yanked(JsonNode yanked) {
        if (yanked.isString()) {
            return Optional.of(yanked.stringValue());
        }
        return yanked.asBoolean(false) ? Optional.of("") : Optional.empty();
    }
}
