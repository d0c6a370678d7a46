package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an archive says of one of its distributions, as in Debian's repository format, "Release" files: signed, so that what
 * it names by hash is proved too.
 *
 * <p>Can be had only from {@link FetchRelease}, which has seen a good signature.
 *
 * @param distribution the directory below {@code dists} that it is of, such as {@code trixie-security}
 * @param date when it was made
 * @param validUntil from when on it is not to be believed
 * @param isByHash whether its files can be had under their hashes, where no update of the mirror moves them
 * @param files by their paths below the distribution's directory
 */
record Release(
        String distribution,
        Instant date,
        Optional<Instant> validUntil,
        boolean isByHash,
        Map<String, IndexFile> files) {

    private static final Pattern FILE = Pattern.compile("([0-9a-f]{64})[ \\t]+([0-9]{1,18})[ \\t]+(\\S+)");

    /** @param size in bytes */
    record IndexFile(long size, Digest sha256) {}

    Release {
        files = Map.copyOf(files);
    }

    /** Reads a signed text; one of another distribution is refused. */
    static Release parse(String text, String distribution) {
        ControlParagraph fields;
        try {
            fields = ReadControl.only(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "the release of " + distribution);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String codename = fields.simple("Codename").orElse("");
        if (!codename.equals(distribution)) {
            throw BuildRefused.because("The file is the release of another distribution.")
                    .why("its codename is \"" + codename + "\", \"" + distribution + "\" was asked for")
                    .todo("set from.debian.mirror to a mirror of the whole archive");
        }
        return new Release(
                distribution,
                time("Date", fields.required("Date")),
                fields.simple("Valid-Until").map(until -> time("Valid-Until", until)),
                fields.simple("Acquire-By-Hash").filter("yes"::equals).isPresent(),
                files(fields));
    }

    private static Map<String, IndexFile> files(ControlParagraph fields) {
        Map<String, IndexFile> files = new HashMap<>();
        for (String line : fields.lines("SHA256")) {
            Matcher file = FILE.matcher(line);
            if (!file.matches()) {
                throw BuildRefused.because("A line of the release's SHA256 names no file.")
                        .why("it is `" + line + "`");
            }
            IndexFile read = new IndexFile(Long.parseLong(file.group(2)), new Digest(file.group(1)));
            IndexFile other = files.put(file.group(3), read);
            if (other != null && !other.equals(read)) {
                throw BuildRefused.because("The release names the file " + file.group(3) + " twice, with two hashes.");
            }
        }
        return files;
    }

    // "the same format as the Date field" of changelogs in UTC; a zone's name is "UTC" there, which RFC 1123 has not.
    private static Instant time(String field, String text) {
        try {
            return ZonedDateTime.parse(text.replace("UTC", "GMT"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw BuildRefused.because("The release's " + field + " is no date.")
                    .why("it is `" + text + "`")
                    .causedBy(e);
        }
    }
}
