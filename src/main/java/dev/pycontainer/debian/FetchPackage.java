package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Sees to it that the store holds one package: nothing is asked where it does; else its bytes are verified as they come. */
public final class FetchPackage {

    private final Mirrors mirrors;
    private final BlobStore store;
    private final Tally tally;

    /** @param mirrors asked one after the other, the next where one does not have the file */
    public FetchPackage(Mirrors mirrors, BlobStore store, Tally tally) {
        this.mirrors = mirrors;
        this.store = store;
        this.tally = tally;
    }

    /**
     * @param name the package with its version, for messages
     * @param file where it lies on a mirror, and which bytes it has
     */
    public Blob of(String name, PackageFile file) throws IOException {
        return store.findOrFetch(file.sha256(), file.size(), () -> fetched(name, file));
    }

    private Blob fetched(String name, PackageFile file) throws IOException {
        List<Mirror> asked = mirrors.inOrderFor(file);
        for (Mirror mirror : asked) {
            Optional<Blob> fetched = fetched(mirror, name, file);
            if (fetched.isPresent()) {
                tally.count(Work.FILES_DOWNLOADED);
                return fetched.get();
            }
        }
        throw BuildRefused.because("The Debian package " + name + " is no longer on the mirror.")
                .why("none of " + asked + " has " + file.path()
                        + "; an archive keeps a version until the next one replaces it")
                .todo("run the goal lock to take the versions of today, or add a mirror that keeps old ones to"
                        + " from.debian.fallbacks");
    }

    private Optional<Blob> fetched(Mirror mirror, String name, PackageFile file) throws IOException {
        try {
            return mirror.find(file.path(), in -> store.keep(in, file.sha256(), file.size(), name));
        } catch (ContentMismatch mismatch) {
            throw mismatch.todo(
                    "run the build again; if it stays so, the mirror serves other bytes than Debian signed");
        }
    }
}
