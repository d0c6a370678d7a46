package dev.pycontainer.archive;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The table of contents of an eStargz layer, JSON: "eStargz: Standard-Compatible Extension to Container Image Layers for Lazy
 * Pulling", section "TOC, TOCEntries and Footer".
 *
 * <p>An entry is added when all of it is judged, by the thread that judges, and is held deflated from then on.
 */
final class EstargzToc {

    private static final Map<Character, String> TYPES = Map.of('0', "reg", '5', "dir", '1', "hardlink", '2', "symlink");
    private static final Digest EMPTY = Digest.of("");

    private final DeflatedBytes json = new DeflatedBytes();
    private boolean begun;

    /** Adds an entry without content when it is its turn. */
    ContentCheck bare(LayerEntry entry) {
        return new AtEnd(() -> {
            ObjectNode node = node(entry);
            if (entry.type() == '0') {
                node.put("digest", EMPTY.toString());
            }
            add(node);
        });
    }

    /**
     * Adds a file with content when it is its turn.
     *
     * @param check judges the content
     */
    TocFile file(LayerEntry entry, ContentCheck check) {
        return new TocFile(entry, check, this);
    }

    /** A chunk of a file: where its gzip member begins in the layer, and what it holds. */
    record Chunk(long offset, long size, Digest digest) {}

    void add(LayerEntry entry, Digest digest, List<Chunk> chunks) {
        long chunkOffset = 0;
        for (Chunk chunk : chunks) {
            boolean isFirst = chunkOffset == 0;
            boolean isLast = chunkOffset + chunk.size == entry.size();
            ObjectNode node = isFirst
                    ? node(entry)
                    : Json.object().put("name", entry.path()).put("type", "chunk");
            node.put("offset", chunk.offset);
            if (isFirst) {
                node.put("digest", digest.toString());
            } else {
                node.put("chunkOffset", chunkOffset);
            }
            // "The last chunk in a reg file or reg file that isn't chunked MUST set this property to zero."
            if (!isLast) {
                node.put("chunkSize", chunk.size);
            }
            add(node.put("chunkDigest", chunk.digest.toString()));
            chunkOffset += chunk.size;
        }
    }

    /** The complete table. */
    DeflatedBytes end() {
        write("]}");
        return json;
    }

    private void add(ObjectNode node) {
        write(begun ? "," : "{\"version\":1,\"entries\":[");
        begun = true;
        json.write(Json.compact(node));
    }

    private void write(String text) {
        json.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode node(LayerEntry entry) {
        EntryHeader header = entry.header();
        ObjectNode node = Json.object();
        node.put("name", entry.type() == '5' ? entry.path() + "/" : entry.path());
        node.put("type", TYPES.get(entry.type()));
        if (entry.size() > 0) {
            node.put("size", entry.size());
        }
        node.put("modtime", Instant.ofEpochSecond(header.mtime()).toString());
        if (!entry.target().isEmpty()) {
            node.put("linkName", entry.target());
        }
        return node.put("mode", header.mode()).put("uid", header.uid()).put("gid", header.gid());
    }
}
