package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
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
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * What a wheel requires, without fetching the wheel: as the wheel says where it is on this machine, else as the METADATA
 * that its index serves beside it ("Serve Distribution Metadata in the Simple Repository API", PEP 658, PEP 714).
 */
public final class ReadRequiresDist {

    private static final String KIND = "wheel-metadata";

    /** Descriptions stand in it too. */
    private static final long LIMIT = 16L << 20;

    private final Http http;
    private final Logins logins;
    private final BlobStore store;
    private final Remembered remembered;

    public ReadRequiresDist(Http http, Logins logins, BlobStore store, Remembered remembered) {
        this.http = http;
        this.logins = logins;
        this.store = store;
        this.remembered = remembered;
    }

    /** What it requires; nothing where neither a wheel nor its index tells. */
    public Optional<List<Requirement>> of(SelectedWheel wheel) {
        String place = "wheel " + wheel.fileName();
        try {
            Optional<Blob> held = store.find(wheel.sha256());
            if (held.isPresent()) {
                return Optional.of(RequiresDist.of(held.get().file()));
            }
            if (wheel.location() instanceof FileLocation.Local local) {
                return Optional.of(RequiresDist.of(local.path()));
            }
            return wheel.notes().metadata().isPresent()
                    ? served(wheel, wheel.notes().metadata().get()).map(RequiresDist::in)
                    : Optional.empty();
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

    private Optional<byte[]> served(SelectedWheel wheel, ServedMetadata served) throws IOException {
        Optional<byte[]> known = remembered.recall(KIND, wheel.sha256());
        if (known.isPresent()) {
            return known;
        }
        Optional<byte[]> read = read(beside(((FileLocation.Url) wheel.location()).url()), served);
        if (read.isPresent()) {
            remembered.keep(KIND, wheel.sha256(), read.get());
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
