package dev.pycontainer.packaging.wheel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pycontainer.packaging.Goldens;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Lines of RECORD and entry points as pypa/installer reads them. */
class InstallerGoldensTest {

    private static final Pattern HASHED = Pattern.compile(
            "(?s).* (?:|sha256=[A-Za-z0-9_-]{43}|sha384=[A-Za-z0-9_-]{64}|sha512=[A-Za-z0-9_-]{86}) -?[0-9]*");

    @Test
    void linesOfRecordAreReadAsInstallerReadsThem() {
        Goldens goldens = new Goldens()
                .knowing(
                        "a hash is sha256 or better, in URL-safe base64 without padding",
                        it -> it.ours().equals(Goldens.REFUSED)
                                && (it.text().contains(" ,")
                                        || !HASHED.matcher(it.theirs()).matches()))
                .knowing(
                        "a size is made of digits, as many as a file can have bytes",
                        it -> it.ours().equals(Goldens.REFUSED) && !it.text().matches("(?s).*,[0-9]{0,18}"))
                .knowing(
                        "a quote ends its field, and blanks behind it are none of it",
                        it -> it.text().matches("(?s) *\"[^,]*\"[^,].*"))
                .knowing(
                        "a backslash is none of a path's slashes",
                        it -> it.text().contains("\\"))
                .knowing(
                        "in the wild: paths that begin with / or ./",
                        it -> it.text().matches("\"?(?:\\./|/).*"))
                .knowing(
                        "a path of nothing is told when no file has it",
                        it -> it.ours().startsWith(" "));
        for (JsonNode row : Goldens.rows("records.jsonl")) {
            String text = row.get(0).stringValue();
            goldens.compare(text, theirs(row), Goldens.orRefused(() -> record(text)));
        }
        goldens.allAreKnown();
    }

    private static String record(String text) {
        return RecordFile.parse(text.getBytes(UTF_8)).values().stream()
                .map(row -> row.path() + " "
                        + row.hash().map(RecordHash::toString).orElse("") + " "
                        + (row.size().isPresent() ? Long.toString(row.size().getAsLong()) : ""))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("\n"), rows -> rows.isEmpty() ? Goldens.REFUSED : rows));
    }

    @Test
    void entryPointsAreReadAsInstallerReadsThem() {
        Goldens goldens = new Goldens()
                .knowing(
                        "a name may hold a hyphen, as for uv: Python itself says what it cannot import",
                        it -> it.theirs().equals(Goldens.REFUSED) && it.text().contains("-"))
                .knowing(
                        "extras stand in one pair of brackets",
                        it -> it.ours().equals(Goldens.REFUSED) && it.text().matches(".*\\[.*[\\[\\]].*"))
                .knowing(
                        "a name is made of letters, digits and _; a figure above the line is none",
                        it -> it.ours().equals(Goldens.REFUSED) && it.text().contains("\u00b2"))
                .knowing("white space is that of ASCII", Goldens::hasOtherWhiteSpace);
        for (JsonNode row : Goldens.rows("entry-points.jsonl")) {
            String text = row.get(0).stringValue();
            goldens.compare(text, theirs(row), Goldens.orRefused(() -> entryPoint(text)));
        }
        goldens.allAreKnown();
    }

    private static String entryPoint(String text) {
        EntryPoint read = EntryPointsFile.scripts(("[console_scripts]\nx = " + text + "\n").getBytes(UTF_8), "3.11")
                .get("x");
        return read.module() + " " + read.attribute();
    }

    private static String theirs(JsonNode row) {
        if (row.get(1).isNull()) {
            return Goldens.REFUSED;
        }
        return row.valueStream().skip(1).map(JsonNode::stringValue).collect(Collectors.joining(" "));
    }
}
