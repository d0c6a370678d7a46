package dev.pycontainer.packaging.index;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.IndexNotes;
import dev.pycontainer.packaging.lock.LockedFile;
import dev.pycontainer.packaging.lock.ServedMetadata;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an index has answered, kept as JSON by everything that was asked. */
record RememberedFiles(Remembered remembered) {

    private static final String KIND = "index-files";

    Optional<List<LockedFile>> find(Index index, PackageName name, Version version, List<Digest> hashes)
            throws IOException {
        return remembered.recall(KIND, inputs(index, name, version, hashes)).map(RememberedFiles::read);
    }

    void keep(Index index, PackageName name, Version version, List<Digest> hashes, List<LockedFile> files)
            throws IOException {
        remembered.keep(KIND, inputs(index, name, version, hashes), write(files));
    }

    private static Digest inputs(Index index, PackageName name, Version version, List<Digest> hashes) {
        return Digest.of(String.join("\n", index.url().toString(), name.value(), version.toString(), sorted(hashes)));
    }

    private static String sorted(List<Digest> hashes) {
        return hashes.stream().sorted().map(Digest::hex).collect(Collectors.joining(" "));
    }

    private static byte[] write(List<LockedFile> files) {
        ObjectNode tree = Json.object();
        ArrayNode array = tree.putArray("files");
        for (LockedFile file : files) {
            ObjectNode entry = array.addObject()
                    .put("filename", file.fileName())
                    .put("url", urlOf(file))
                    .put("sha256", file.sha256().hex());
            file.size().ifPresent(size -> entry.put("size", size));
            IndexNotes notes = file.notes();
            notes.yanked().ifPresent(reason -> entry.put("yanked", reason));
            notes.requiresPython().ifPresent(pythons -> entry.put("requires-python", pythons.toString()));
            notes.metadata()
                    .ifPresent(metadata -> entry.put(
                            "core-metadata", metadata.sha256().map(Digest::hex).orElse("")));
        }
        return Json.compact(tree);
    }

    private static String urlOf(LockedFile file) {
        if (file.location() instanceof FileLocation.Url url) {
            return url.url();
        }
        throw new IllegalStateException("an index answers with URLs");
    }

    private static List<LockedFile> read(byte[] bytes) {
        List<LockedFile> files = new ArrayList<>();
        for (JsonNode entry : Json.readObject(bytes, "A remembered answer").path("files")) {
            files.add(new LockedFile(
                    entry.path("filename").stringValue(),
                    new Digest(entry.path("sha256").stringValue()),
                    entry.has("size") ? OptionalLong.of(entry.path("size").longValue()) : OptionalLong.empty(),
                    new FileLocation.Url(entry.path("url").stringValue()),
                    new IndexNotes(
                            text(entry, "yanked"),
                            text(entry, "requires-python").map(SpecifierSet::parse),
                            text(entry, "core-metadata").map(hash -> new ServedMetadata(IndexFile.sha256(hash))))));
        }
        return files;
    }

    private static Optional<String> text(JsonNode entry, String key) {
        return entry.has(key) ? Optional.of(entry.path(key).stringValue()) : Optional.empty();
    }
}
