package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BoundedInputStream;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.http.Attempt;
import dev.pycontainer.http.Download;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.RedactedUrl;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Flights;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** Sees to it that the store holds one wheel: nothing is asked where it does; else its bytes are verified as they come. */
public final class DownloadWheel {

    /** For wheels whose size nobody tells: far above any real one, and below what fills a disk. */
    private static final long SIZE_LIMIT = 16L << 30;

    /** What an index has answered is remembered by the hashes that were asked for, which locking again may not change. */
    static final String GONE = "lock again, or, if it was the index that told the address, delete"
            + " remembered/index-files in the cache: the file is no longer there";

    private final Disk disk;
    private final Download download;
    private final Logins logins;
    private final BlobStore store;
    private final PipCache pip;
    private final DownloadEvents events;
    private final Tally tally;

    /** @param pip asked before the network is */
    public DownloadWheel(
            Disk disk, Http http, Logins logins, BlobStore store, PipCache pip, DownloadEvents events, Tally tally) {
        this.disk = disk;
        this.download = new Download(http);
        this.logins = logins;
        this.store = store;
        this.pip = pip;
        this.events = events;
        this.tally = tally;
    }

    /** The wheel with its bytes in the store; every failure is a refusal that names the wheel and where it should be. */
    public DownloadedWheel of(SelectedWheel wheel) {
        String place = "wheel " + wheel.fileName();
        try {
            return store.flights()
                    .once(
                            Flights.Kind.FILE,
                            wheel.sha256(),
                            () -> held(wheel),
                            () -> new DownloadedWheel(wheel, fetched(wheel), true));
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

    private Optional<DownloadedWheel> held(SelectedWheel wheel) throws IOException {
        return store.find(wheel.sha256(), wheel.size().orElse(-1)).map(blob -> new DownloadedWheel(wheel, blob, false));
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
        try (InputStream in = disk.open(path)) {
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
        Optional<Blob> kept = keptByPip(wheel, url);
        if (kept.isPresent()) {
            return kept.get();
        }
        HttpUrl asked = HttpUrl.get(url);
        try {
            Blob blob = download.of(
                    logins.request(asked).build(), response -> refused(wheel, asked, response), in -> kept(wheel, in));
            tally.count(Work.FILES_DOWNLOADED);
            return blob;
        } catch (ContentMismatch mismatch) {
            throw mismatch.todo("run the build again; if it stays so, the index serves other bytes than were locked:"
                            + " find out why before locking again")
                    .in(RedactedUrl.of(url).toString());
        } finally {
            events.ended(wheel.fileName());
        }
    }

    private Blob kept(SelectedWheel wheel, InputStream in) throws IOException {
        events.begun(wheel.fileName(), wheel.size());
        InputStream told = new FilterInputStream(in) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                if (count > 0) {
                    events.received(wheel.fileName(), count);
                }
                return count;
            }
        };
        return store.keep(
                new BoundedInputStream(told, SIZE_LIMIT, wheel.fileName()),
                wheel.sha256(),
                wheel.size().orElse(-1),
                wheel.fileName());
    }

    /** What pip has kept is a gift: where it is absent, unreadable or not the wheel, the network has it still. */
    private Optional<Blob> keptByPip(SelectedWheel wheel, String url) {
        Optional<Path> file = pip.find(url);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = PipCache.open(file.get())) {
            return Optional.of(store.keep(in, wheel.sha256(), wheel.size().orElse(-1), wheel.fileName()));
        } catch (IOException | ContentMismatch useless) {
            return Optional.empty();
        }
    }

    private BuildRefused refused(SelectedWheel wheel, HttpUrl asked, Response response) {
        BuildRefused refused = BuildRefused.because(wheel.fileName() + " cannot be downloaded.")
                .why(Attempt.told(response));
        BuildRefused answer = switch (response.code()) {
            case 404, 410 -> refused.todo(GONE);
            case 401, 403 -> logins.refused(asked, response);
            default -> refused.todo("run the build again later");
        };
        return answer.in(RedactedUrl.of(asked).toString());
    }
}
