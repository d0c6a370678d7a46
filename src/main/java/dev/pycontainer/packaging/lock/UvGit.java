package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.http.RedactedUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A git source of {@code uv.lock}, {@code URL?rev=…&subdirectory=…#commit}.
 *
 * @param repository the URL without query and fragment, as written
 * @param options of the query: {@code rev}, {@code tag}, {@code branch}, {@code subdirectory}, {@code path}, {@code lfs}
 * @param commit absent in what a project asks for
 */
record UvGit(String repository, Map<String, String> options, Optional<String> commit) {

    static UvGit parse(String url) {
        String[] fragment = url.split("#", 2);
        String[] query = fragment[0].split("\\?", 2);
        Map<String, String> options = new LinkedHashMap<>();
        if (query.length > 1) {
            for (String option : query[1].split("&", -1)) {
                String[] pair = option.split("=", 2);
                options.put(pair[0], pair.length > 1 ? decoded(pair[1]) : "");
            }
        }
        return new UvGit(query[0], options, fragment.length > 1 ? Optional.of(fragment[1]) : Optional.empty());
    }

    /** One that must name its commit. */
    static UvGit of(String url) {
        UvGit git = parse(url);
        if (git.commit.isEmpty() || !git.commit.get().matches("[0-9a-fA-F]{40,64}")) {
            throw BuildRefused.because(
                            "The git repository " + RedactedUrl.of(git.repository) + " is locked to no commit.")
                    .why("a branch or tag may move, and only a commit is one state of it")
                    .todo(UvLock.AGAIN);
        }
        return git;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // only shown and compared
        }
    }

    /** The address by which pip knows it (PEP 508), without credentials: {@code git+URL@commit#subdirectory=…}. */
    @Override
    public String toString() {
        String part = Stream.of("subdirectory", "path")
                .filter(options::containsKey)
                .map(name -> "#" + name + "=" + options.get(name))
                .findFirst()
                .orElse("");
        return "git+" + SourceAddress.withoutCredentials(repository)
                + commit.map(id -> "@" + id).orElse("") + part;
    }
}
