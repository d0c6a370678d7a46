package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code [tool.uv.sources]} of a project, and of the root of its workspace, make of a requirement. */
final class UvSources {

    private static final Pattern REPOSITORY = Pattern.compile("[^?#]*[^/?#]\\.git([?#].*)?", Pattern.CASE_INSENSITIVE);

    private final List<Origin> origins;
    private final UvPackages packages;
    private final Path lockDirectory;

    /** A file with sources, the project's own before the workspace's, and the directory to which its paths are relative. */
    record Origin(Pyproject pyproject, Path directory) {}

    UvSources(List<Origin> origins, UvPackages packages, Path lockDirectory) {
        this.origins = List.copyOf(origins);
        this.packages = packages;
        this.lockDirectory = lockDirectory;
    }

    /**
     * The requirement as the lock would say it.
     *
     * @param environment with the extras that are asked for, since a source's marker may name them
     * @param extra the extra whose requirement it is: some sources are for one extra or group alone
     */
    UvRequirement applied(
            Requirement requirement, MarkerEnvironment environment, Optional<String> extra, Optional<String> group) {
        for (Origin origin : origins) {
            List<TomlTable> sources = origin.pyproject.read(file -> of(file, requirement.name()));
            if (!sources.isEmpty()) {
                return sources.stream()
                        .filter(source -> isFor(source, "extra", extra) && isFor(source, "group", group))
                        .filter(source -> source.text("marker", Marker::parse)
                                .map(marker -> marker.evaluate(environment))
                                .orElse(true))
                        .findFirst()
                        .map(source -> from(requirement, source, origin))
                        .orElseGet(() -> plain(requirement));
            }
        }
        return plain(requirement);
    }

    private static List<TomlTable> of(TomlTable file, PackageName name) {
        TomlTable sources = file.table("tool").table("uv").table("sources");
        return sources.keys().stream()
                .filter(key -> PackageName.of(key).equals(name))
                .flatMap(key -> sources.oneOrMoreTables(key).stream())
                .toList();
    }

    private static boolean isFor(TomlTable source, String what, Optional<String> asked) {
        return source.text(what, Extra::of)
                .map(only -> asked.filter(only::equals).isPresent())
                .orElse(true);
    }

    private UvRequirement from(Requirement requirement, TomlTable source, Origin origin) {
        Optional<String> git = source.text("git");
        if (git.isPresent()) {
            return UvRequirement.from(requirement, UvRequirement.gitOrigin(withOptions(git.get(), source)));
        }
        Optional<String> url = source.text("url");
        if (url.isPresent()) {
            return UvRequirement.from(requirement, UvRequirement.urlOrigin(url.get()));
        }
        Optional<String> path = source.text("path");
        if (path.isPresent()) {
            return UvRequirement.from(
                    requirement, UvRequirement.pathOrigin(lockDirectory, resolved(origin.directory, path.get())));
        }
        Optional<String> index = source.text("index");
        if (index.isPresent()) {
            return UvRequirement.from(requirement, Optional.of(urlOf(index.get())));
        }
        return member(requirement);
    }

    /** A member of the workspace: where it lies only the lock tells without a search. */
    private UvRequirement member(Requirement requirement) {
        return packages.named(requirement.name()).stream()
                .map(UvPackage::source)
                .filter(UvSource::isProject)
                .findFirst()
                .map(source -> UvRequirement.from(
                        requirement, UvRequirement.pathOrigin(lockDirectory, source.in(lockDirectory))))
                .orElseGet(() -> UvRequirement.from(requirement, "the workspace"));
    }

    private static String withOptions(String url, TomlTable source) {
        List<String> options = new ArrayList<>();
        Stream.of("rev", "tag", "branch", "subdirectory")
                .forEach(name -> source.text(name).ifPresent(value -> options.add(name + "=" + encoded(value))));
        return options.isEmpty() ? url : url + "?" + String.join("&", options);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String urlOf(String index) {
        return origins.stream()
                .flatMap(origin ->
                        origin.pyproject.read(file -> file.table("tool").table("uv").tables("index").stream()))
                .filter(entry -> entry.text("name").filter(index::equals).isPresent())
                .findFirst()
                .flatMap(entry -> entry.text("url"))
                .filter(url -> url.startsWith("http"))
                .map(UvRequirement::normalUrl)
                .orElse(UvRequirement.ANY);
    }

    private UvRequirement plain(Requirement requirement) {
        return requirement
                .url()
                .map(url -> UvRequirement.from(requirement, direct(url)))
                .orElseGet(() -> UvRequirement.from(requirement, Optional.empty()));
    }

    /**
     * A direct reference (PEP 508): {@code git+URL@revision#subdirectory=…}, {@code file:///…} or the URL of an archive.
     * As for uv, a path that ends with {@code .git} is a repository's without the prefix too.
     */
    private String direct(String url) {
        if (url.contains("${")) {
            return UvRequirement.ANY; // uv puts variables of its environment there
        }
        if (url.startsWith("file:")) {
            return path(url);
        }
        boolean isPrefixed = url.startsWith("git+");
        if (!isPrefixed && !REPOSITORY.matcher(url).matches()) {
            return UvRequirement.urlOrigin(url);
        }
        String[] parts = (isPrefixed ? url.substring("git+".length()) : url).split("#", 2);
        // An @ before the path is of the user's name, and one behind it begins the revision, which may hold slashes.
        int at = parts[0].indexOf('@', parts[0].indexOf('/', parts[0].indexOf("://") + 3));
        String repository = at < 0 ? parts[0] : parts[0].substring(0, at);
        List<String> options = new ArrayList<>();
        if (at >= 0) {
            options.add("rev=" + encoded(parts[0].substring(at + 1)));
        }
        if (parts.length > 1) {
            options.add(parts[1]);
        }
        return UvRequirement.gitOrigin(options.isEmpty() ? repository : repository + "?" + String.join("&", options));
    }

    private String path(String url) {
        try {
            return UvRequirement.pathOrigin(lockDirectory, Path.of(URI.create(url.split("#", 2)[0])));
        } catch (IllegalArgumentException | FileSystemNotFoundException unusual) {
            return UvRequirement.ANY; // it is uv's to say what it means
        }
    }

    private static Path resolved(Path directory, String path) {
        try {
            return directory.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw BuildRefused.because("\"" + path.replace('\0', '?') + "\" is not a path.")
                    .why(String.valueOf(e.getReason()))
                    .todo("correct it in " + Pyproject.FILE)
                    .in("tool.uv.sources")
                    .causedBy(e);
        }
    }
}
