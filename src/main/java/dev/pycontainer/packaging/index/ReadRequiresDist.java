package dev.pycontainer.packaging.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.http.Attempt;
import dev.pycontainer.http.Body;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.RedactedUrl;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.packaging.lock.ServedMetadata;
import dev.pycontainer.packaging.wheel.RequiresDist;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * What a wheel requires, without fetching the wheel: as the wheel says where it is on this machine, else as the METADATA
 * that its index serves beside it ("Serve Distribution Metadata in the Simple Repository API", PEP 658, PEP 714).
 */
public final class ReadRequiresDist {

    private static final String OF_WHEEL = "wheel-requirements";
    private static final String OF_INDEX = "index-requirements";

    /** Descriptions stand in it too. */
    private static final long LIMIT = 16L << 20;

    private final Disk disk;
    private final Http http;
    private final Logins logins;
    private final BlobStore store;
    private final Remembered remembered;

    public ReadRequiresDist(Disk disk, Http http, Logins logins, BlobStore store, Remembered remembered) {
        this.disk = disk;
        this.http = http;
        this.logins = logins;
        this.store = store;
        this.remembered = remembered;
    }

    /** What it requires; nothing where neither the wheel nor its index tells, which is not asked offline. */
    public Optional<List<Requirement>> told(SelectedWheel wheel) {
        Optional<List<Requirement>> known = known(wheel);
        return known.isPresent()
                ? known
                : reading(
                        wheel,
                        () -> wheel.notes().metadata().isPresent()
                                ? served(wheel, wheel.notes().metadata().get())
                                : Optional.empty());
    }

    /** What it requires, with nothing asked for; nothing where the wheel is not on this machine. */
    public Optional<List<Requirement>> known(SelectedWheel wheel) {
        return reading(wheel, () -> {
            Optional<byte[]> read = remembered.recall(OF_WHEEL, wheel.sha256());
            if (read.isPresent()) {
                return read.map(ReadRequiresDist::lines);
            }
            Optional<Blob> held = store.find(wheel.sha256());
            if (held.isPresent()) {
                return Optional.of(keep(wheel, held.get().proven()));
            }
            return wheel.location() instanceof FileLocation.Local local
                    ? Optional.of(RequiresDist.of(disk.reading(local.path()), wheel.fileName()))
                    : Optional.empty();
        });
    }

    /** What it requires, as it says itself. */
    public List<Requirement> of(DownloadedWheel wheel) {
        return reading(
                        wheel.wheel(),
                        () -> Optional.of(keep(
                                wheel.wheel(),
                                wheel.isFresh()
                                        ? wheel.blob().file()
                                        : wheel.blob().proven())))
                .orElseThrow();
    }

    private List<String> keep(SelectedWheel wheel, Path proven) throws IOException {
        List<String> lines = RequiresDist.of(proven, wheel.fileName());
        remembered.keep(OF_WHEEL, wheel.sha256(), bytes(lines));
        return lines;
    }

    private static List<String> lines(byte[] bytes) {
        return new String(bytes, UTF_8).lines().toList();
    }

    private static byte[] bytes(List<String> lines) {
        return String.join("\n", lines).getBytes(UTF_8);
    }

    /** Reads the lines of a wheel's requirements. */
    private interface Reader {
        Optional<List<String>> read() throws IOException;
    }

    private static Optional<List<Requirement>> reading(SelectedWheel wheel, Reader reader) {
        String place = "wheel " + wheel.fileName();
        try {
            return reader.read().map(RequiresDist::requirements);
        } catch (IOException e) {
            throw BuildRefused.because("What " + wheel.fileName() + " requires cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .todo("check the wheel's file, and the cache directory's space and permissions")
                    .causedBy(e)
                    .in(place);
        } catch (BuildRefused refused) {
            throw refused.in(place);
        }
    }

    /** Kept apart from what wheels say of themselves, of which an index is no proof. */
    private Optional<List<String>> served(SelectedWheel wheel, ServedMetadata served) throws IOException {
        HttpUrl url = beside(((FileLocation.Url) wheel.location()).url());
        Digest inputs = Digest.of(url.host() + "\n" + wheel.sha256());
        Optional<byte[]> known = remembered.recall(OF_INDEX, inputs);
        if (known.isPresent()) {
            return known.map(ReadRequiresDist::lines);
        }
        if (http.isOffline()) {
            return Optional.empty();
        }
        Optional<List<String>> read = read(url, served).map(RequiresDist::in);
        if (read.isPresent()) {
            remembered.keep(OF_INDEX, inputs, bytes(read.get()));
        }
        return read;
    }

    /** "the location of the metadata file is the location of the distribution [...] with .metadata appended to it". */
    private static HttpUrl beside(String wheel) {
        HttpUrl url = HttpUrl.get(wheel);
        return url.newBuilder().encodedPath(url.encodedPath() + ".metadata").build();
    }

    private Optional<byte[]> read(HttpUrl url, ServedMetadata served) throws IOException {
        String place = RedactedUrl.of(url).toString();
        try (Response response = http.send(logins.request(url).build())) {
            return switch (response.code()) {
                case 200 -> {
                    byte[] metadata = Body.read(response, LIMIT, "The metadata");
                    served.sha256().ifPresent(wanted -> require(wanted, metadata, place));
                    yield Optional.of(metadata);
                }
                case 401, 403 -> throw logins.refused(url, response).in(place);
                // In the wild: mirrors repeat what the page said and have wheels alone.
                case 404, 410 -> Optional.empty();
                default ->
                    throw BuildRefused.because("The wheel's metadata cannot be read.")
                            .why(Attempt.told(response))
                            .todo("run the plan again later")
                            .in(place);
            };
        }
    }

    private static void require(Digest wanted, byte[] metadata, String place) {
        Digest found = Digest.of(metadata);
        if (!found.equals(wanted)) {
            throw ContentMismatch.of("The metadata", "its digest is " + found + " instead of " + wanted)
                    .todo("run the plan again; if it stays so, the index serves other bytes than it promises")
                    .in(place);
        }
    }
}
