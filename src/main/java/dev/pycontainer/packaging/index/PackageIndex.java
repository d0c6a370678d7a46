package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.http.Http;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.LockedFile;
import dev.pycontainer.packaging.lock.LockedFileSource;
import dev.pycontainer.packaging.lock.LockedFiles;
import dev.pycontainer.packaging.lock.LockedPackage;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The package indexes behind the simple repository API, asked for the files that have certain hashes, or are of a certain
 * version.
 *
 * <p>Answers about hashes are remembered by index, name, version and hashes: a file with a given hash never changes, so
 * that a build with the same lock asks nothing over the network. Of several indexes the first that has such a file
 * answers; without hashes, the first that knows the project.
 */
public final class PackageIndex implements LockedFileSource {

    private static final int AT_ONCE = 4;

    private final ReadPage readPage;
    private final RememberedFiles remembered;
    private final Indexes indexes;

    public PackageIndex(Http http, Remembered remembered, Indexes indexes, Logins logins) {
        this.readPage = new ReadPage(http, logins, new RememberedPages(remembered));
        this.remembered = new RememberedFiles(remembered);
        this.indexes = indexes;
    }

    @Override
    public boolean isMirrored(List<String> named) {
        return indexes.isMirrored(named);
    }

    @Override
    public Map<PackageName, List<LockedFile>> files(List<LockedPackage> packages) {
        List<List<LockedFile>> answers = InParallel.map(packages, AT_ONCE, this::files);
        Map<PackageName, List<LockedFile>> files = new HashMap<>();
        for (int i = 0; i < packages.size(); i++) {
            files.put(packages.get(i).name(), answers.get(i));
        }
        return files;
    }

    private List<LockedFile> files(LockedPackage needed) {
        try {
            Version version = needed.version().orElseThrow();
            List<Index> asked = indexes.forPackage(needed.indexes());
            if (needed.files() instanceof LockedFiles.Hashed hashed) {
                return hashed(asked, needed.name(), version, hashed);
            }
            return needed.files() instanceof LockedFiles.Unhashed ? unhashed(asked, needed.name(), version) : List.of();
        } catch (BuildRefused refused) {
            throw refused.in(needed.place());
        } catch (IOException e) {
            throw BuildRefused.because("The cache cannot be read or written.")
                    .why(String.valueOf(e.getMessage()))
                    .todo("check the cache directory's space and permissions")
                    .causedBy(e)
                    .in(needed.place());
        }
    }

    /**
     * The files that have one of the hashes, in the page's order; yanked files too, with their reason, since "an
     * installer MUST ignore yanked releases […] unless it is the only file that matches" a pin (PEP 592).
     */
    private List<LockedFile> hashed(List<Index> asked, PackageName name, Version version, LockedFiles.Hashed given)
            throws IOException {
        List<Digest> hashes = given.hashes();
        for (Index index : asked) {
            Optional<List<LockedFile>> known = remembered.find(index, name, version, hashes);
            if (known.isPresent()) {
                return known.get();
            }
        }
        List<String> misses = new ArrayList<>();
        int unknown = 0;
        for (Index index : asked) {
            Optional<List<IndexFile>> page = readPage.of(index, name);
            if (page.isEmpty()) {
                misses.add(index + " does not know the package");
                unknown++;
                continue;
            }
            Set<Digest> listed = new HashSet<>(hashes);
            List<LockedFile> files = page.get().stream()
                    .filter(file -> file.sha256().filter(listed::contains).isPresent())
                    .map(file -> locked(file, index, name))
                    .toList();
            if (!files.isEmpty()) {
                remembered.keep(index, name, version, hashes, files);
                return files;
            }
            misses.add("the page of " + index + " lists " + count(page.get().size(), "file")
                    + " of all versions, none with one of the " + count(hashes.size(), "hash")
                    + (page.get().stream().allMatch(file -> file.sha256().isEmpty())
                                    && !page.get().isEmpty()
                            ? ", and without telling any SHA-256"
                            : ""));
        }
        if (unknown == asked.size()) {
            throw unknown(name, asked);
        }
        throw BuildRefused.because(
                        "No index has a file of " + name + " " + version + " with a hash of " + given.giver() + ".")
                .why(String.join("; ", misses))
                .todo(given.advice());
    }

    private List<LockedFile> unhashed(List<Index> asked, PackageName name, Version version) throws IOException {
        for (Index index : asked) {
            Optional<List<IndexFile>> page = readPage.of(index, name);
            if (page.isPresent()) {
                return ofVersion(page.get(), index, name, version, asked.size() > 1);
            }
        }
        throw unknown(name, asked);
    }

    private static BuildRefused unknown(PackageName name, List<Index> asked) {
        return BuildRefused.because("No index knows the package \"" + name + "\".")
                .why("asked: " + asked.stream().map(Index::toString).collect(Collectors.joining(", ")))
                .todo("check the name, and configure the index that has it as the lock's, or as its mirror:"
                        + " python.indexes");
    }

    private static List<LockedFile> ofVersion(
            List<IndexFile> page, Index index, PackageName name, Version version, boolean oneOfSeveral) {
        List<LockedFile> files = new ArrayList<>();
        for (IndexFile file : page) {
            if (file.isOf(name, version)) {
                if (file.sha256().isEmpty()) {
                    throw BuildRefused.because("The index does not tell the SHA-256 of " + file.fileName() + ".")
                            .why("neither lock nor index says which bytes are meant, so that any would do")
                            .todo("lock with hashes, or use an index that tells them")
                            .in(index.at(name));
                }
                files.add(locked(file, index, name));
            }
        }
        if (files.isEmpty()) {
            throw BuildRefused.because("The index has no file of " + name + " " + version + ".")
                    .why("its page lists " + count(page.size(), "file") + ", none of this version"
                            + (oneOfSeveral
                                    ? "; of several indexes the first that knows a package is asked for all of it where no"
                                            + " hash tells which file is meant"
                                    : ""))
                    .todo(
                            oneOfSeveral
                                    ? "lock with hashes, which any of them may answer, or lock a version that it has"
                                    : "lock a version that it has")
                    .in(index.at(name));
        }
        return files;
    }

    private static LockedFile locked(IndexFile file, Index index, PackageName name) {
        try {
            return file.locked();
        } catch (BuildRefused refused) {
            throw refused.orTodo(ReadPage.ADVICE).in(index.at(name));
        }
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : noun.endsWith("sh") ? "es" : "s");
    }
}
