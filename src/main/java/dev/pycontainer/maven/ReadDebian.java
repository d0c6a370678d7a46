package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Secret;
import dev.pycontainer.debian.ArchiveKeys;
import dev.pycontainer.debian.DefaultMirror;
import dev.pycontainer.debian.DirectoryMirror;
import dev.pycontainer.debian.HttpMirror;
import dev.pycontainer.debian.Mirror;
import dev.pycontainer.debian.Mirrors;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.RedactedUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.apache.maven.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Reads where Debian's packages come from: the parameters {@code from.debian}, then the mirrors of settings.xml that name the
 * archive itself, {@code debian} or {@code debian-security}, then the public mirror.
 */
final class ReadDebian {

    private static final String MIRROR = "from.debian.mirror";
    private static final String SECURITY_MIRROR = "from.debian.securityMirror";
    private static final String FALLBACKS = "from.debian.fallbacks";

    private final Disk disk;
    private final Invocation invocation;
    private final Parameters parameters;
    private final Settings settings;
    private final Function<String, Optional<Login>> servers;
    private final Http http;
    private @Nullable ArchiveKeys keys;

    /** @param servers what a server of settings.xml with an id has for credentials */
    ReadDebian(
            Disk disk, Invocation invocation, Settings settings, Function<String, Optional<Login>> servers, Http http) {
        this.disk = disk;
        this.invocation = invocation;
        this.parameters = invocation.parameters();
        this.settings = settings;
        this.servers = servers;
        this.http = http;
    }

    Mirrors mirrors() {
        return new Mirrors(
                mirror(MIRROR, "debian", DefaultMirror.MAIN),
                mirror(SECURITY_MIRROR, "debian-security", DefaultMirror.SECURITY),
                parameters.list(FALLBACKS).orElse(List.of()).stream()
                        .map(address -> mirror(address, List.of(), source(FALLBACKS)))
                        .toList());
    }

    /** The configured keys and no others, else Debian's own; read when they are first asked for. */
    synchronized ArchiveKeys keys() {
        if (keys == null) {
            String parameter = "from.debian.keyring";
            keys = parameters
                    .text(parameter)
                    .map(invocation::resolve)
                    .map(file -> keys(file, source(parameter)))
                    .orElseGet(ArchiveKeys::ofDebian);
        }
        return keys;
    }

    /** Packages for whose scripts the user answers. */
    Set<String> acceptScripts() {
        return Set.copyOf(parameters.list("from.debian.acceptScripts").orElse(List.of()));
    }

    private ArchiveKeys keys(Path file, String source) {
        try {
            return ArchiveKeys.read(disk.bytes(file), file.toString());
        } catch (IOException e) {
            throw BuildRefused.because("The keyring " + file + " cannot be read.")
                    .why(e.toString())
                    .causedBy(e)
                    .in(source);
        }
    }

    private Mirror mirror(String parameter, String id, String byDefault) {
        Optional<String> configured = parameters.text(parameter);
        if (configured.isPresent()) {
            return mirror(configured.get(), List.of(id), source(parameter));
        }
        return settings.getMirrors().stream()
                .filter(mirror -> names(mirror).anyMatch(id::equals))
                .findFirst()
                .map(mirror -> ofSettings(mirror, id))
                .orElseGet(() -> mirror(byDefault, List.of(id), "the default"));
    }

    /** One of {@code *} is meant for Maven's repositories, and knows nothing of Debian packages. */
    private static Stream<String> names(org.apache.maven.settings.Mirror mirror) {
        return mirror.getMirrorOf() == null
                ? Stream.empty()
                : Stream.of(mirror.getMirrorOf().split("[,;\\s]+", -1));
    }

    private Mirror ofSettings(org.apache.maven.settings.Mirror mirror, String id) {
        String source = "the mirror \"" + mirror.getId() + "\" of settings.xml";
        if (mirror.isBlocked()) {
            throw BuildRefused.because("The archive \"" + id + "\" is blocked.").in(source);
        }
        return mirror(mirror.getUrl(), List.of(mirror.getId(), id), source);
    }

    /** @param ids that a server of settings.xml may have besides the host's name */
    private Mirror mirror(String address, List<String> ids, String source) {
        HttpUrl url = HttpUrl.parse(address);
        try {
            return url == null
                    ? new DirectoryMirror(directory(address))
                    : new HttpMirror(http, plain(url), login(url, ids, source));
        } catch (BuildRefused refused) {
            throw refused.in(source);
        }
    }

    /** A {@code file:} URL, or a path. */
    private Path directory(String address) {
        if (!address.startsWith("file:")) {
            if (address.contains("://")) {
                throw BuildRefused.because("\"" + RedactedUrl.of(address) + "\" is not the address of a mirror.")
                        .todo("write an HTTP or HTTPS URL, a file: URL, or a directory");
            }
            return invocation.resolve(address);
        }
        try {
            return Path.of(URI.create(address));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw BuildRefused.because("\"" + address + "\" is not the address of a directory.")
                    .why(String.valueOf(e.getMessage()))
                    .todo("write it as file:///srv/mirror")
                    .causedBy(e);
        }
    }

    private Optional<Login> login(HttpUrl url, List<String> ids, String source) {
        if (!url.username().isEmpty()) {
            return Optional.of(new Login(url.username(), new Secret(url.password()), "the mirror's URL in " + source));
        }
        return Stream.concat(ids.stream(), Stream.of(url.host() + ":" + url.port(), url.host()))
                .flatMap(id -> servers.apply(id).stream())
                .findFirst();
    }

    private static HttpUrl plain(HttpUrl url) {
        HttpUrl.Builder plain = url.newBuilder().username("").password("").fragment(null);
        List<String> path = url.pathSegments();
        if (path.size() > 1 && path.get(path.size() - 1).isEmpty()) {
            plain.removePathSegment(path.size() - 1);
        }
        return plain.build();
    }

    private String source(String parameter) {
        return parameters.written(parameter).orElse(parameter);
    }
}
