package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BoundedInputStream;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.http.Body;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.RedactedUrl;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.Response;

/** Sees to it that the store holds one wheel: nothing is asked where it does; else its bytes are verified as they come. */
public final class DownloadWheel {

    /** For wheels whose size nobody tells: far above any real one, and below what fills a disk. */
    private static final long SIZE_LIMIT = 16L << 30;

    private final Http http;
    private final BlobStore store;
    private final Tally tally;

    public DownloadWheel(Http http, BlobStore store, Tally tally) {
        this.http = http;
        this.store = store;
        this.tally = tally;
    }

    /** The wheel with its bytes in the store; every failure is a refusal that names the wheel and where it should be. */
    public DownloadedWheel of(SelectedWheel wheel) {
        String place = "wheel " + wheel.fileName();
        try {
            Optional<Blob> held = wheel.size().isPresent()
                    ? store.find(wheel.sha256(), wheel.size().getAsLong())
                    : store.find(wheel.sha256());
            return held.isPresent()
                    ? new DownloadedWheel(wheel, held.get(), false)
                    : new DownloadedWheel(wheel, fetched(wheel), true);
        } catch (IOException e) {
            throw BuildRefused.because("The cache cannot take in " + wheel.fileName() + ".")
                    .why(String.valueOf(e.getMessage()))
                    .todo("check the cache directory's space and permissions")
                    .causedBy(e)
                    .in(place);
        } catch (BuildRefused refused) {
            throw refused.in(place);
        }
    }

    private Blob fetched(SelectedWheel wheel) throws IOException {
        if (wheel.location() instanceof FileLocation.Url url) {
            return fetched(wheel, url.url());
        }
        if (wheel.location() instanceof FileLocation.Local local) {
            return copied(wheel, local.path());
        }
        throw new IllegalStateException("a selected wheel is somewhere");
    }

    private Blob copied(SelectedWheel wheel, Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return store.keep(in, wheel.sha256(), wheel.size().orElse(-1), wheel.fileName());
        } catch (NoSuchFileException absent) {
            throw BuildRefused.because("The wheel " + path + " does not exist.")
                    .why("the lock, or a directory of wheels, named it")
                    .todo("put it back, or lock again")
                    .causedBy(absent);
        } catch (ContentMismatch mismatch) {
            throw mismatch.todo("lock again, if the file was rightly changed").in(path.toString());
        }
    }

    private Blob fetched(SelectedWheel wheel, String url) throws IOException {
        Request request = new Request.Builder().url(url).build();
        try (Response response = http.send(request)) {
            if (response.code() != 200) {
                throw refused(wheel, response.code()).in(RedactedUrl.of(url).toString());
            }
            Blob blob = kept(wheel, url, response);
            tally.count(Work.FILES_DOWNLOADED);
            return blob;
        }
    }

    private Blob kept(SelectedWheel wheel, String url, Response response) throws IOException {
        try (InputStream in = new BoundedInputStream(Body.stream(response), SIZE_LIMIT, wheel.fileName())) {
            return store.keep(in, wheel.sha256(), wheel.size().orElse(-1), wheel.fileName());
        } catch (ContentMismatch mismatch) {
            throw mismatch.todo("run the build again; if it stays so, the index serves other bytes than were locked:"
                            + " find out why before locking again")
                    .in(RedactedUrl.of(url).toString());
        }
    }

    private static BuildRefused refused(SelectedWheel wheel, int status) {
        BuildRefused refused = BuildRefused.because(wheel.fileName() + " cannot be downloaded.")
                .why("its host answered " + status);
        return switch (status) {
            case 404, 410 -> refused.todo("lock again: the file is no longer where the lock or the index says");
            case 401, 403 ->
                refused.todo("lock from an index that needs no credentials: those for indexes cannot be given yet");
            default -> refused.todo("run the build again later");
        };
    }
}
