package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.http.Attempt;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.RedactedUrl;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * Pages with links to files of any package, pip's {@code --find-links}: looked at before the indexes, which are asked for
 * what no such page has.
 */
public final class LinkedFiles implements LockedFileSource {

    private final Http http;
    private final Logins logins;
    private final RememberedFiles remembered;
    private final LockedFileSource indexes;

    public LinkedFiles(Http http, Logins logins, Remembered remembered, LockedFileSource indexes) {
        this.http = http;
        this.logins = logins;
        this.remembered = new RememberedFiles(remembered);
        this.indexes = indexes;
    }

    @Override
    public boolean isMirrored(List<String> named) {
        return indexes.isMirrored(withoutPages(named));
    }

    @Override
    public Map<PackageName, List<LockedFile>> files(List<LockedPackage> packages) {
        Map<String, List<IndexFile>> read = new HashMap<>();
        Map<PackageName, List<LockedFile>> files = new HashMap<>();
        List<LockedPackage> left = new ArrayList<>();
        for (LockedPackage needed : packages) {
            List<LockedFile> linked = linked(needed, read);
            if (!linked.isEmpty()) {
                files.put(needed.name(), linked);
            } else {
                left.add(ofIndexes(needed));
            }
        }
        if (!left.isEmpty()) {
            files.putAll(indexes.files(left));
        }
        return files;
    }

    private static List<String> withoutPages(List<String> named) {
        return named.stream()
                .filter(index -> LockedPackage.pageOf(index).isEmpty())
                .toList();
    }

    private static LockedPackage ofIndexes(LockedPackage needed) {
        List<String> asked = withoutPages(needed.indexes());
        if (asked.isEmpty() && !needed.indexes().isEmpty()) {
            throw BuildRefused.because("No page of --find-links has a file of " + needed.name() + " "
                            + needed.version().map(Version::toString).orElse("")
                            + (needed.files() instanceof LockedFiles.Hashed hashed
                                    ? " with a hash of " + hashed.giver() + "."
                                    : "."))
                    .why("the option --no-index forbids asking an index")
                    .todo("name the page that has it, or remove the option")
                    .in(needed.place());
        }
        return new LockedPackage(
                needed.name(), needed.version(), needed.files(), asked, needed.extras(), needed.requiredBy());
    }

    private List<LockedFile> linked(LockedPackage needed, Map<String, List<IndexFile>> read) {
        for (String index : needed.indexes()) {
            Optional<String> page = LockedPackage.pageOf(index);
            if (page.isPresent()) {
                List<LockedFile> files = linked(needed, page.get(), read);
                if (!files.isEmpty()) {
                    return files;
                }
            }
        }
        return List.of();
    }

    private List<LockedFile> linked(LockedPackage needed, String page, Map<String, List<IndexFile>> read) {
        Version version = needed.version().orElseThrow();
        Index index = Index.named(HttpUrl.get(page));
        List<Digest> hashes = needed.files() instanceof LockedFiles.Hashed hashed ? hashed.hashes() : List.of();
        try {
            Optional<List<LockedFile>> known =
                    hashes.isEmpty() ? Optional.empty() : remembered.find(index, needed.name(), version, hashes);
            if (known.isPresent()) {
                return known.get();
            }
            List<IndexFile> all = read.get(page);
            if (all == null) {
                all = read(page);
                read.put(page, all);
            }
            List<LockedFile> files = new ArrayList<>();
            for (IndexFile file : all) {
                if (file.isOf(needed.name(), version)
                        && (hashes.isEmpty()
                                || file.sha256().filter(hashes::contains).isPresent())) {
                    files.add(locked(file));
                }
            }
            if (!files.isEmpty() && !hashes.isEmpty()) {
                remembered.keep(index, needed.name(), version, hashes, files);
            }
            return files;
        } catch (BuildRefused refused) {
            throw refused.in(RedactedUrl.of(page).toString());
        } catch (IOException e) {
            throw BuildRefused.because("The cache cannot be read or written.")
                    .why(String.valueOf(e.getMessage()))
                    .todo("check the cache directory's space and permissions")
                    .causedBy(e);
        }
    }

    private static LockedFile locked(IndexFile file) {
        if (file.sha256().isEmpty()) {
            throw BuildRefused.because("The page does not tell the SHA-256 of " + file.fileName() + ".")
                    .why("neither lock nor page says which bytes are meant, so that any would do")
                    .todo("lock with hashes, or use an index that tells them");
        }
        return file.locked();
    }

    private List<IndexFile> read(String page) throws IOException {
        HttpUrl url = HttpUrl.get(page);
        try (Response response =
                http.send(logins.request(url).header("Accept", "text/html").build())) {
            return switch (response.code()) {
                case 200 ->
                    HtmlPage.read(
                            PageBody.read(response, "The page of --find-links"),
                            response.header("Content-Type", ""),
                            response.request().url().toString());
                case 401, 403 -> throw logins.refused(url, response);
                default ->
                    throw BuildRefused.because("The page of --find-links cannot be read.")
                            .why(Attempt.told(response))
                            .todo("correct its URL, or remove the option");
            };
        }
    }
}
