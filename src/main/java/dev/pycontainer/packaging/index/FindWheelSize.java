package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.http.Attempt;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.RedactedUrl;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import java.io.IOException;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * Finds the size of a wheel without fetching it: as the lock or the index's page told it, else of the file on this
 * machine, else as the server tells it of its file (RFC 9110, "HEAD").
 */
public final class FindWheelSize {

    private final Disk disk;
    private final Http http;
    private final Logins logins;
    private final BlobStore store;

    public FindWheelSize(Disk disk, Http http, Logins logins, BlobStore store) {
        this.disk = disk;
        this.http = http;
        this.logins = logins;
        this.store = store;
    }

    /** In bytes; a size that nobody tells is refused, since how wheels share layers rests on it. */
    public long of(SelectedWheel wheel) {
        if (wheel.size().isPresent()) {
            return wheel.size().getAsLong();
        }
        String place = "wheel " + wheel.fileName();
        try {
            Optional<Blob> held = store.find(wheel.sha256());
            if (held.isPresent()) {
                return held.get().size();
            }
            return wheel.location() instanceof FileLocation.Local local ? disk.size(local.path()) : told(wheel);
        } catch (IOException e) {
            throw BuildRefused.because("The size of " + wheel.fileName() + " cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .todo("check the wheel's file, and the cache directory's permissions")
                    .causedBy(e)
                    .in(place);
        } catch (BuildRefused refused) {
            throw refused.in(place);
        }
    }

    private long told(SelectedWheel wheel) {
        HttpUrl url = HttpUrl.get(((FileLocation.Url) wheel.location()).url());
        try (Response response = http.send(logins.request(url).head().build())) {
            BuildRefused untold = BuildRefused.because("Nobody tells the size of " + wheel.fileName() + ".")
                    .why("the lock and the index do not, and to HEAD its server answers "
                            + (response.isSuccessful() ? "without Content-Length" : Attempt.told(response)))
                    .in(RedactedUrl.of(url).toString());
            return switch (response.code()) {
                case 401, 403 ->
                    throw logins.refused(url, response).in(RedactedUrl.of(url).toString());
                case 404, 410 -> throw untold.todo(DownloadWheel.GONE);
                default -> length(response).orElseThrow(() -> untold.todo("build once: the cache tells it then"));
            };
        }
    }

    private static Optional<Long> length(Response response) {
        return Optional.ofNullable(response.header("Content-Length"))
                .filter(text -> response.isSuccessful() && text.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }
}
