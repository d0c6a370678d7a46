package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.http.Body;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.RedactedUrl;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.LockedFile;
import dev.pycontainer.packaging.lock.LockedFileSource;
import dev.pycontainer.packaging.lock.LockedFiles;
import dev.pycontainer.packaging.lock.LockedPackage;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A package index behind the simple repository API, asked for the files that have certain hashes.
 *
 * <p>Answers are remembered by index, name, version and hashes: a file with a given hash never changes, so that a build
 * with the same lock asks nothing over the network.
 */
public final class PackageIndex implements LockedFileSource {

    /** The largest page of a real project is a tenth of it. */
    private static final long PAGE_LIMIT = 64L << 20;

    private static final int AT_ONCE = 4;

    private final Http http;
    private final RememberedFiles remembered;
    private final HttpUrl base;

    /** The default index. */
    public PackageIndex(Http http, Remembered remembered) {
        this(http, remembered, DefaultIndex.URL);
    }

    /** @param base the URL under which each project has its page, such as {@code https://index.example/simple} */
    public PackageIndex(Http http, Remembered remembered, String base) {
        this.http = http;
        this.remembered = new RememberedFiles(remembered, base);
        HttpUrl parsed = HttpUrl.parse(base);
        if (parsed == null) {
            throw BuildRefused.because("The index's URL " + RedactedUrl.of(base) + " is not an HTTP or HTTPS URL.");
        }
        this.base = parsed;
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
        if (!(needed.files() instanceof LockedFiles.Hashed hashed)) {
            return List.of();
        }
        try {
            return files(needed.name(), needed.version().orElseThrow(), hashed.hashes());
        } catch (BuildRefused refused) {
            throw refused.in(needed.place());
        }
    }

    /**
     * The files of the version that have one of the hashes, in the page's order; yanked files too, with their reason,
     * since "an installer MUST ignore yanked releases […] unless it is the only file that matches" a pin (PEP 592).
     */
    List<LockedFile> files(PackageName name, Version version, List<Digest> hashes) {
        try {
            return remembered.files(name, version, hashes, () -> asked(name, version, hashes));
        } catch (IOException e) {
            throw BuildRefused.because("The cache cannot be read or written.")
                    .why(String.valueOf(e.getMessage()))
                    .todo("check the cache directory's space and permissions")
                    .causedBy(e);
        }
    }

    private List<LockedFile> asked(PackageName name, Version version, List<Digest> hashes) {
        HttpUrl page = pageOf(name);
        List<IndexFile> all = page(name, page);
        Set<Digest> listed = new HashSet<>(hashes);
        List<LockedFile> files = all.stream()
                .filter(file -> file.sha256().filter(listed::contains).isPresent())
                .map(file -> new LockedFile(
                        file.fileName(),
                        file.sha256().orElseThrow(),
                        file.size(),
                        new FileLocation.Url(LockedFile.checkedUrl(file.url())),
                        file.yanked()))
                .toList();
        if (files.isEmpty()) {
            throw BuildRefused.because("The index has no file of " + name + " " + version + " with a hash of the lock.")
                    .why("its page lists " + all.size() + " files of all versions, none with one of the "
                            + listed.size() + " hashes")
                    .todo("lock again; the files may have been removed, or the hashes may be of another index's files")
                    .in(RedactedUrl.of(page).toString());
        }
        return files;
    }

    // "The format of this URL is /<project>/ where the <project> is replaced by the normalized name", with its slash.
    private HttpUrl pageOf(PackageName name) {
        HttpUrl.Builder url = base.newBuilder();
        List<String> segments = base.pathSegments();
        if (segments.get(segments.size() - 1).isEmpty()) {
            url.removePathSegment(segments.size() - 1);
        }
        return url.addPathSegment(name.value()).addPathSegment("").build();
    }

    private List<IndexFile> page(PackageName name, HttpUrl url) {
        Request request = new Request.Builder()
                .url(url)
                .header("Accept", IndexPage.ACCEPT)
                .build();
        try (Response response = http.send(request)) {
            if (response.code() != 200) {
                throw refused(name, response);
            }
            String type = String.valueOf(response.header("Content-Type"));
            byte[] body = Body.read(response, PAGE_LIMIT, "The index's page of " + name);
            return IndexPage.read(body, type, response.request().url().toString())
                    .orElseThrow(() -> BuildRefused.because("The index answered with something other than a page.")
                            .why("its content type is " + type)
                            .todo("check the index's URL"));
        } catch (BuildRefused refused) {
            throw refused.in(RedactedUrl.of(url).toString());
        }
    }

    private static BuildRefused refused(PackageName name, Response response) {
        return switch (response.code()) {
            case 404, 410 ->
                BuildRefused.because("The index knows no package \"" + name + "\".")
                        .why("it answered " + response.code())
                        .todo("check the name in the lock, and whether the package is on another index");
            case 401, 403 ->
                BuildRefused.because("The index does not let anybody read without credentials.")
                        .why("it answered " + response.code())
                        .todo("use an index that needs none: credentials for indexes cannot be given yet");
            default ->
                BuildRefused.because("The index gave no page of package \"" + name + "\".")
                        .why("it answered " + response.code())
                        .todo("run the build again later");
        };
    }
}
