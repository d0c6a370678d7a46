package dev.pycontainer.packaging.wheel;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Lines;
import dev.pycontainer.content.Utf8Order;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * The RECORD that an installation leaves: its rows in the order of their paths' UTF-8 bytes, each line ended by {@code \n}.
 *
 * <p>There may be very many: a row is made whenever it is asked for, and the bytes are held nowhere.
 */
final class RecordLines {

    private final List<Supplier<RecordRow>> rows;
    private final long size;
    private final RecordHash hash;

    private RecordLines(List<Supplier<RecordRow>> rows, long size, RecordHash hash) {
        this.rows = rows;
        this.size = size;
        this.hash = hash;
    }

    static RecordLines of(Collection<Supplier<RecordRow>> rows) {
        List<Supplier<RecordRow>> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(row -> row.get().path(), Utf8Order.INSTANCE));
        MessageDigest sha256 = Digest.sha256();
        long size = 0;
        for (Supplier<RecordRow> row : sorted) {
            byte[] line = Lines.line(text(row));
            sha256.update(line);
            size += line.length;
        }
        return new RecordLines(sorted, size, RecordHash.ofHash("sha256", sha256.digest()));
    }

    private static String text(Supplier<RecordRow> row) {
        return row.get().toString();
    }

    /** In bytes. */
    long size() {
        return size;
    }

    RecordHash hash() {
        return hash;
    }

    /** The bytes; the stream need not be closed. */
    InputStream open() {
        return Lines.input(rows, RecordLines::text);
    }
}
