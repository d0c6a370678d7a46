package dev.pycontainer.packaging.wheel;

import dev.pycontainer.content.BuildRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The file RECORD: "Recording installed projects", "The RECORD file".
 *
 * <p>"The file is … a CSV file containing one line (record) per installed file. The CSV dialect must be readable with
 * the default reader of Python's csv module: field delimiter: {@code ,}, quoting char: {@code "}, line terminator: either
 * {@code \r\n} or {@code \n}."
 */
final class RecordFile {

    private static final Pattern BEFORE_PATH = Pattern.compile("^(?:\\./|/)+");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");

    private RecordFile() {}

    /** The rows by path, in the file's order; a path that stands twice is refused. */
    static Map<String, RecordRow> parse(byte[] content) {
        Map<String, RecordRow> rows = new LinkedHashMap<>();
        // A decoder of its own refuses what is not UTF-8.
        try (CSVParser csv = CSVFormat.DEFAULT.parse(
                new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.UTF_8.newDecoder()))) {
            for (CSVRecord line : csv) {
                RecordRow row = row(line);
                if (rows.put(row.path(), row) != null) {
                    throw BuildRefused.because("RECORD lists " + row.path() + " twice.");
                }
            }
        } catch (IOException | UncheckedIOException e) {
            boolean isText =
                    !(e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException);
            throw BuildRefused.because(isText ? "RECORD is not a CSV file." : "RECORD is not UTF-8.")
                    .causedBy(e);
        }
        return rows;
    }

    private static RecordRow row(CSVRecord line) {
        // "Each record is composed of three elements: the file's path, the hash of the contents, and its size."
        if (line.size() != 3) {
            throw BuildRefused.because("RECORD has a line that is not path, hash and size.")
                    .why("line " + line.getRecordNumber() + " has " + line.size() + " fields");
        }
        // In the wild: the wheel of selenium 4.1.0 lists "/selenium/…", others "./…"; uv's reader drops both too.
        String path = BEFORE_PATH.matcher(line.get(0)).replaceFirst("");
        String hash = line.get(1);
        return new RecordRow(
                path, hash.isEmpty() ? Optional.empty() : Optional.of(RecordHash.parse(hash)), size(path, line.get(2)));
    }

    private static OptionalLong size(String path, String text) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!SIZE.matcher(text).matches()) {
            throw BuildRefused.because("RECORD gives " + path + " the size \"" + text + "\".");
        }
        return OptionalLong.of(Long.parseLong(text));
    }
}
