package dev.pycontainer.testkit;

import com.github.luben.zstd.ZstdInputStream;
import dev.pycontainer.oci.Layer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** A layer as another tar reader sees it. */
public final class LayerEntries {

    /** The first byte of a zstd frame. */
    private static final int ZSTD = 0x28;

    private final List<String> lines = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final Map<String, Long> times = new LinkedHashMap<>();

    private LayerEntries() {}

    public static LayerEntries of(Layer layer) throws IOException {
        try (InputStream blob = layer.open()) {
            return of(blob);
        }
    }

    /** Of a blob's file. */
    public static LayerEntries of(Path blob) throws IOException {
        try (InputStream in = Files.newInputStream(blob)) {
            return of(in);
        }
    }

    private static LayerEntries of(InputStream blob) throws IOException {
        LayerEntries entries = new LayerEntries();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(unpacked(blob), "UTF-8")) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                entries.add(entry, tar.readAllBytes());
            }
        }
        return entries;
    }

    private static InputStream unpacked(InputStream blob) throws IOException {
        BufferedInputStream in = new BufferedInputStream(blob);
        in.mark(1);
        int first = in.read();
        in.reset();
        return first == ZSTD
                ? new ZstdInputStream(in)
                : GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .get();
    }

    private void add(TarArchiveEntry entry, byte[] content) {
        String path = entry.getName().replaceFirst("/$", "");
        String type = entry.isDirectory() ? "d" : entry.isSymbolicLink() ? "l" : "f";
        lines.add("%s %04o %d:%d %s%s"
                .formatted(
                        type,
                        entry.getMode() & 07777,
                        entry.getLongUserId(),
                        entry.getLongGroupId(),
                        path,
                        entry.isSymbolicLink() ? " -> " + entry.getLinkName() : ""));
        paths.add(path);
        contents.put(path, content);
        times.put(path, entry.getLastModifiedTime().toMillis() / 1000);
    }

    /** One line for each entry, such as {@code d 0755 0:0 opt/venv/lib}. */
    public List<String> lines() {
        return lines;
    }

    public List<String> paths() {
        return paths;
    }

    public String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    public byte[] bytes(String path) {
        byte[] content = contents.get(path);
        if (content == null) {
            throw new AssertionError("no " + path + " among " + paths);
        }
        return content;
    }

    /** In seconds since 1970. */
    public long time(String path) {
        return times.get(path);
    }
}
