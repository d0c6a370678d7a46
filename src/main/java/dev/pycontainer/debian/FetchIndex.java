package dev.pycontainer.debian;

import dev.pycontainer.archive.PackedStream;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.debian.Release.IndexFile;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has the lists of packages of one release of Debian for one architecture: those of the release itself, of its updates, and
 * of its security updates.
 *
 * <p>What is not new is not asked for: each list is kept by its hash, which the signed release tells.
 */
public final class FetchIndex {

    private static final List<String> FORMS = List.of(".xz", ".gz", "");

    private final Mirrors mirrors;
    private final FetchRelease fetchRelease;
    private final BlobStore store;

    public FetchIndex(Mirrors mirrors, Supplier<ArchiveKeys> keys, Clock clock, BlobStore store) {
        this.mirrors = mirrors;
        this.fetchRelease = new FetchRelease(keys, clock);
        this.store = store;
    }

    private record Part(Mirror mirror, String distribution) {}

    /**
     * @param suite a codename, such as {@code trixie}
     * @param architecture as Debian names it, such as {@code arm64}
     */
    public PackageLists of(String suite, String architecture) throws IOException {
        List<Part> parts = List.of(
                new Part(mirrors.main(), suite),
                new Part(mirrors.main(), suite + "-updates"),
                new Part(mirrors.security(), suite + "-security"));
        return new PackageLists(architecture, InParallel.map(parts, parts.size(), part -> list(part, architecture)));
    }

    private PackageLists.Fetched list(Part part, String architecture) throws IOException {
        Release release = fetchRelease.of(part.mirror(), part.distribution());
        String name = "main/binary-" + architecture + "/Packages";
        for (String form : FORMS) {
            IndexFile file = release.files().get(name + form);
            if (file != null) {
                Blob blob = blob(part.mirror(), release, name + form, file);
                return new PackageLists.Fetched(
                        new PackageList(
                                release.distribution(),
                                () -> PackedStream.open(blob.open(), "Packages" + form, blob.size())),
                        blob.digest());
            }
        }
        throw BuildRefused.because(
                        "The distribution " + release.distribution() + " has no packages for " + architecture + ".")
                .why("its release names no file " + name)
                .in(part.mirror().toString());
    }

    private Blob blob(Mirror mirror, Release release, String path, IndexFile file) throws IOException {
        return store.findOrFetch(file.sha256(), file.size(), () -> fetched(mirror, release, path, file));
    }

    private Blob fetched(Mirror mirror, Release release, String path, IndexFile file) throws IOException {
        String whole = "dists/" + release.distribution() + "/" + path;
        String byHash = whole.substring(0, whole.lastIndexOf('/')) + "/by-hash/SHA256/"
                + file.sha256().hex();
        try {
            Optional<Blob> found = release.isByHash() ? fetched(mirror, byHash, file) : Optional.empty();
            return (found.isPresent() ? found : fetched(mirror, whole, file))
                    .orElseThrow(() -> BuildRefused.because("The mirror does not have its own list of packages.")
                            .why("its release names " + whole)
                            .todo("run the build again later, or set from.debian.mirror to another mirror"));
        } catch (ContentMismatch mismatch) {
            throw mismatch.todo("the mirror is perhaps being updated: run the build again in a few minutes");
        } catch (BuildRefused refused) {
            throw refused.in(mirror.toString());
        }
    }

    private Optional<Blob> fetched(Mirror mirror, String path, IndexFile file) throws IOException {
        return mirror.find(path, in -> store.keep(in, file.sha256(), file.size(), path));
    }
}
