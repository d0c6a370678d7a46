package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.packaging.lock.IndexNotes;
import dev.pycontainer.packaging.lock.ServedMetadata;
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
        IndexPage.checkVersion(page.at("/meta/api-version").asString(""));
        ProjectStatus.check(
                page.at("/project-status/status").asString(""),
                page.at("/project-status/reason").asString(""));
        if (!page.path("files").isArray()) {
            throw BuildRefused.because("The index's page lists no files.")
                    .why("its \"files\" is " + (page.has("files") ? "not an array" : "missing"));
        }
        List<IndexFile> files = new ArrayList<>();
        for (JsonNode file : page.path("files")) {
            files.add(file(file, url));
        }
        return files;
    }

    private static IndexFile file(JsonNode file, String pageUrl) {
        String name = file.path("filename").asString("");
        if (!file.path("filename").isString() || name.isEmpty()) {
            throw BuildRefused.because("The index's page has a file without a name.")
                    .why("its \"filename\" is " + (file.has("filename") ? "no text, or empty" : "missing"));
        }
        try {
            return new IndexFile(name, url(file.path("url"), pageUrl), sha256(file), size(file), notes(file));
        } catch (BuildRefused refused) {
            throw refused.in("file " + IndexWords.shown(name));
        }
    }

    private static String url(JsonNode url, String pageUrl) {
        return Optional.of(url)
                .filter(JsonNode::isString)
                .flatMap(text -> PageUrl.resolve(pageUrl, text.stringValue()))
                .map(HttpUrl::toString)
                .orElseThrow(() -> BuildRefused.because("The index's page has a file without an HTTP or HTTPS URL.")
                        .why("its \"url\" is " + (url.isMissingNode() ? "missing" : "something else")));
    }

    // "hashes: A dictionary mapping a hash name to a hex encoded digest of the file"; one without SHA-256 is legal.
    private static Optional<Digest> sha256(JsonNode file) {
        JsonNode hashes = file.path("hashes");
        JsonNode sha256 = hashes.path("sha256");
        if (!hashes.isObject() || !(sha256.isString() || sha256.isNull() || sha256.isMissingNode())) {
            throw BuildRefused.because("The index's page has a file without hashes.")
                    .why("its \"hashes\" is "
                            + (hashes.isMissingNode() ? "missing" : "not an object that maps names to hex digits"));
        }
        return IndexFile.sha256(sha256.asString(""));
    }

    // PEP 700: "size: This field is mandatory. It MUST contain an integer which is the file size in bytes"; in the wild
    // pages of version 1.1 and later lack it.
    private static OptionalLong size(JsonNode file) {
        JsonNode size = file.path("size");
        if (size.isMissingNode() || size.isNull()) {
            return OptionalLong.empty();
        }
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
            throw BuildRefused.because("The index's page has a file with an impossible size.")
                    .why("its \"size\" is not a number of bytes");
        }
        return OptionalLong.of(size.longValue());
    }

    private static IndexNotes notes(JsonNode file) {
        JsonNode requiresPython = file.path("requires-python");
        return IndexFile.notes(
                yanked(file),
                requiresPython.isString() ? Optional.of(requiresPython.stringValue()) : Optional.empty(),
                metadata(file.has("core-metadata") ? file.path("core-metadata") : file.path("dist-info-metadata")));
    }

    // PEP 714: "core-metadata" goes before "dist-info-metadata"; "a boolean to indicate if the file has an associated
    // metadata file, or a dictionary mapping hash names to a hex encoded digest of the metadata's hash".
    private static Optional<ServedMetadata> metadata(JsonNode metadata) {
        boolean isServed = metadata.isObject() || (metadata.isBoolean() && metadata.booleanValue());
        return isServed
                ? Optional.of(new ServedMetadata(
                        IndexFile.sha256(metadata.path("sha256").asString(""))))
                : Optional.empty();
    }

    // "Either a boolean to indicate if the file has been yanked, or a non empty, but otherwise arbitrary, string".
    private static Optional<String> yanked(JsonNode file) {
        JsonNode yanked = file.path("yanked");
        if (yanked.isString()) {
            return Optional.of(yanked.stringValue());
        }
        if (!yanked.isMissingNode() && !yanked.isNull() && !yanked.isBoolean()) {
            throw BuildRefused.because("The index's page does not tell clearly whether a file was yanked.")
                    .why("its \"yanked\" is neither true nor false nor a reason");
        }
        return yanked.isBoolean() && yanked.booleanValue() ? Optional.of("") : Optional.empty();
    }
}
