package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.http.RedactedUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.HttpUrl;

/**
 * One file of a locked package: a wheel, or a source distribution, which is never built.
 *
 * @param size in bytes, where the lock or the index tells it
 * @param notes what an index says of it
 */
public record LockedFile(String fileName, Digest sha256, OptionalLong size, FileLocation location, IndexNotes notes) {

    /** A file of which no index was asked. */
    public LockedFile(String fileName, Digest sha256, OptionalLong size, FileLocation location) {
        this(fileName, sha256, size, location, IndexNotes.NONE);
    }

    /** A file of a lock, named by its URL's last segment, in which {@code %2B} stands for {@code +}. */
    public static LockedFile of(String url, Digest sha256, OptionalLong size) {
        return new LockedFile(fileNameOf(url), sha256, size, new FileLocation.Url(url));
    }

    /**
     * A wheel on this machine, by the digest of its bytes.
     *
     * @param fileName the name that it was built under
     */
    static LockedFile on(Disk disk, Path wheel, String fileName) {
        try {
            return new LockedFile(
                    fileName, disk.digest(wheel), OptionalLong.of(disk.size(wheel)), new FileLocation.Local(wheel));
        } catch (IOException e) {
            throw BuildRefused.because("The wheel " + wheel + " cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    /** The same file under the name that the lock gives it. */
    LockedFile named(String name) {
        return new LockedFile(name, sha256, size, location, notes);
    }

    public boolean isWheel() {
        return fileName.endsWith(".whl");
    }

    /** The URL itself; one that is not plain HTTP(S), or holds credentials, is refused. */
    public static String checkedUrl(String url) {
        fileNameOf(url);
        return url;
    }

    /** The name of the file behind a URL; a URL that is not plain HTTP(S), or holds credentials, is refused. */
    static String fileNameOf(String url) {
        Optional<String> plain = PlainUrl.fileName(url);
        if (plain.isPresent()) {
            return plain.get();
        }
        List<String> path = parse(url).pathSegments();
        String name = path.get(path.size() - 1);
        if (name.isEmpty()) {
            throw BuildRefused.because("The URL " + RedactedUrl.of(url) + " names no file.");
        }
        return name;
    }

    private static HttpUrl parse(String url) {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            throw BuildRefused.because("The URL " + RedactedUrl.of(url) + " is not an HTTP or HTTPS URL.")
                    .todo("lock the file from an index that serves it over HTTPS");
        }
        if (!parsed.encodedUsername().isEmpty() || !parsed.encodedPassword().isEmpty()) {
            throw BuildRefused.because("The URL of a file on " + parsed.host() + " holds credentials.")
                    .why("a lock file is committed and shared; credentials in it are known to all its readers")
                    .todo("remove them from the index's URL, change the password, and lock again");
        }
        return parsed;
    }
}
