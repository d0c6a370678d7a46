package dev.pycontainer.oci;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image at a registry: {@code [registry[:port]/]repository[:tag][@digest]}.
 *
 * <p>The grammar is the distribution specification's, "Pulling manifests". As everywhere in the field, the first
 * component is a registry if it holds a dot or a colon or is {@code localhost}; without one the name is Docker Hub's, and
 * a Docker Hub name of one component stands below {@code library/}.
 *
 * @param registry host and optional port, as written; {@code docker.io} for Docker Hub
 * @param tag null where none was written
 * @param digest null where none was written
 */
public record ImageReference(
        String registry,
        String repository,
        @Nullable String tag,
        @Nullable Digest digest) {

    private static final String DOCKER_HUB = "docker.io";
    private static final Pattern REGISTRY =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]+)?|\\[[0-9a-fA-F:]+](?::[0-9]+)?");
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
    private static final Pattern WHOLE = Pattern.compile("(?<name>[^@]+?)(?::(?<tag>[^:/@]*))?(?:@(?<digest>.*))?");

    public static ImageReference parse(String text) {
        Matcher parts = WHOLE.matcher(text);
        if (!parts.matches()) {
            throw refused(text, "it is not of the form [registry/]repository[:tag][@digest]");
        }
        String name = parts.group("name");
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean hasRegistry = first.contains(".") || first.contains(":") || first.equals("localhost");
        String registry = hasRegistry ? canonical(first) : DOCKER_HUB;
        String repository = hasRegistry ? name.substring(slash + 1) : name;
        if (registry.equals(DOCKER_HUB) && repository.indexOf('/') < 0) {
            repository = "library/" + repository;
        }
        if (!REGISTRY.matcher(registry).matches()) {
            throw refused(text, "\"" + registry + "\" is not a host with an optional port");
        }
        if (!REPOSITORY.matcher(repository).matches()) {
            throw refused(
                    text, "\"" + repository + "\" may hold lower-case letters, digits, single separators and slashes");
        }
        String tag = parts.group("tag");
        String digest = parts.group("digest");
        return new ImageReference(
                registry,
                repository,
                tag == null ? null : checkedTag(text, tag),
                digest == null ? null : Digest.parse(digest));
    }

    /** Whether {@code text} may be a tag. */
    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /** The same repository with this tag alone. */
    public ImageReference withTag(String other) {
        return new ImageReference(registry, repository, checkedTag(other, other), null);
    }

    /** The same repository with this digest alone. */
    public ImageReference withDigest(Digest other) {
        return new ImageReference(registry, repository, null, other);
    }

    /** What a manifest request asks for: the digest where there is one, else the tag. */
    public Optional<String> identifier() {
        return digest != null ? Optional.of(digest.toString()) : Optional.ofNullable(tag);
    }

    /** {@code registry/repository}, without tag and digest. */
    public String name() {
        return registry + "/" + repository;
    }

    /** As Docker shows it: what it adds to a name without a registry falls away. */
    public String familiar() {
        return toString().replaceFirst("^docker\\.io/(library/(?=[^/]+$))?", "");
    }

    @Override
    public String toString() {
        return name() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    private static String canonical(String registry) {
        return registry.equals("index.docker.io") || registry.equals("registry.hub.docker.com") ? DOCKER_HUB : registry;
    }

    private static String checkedTag(String text, String tag) {
        if (!isTag(tag)) {
            throw refused(
                    text, "\"" + tag + "\" is not a tag: 1 to 128 letters, digits, dots, underscores and hyphens");
        }
        return tag;
    }

    private static BuildRefused refused(String text, String why) {
        return BuildRefused.because("\"" + text + "\" is not an image reference.")
                .why(why);
    }
}
