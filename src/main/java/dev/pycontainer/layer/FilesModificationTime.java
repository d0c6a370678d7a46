package dev.pycontainer.layer;

import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The modification time that files of the project get in the image.
 *
 * <p>One constant time for all would make two versions of a file look the same to what compares times and sizes, such as
 * the ETag of a static file or the check of a {@code .pyc}; the time of the building machine's file would make two builds
 * differ. So the default derives the time from the content.
 */
public final class FilesModificationTime {

    /** 1980-01-01T00:00:00Z plus the first 8 bytes of the content's SHA-256, unsigned, modulo 2^29 seconds. */
    public static final FilesModificationTime FROM_CONTENT = new FilesModificationTime(null);

    private static final int DIGITS_OF_8_BYTES = 16;
    private static final long SECONDS = 1L << 29;

    private final @Nullable Long fixed;

    private FilesModificationTime(@Nullable Long fixed) {
        this.fixed = fixed;
    }

    /** One time for all files, directories and links, an ISO 8601 date and time with its offset. */
    public static FilesModificationTime parse(String text) {
        try {
            long seconds = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toEpochSecond();
            return new FilesModificationTime(seconds);
        } catch (DateTimeException e) {
            throw BuildRefused.because("\"" + text + "\" is not a time with an offset.")
                    .todo("write it as 2026-01-31T12:00:00Z")
                    .causedBy(e);
        }
    }

    /** Of a file, in seconds since 1970. */
    long ofFile(Digest content) {
        if (fixed != null) {
            return fixed;
        }
        BigInteger head = new BigInteger(content.hex().substring(0, DIGITS_OF_8_BYTES), 16);
        return EntryHeader.CONSTANT_TIME + head.mod(BigInteger.valueOf(SECONDS)).longValueExact();
    }

    /** Of a directory or link, in seconds since 1970. */
    long ofOthers() {
        return fixed == null ? EntryHeader.CONSTANT_TIME : fixed;
    }

    /** As the inputs of a layer name it. */
    @Override
    public String toString() {
        return fixed == null ? "content" : Long.toString(fixed);
    }
}
