package dev.pycontainer.maven;

import dev.pycontainer.maven.Leaf.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every parameter there is: the one table that resolving, checking and documenting go by. */
final class Leaves {

    static final List<Leaf> ALL = List.of(
            leaf("skip", Kind.FLAG, "Does nothing where true."),
            leaf(
                    "from.image",
                    Kind.TEXT,
                    "The base image, with a tag, a digest or both: `[registry://]registry/repository[:tag][@digest]`, or `debian://trixie` for one of Debian packages; default `python:X.Y-slim` of the project's Python."),
            leaf(
                    "from.platforms",
                    Kind.LIST,
                    "The platform of the base that is built upon, such as `linux/arm64`; one, and `linux/amd64` by default."),
            leaf("from.auth.username", Kind.TEXT, "The user name at the base's registry."),
            leaf(
                    "from.auth.password",
                    Kind.TEXT,
                    "The password at the base's registry; Maven prints what is in the configuration with `-X`."),
            leaf(
                    "from.packages",
                    Kind.LIST,
                    "Debian packages to add to the base, such as `libpq5`, with all that they depend on."),
            leaf(
                    "from.debian.mirror",
                    Kind.TEXT,
                    "Where Debian's archive is had: a URL, a `file:` URL or a directory; default the `<mirror>` of settings.xml for `debian`, else Debian's own."),
            leaf(
                    "from.debian.securityMirror",
                    Kind.TEXT,
                    "Where the archive of Debian's security updates is had; default the `<mirror>` of settings.xml for `debian-security`, else Debian's own."),
            leaf(
                    "from.debian.keyring",
                    Kind.TEXT,
                    "A file of the OpenPGP keys that sign the archive, as `gpg --export` writes it, in the place of Debian's own."),
            leaf(
                    "from.debian.fallbacks",
                    Kind.LIST,
                    "Mirrors that keep packages which the archive no longer has, asked in their order."),
            leaf(
                    "from.debian.acceptScripts",
                    Kind.LIST,
                    "Packages whose maintainer scripts the image does without, as you know; no script is ever run."),
            leaf(
                    "to.image",
                    Kind.TEXT,
                    "Where `push` publishes; without a tag it takes the POM's version, with `_` for `+`."),
            leaf("to.tags", Kind.LIST, "Tags besides the one of `to.image`."),
            leaf("to.auth.username", Kind.TEXT, "The user name at the registry that is pushed to."),
            leaf(
                    "to.auth.password",
                    Kind.TEXT,
                    "The password at the registry that is pushed to; Maven prints what is in the configuration with `-X`."),
            leaf("python.project", Kind.TEXT, "The Python project's directory; default the POM's own."),
            leaf(
                    "python.version",
                    Kind.TEXT,
                    "The Python, such as `3.12` or `3.12.4`: what the base must have, or is chosen by where none is named."),
            leaf("python.libc", Kind.TEXT, "The C library of a `plan` without a base: `glibc-2.36` or `musl-1.2`."),
            leaf("python.projectVersion", Kind.TEXT, "The project's version where only its build backend knows it."),
            leaf("python.lock", Kind.TEXT, "The lock file; default the one found in the project."),
            leaf(
                    "python.run",
                    Kind.TEXT,
                    "What runs: a file of the project, a console script, or a module; default the project's only console script."),
            leaf("python.extras", Kind.LIST, "Extras of the project to install."),
            leaf(
                    "python.groups",
                    Kind.LIST,
                    "Dependency groups to install; with a `uv.lock`, those of uv's `default-groups` besides, `dev` excepted."),
            leaf(
                    "python.sources.includes",
                    Kind.LIST,
                    "Patterns of files to bring back, such as `docs/**`: at the root, `README*`, `CHANGELOG*`, `docs`, `tests`, `.git*`, `.mvn`, `pom.xml` and `pycontainer.lock` are left out by default."),
            leaf(
                    "python.sources.excludes",
                    Kind.LIST,
                    "Patterns of files to leave out besides, of the project and of other local projects."),
            leaf(
                    "python.indexes",
                    Kind.STRUCTURES,
                    "Package indexes, each with `id`, `url`, and where wanted `mirrorOf` and `serverId`: see [indexes.md](indexes.md)."),
            leaf(
                    "python.wheelhouse",
                    Kind.LIST,
                    "Directories of wheels that stand in where the lock has none that fits; dependencies of type `whl` do so too."),
            leaf(
                    "python.prefix",
                    Kind.TEXT,
                    "The virtual environment's directory in the image, apart from `container.appRoot`; default `/opt/venv`."),
            leaf("container.appRoot", Kind.TEXT, "The project's directory in the image; default `/app`."),
            leaf(
                    "container.entrypoint",
                    Kind.LIST,
                    "The entrypoint, or `INHERIT` for the base's; default none, and the command that was found as arguments."),
            leaf(
                    "container.args",
                    Kind.LIST,
                    "The entrypoint's arguments, or more for the command that was found; `INHERIT` for the base's alone."),
            leaf("container.environment", Kind.MAP, "Environment variables to set."),
            leaf("container.labels", Kind.MAP, "Labels of the image's configuration."),
            leaf(
                    "container.annotations",
                    Kind.MAP,
                    "Annotations of the image's manifest, which Docker's format has not."),
            leaf("container.ports", Kind.LIST, "Ports that the service listens on: `8000`, `8000-8010`, `53/udp`."),
            leaf(
                    "container.user",
                    Kind.TEXT,
                    "The user: `uid`, `uid:gid`, or names of the base; default the base's, `65532:65532` instead of root."),
            leaf("container.volumes", Kind.LIST, "Directories to be mounted."),
            leaf("container.workingDirectory", Kind.TEXT, "The working directory; default `container.appRoot`."),
            leaf(
                    "container.creationTime",
                    Kind.TEXT,
                    "`created` of the image: ISO 8601, `EPOCH` or `USE_CURRENT_TIMESTAMP`; default `project.build.outputTimestamp`,"
                            + " else `SOURCE_DATE_EPOCH` of the environment, else `EPOCH`."),
            leaf(
                    "container.filesModificationTime",
                    Kind.TEXT,
                    "Times of the project's files: `FROM_CONTENT`, the default, `EPOCH_PLUS_SECOND` or ISO 8601."),
            leaf("container.format", Kind.TEXT, "The manifest's format: `OCI`, the default, or `Docker`."),
            leaf("container.stopSignal", Kind.TEXT, "The signal that stops the service, such as `SIGINT`."),
            leaf(
                    "container.healthcheck.command",
                    Kind.LIST,
                    "The command that tells whether the service is well, as words; after `CMD-SHELL` one for the shell."),
            leaf("container.healthcheck.interval", Kind.TEXT, "Time between checks, such as `30s`."),
            leaf("container.healthcheck.timeout", Kind.TEXT, "Time that a check may take, such as `3s`."),
            leaf(
                    "container.healthcheck.startPeriod",
                    Kind.TEXT,
                    "Time to start in before failures count, such as `10s`."),
            leaf("container.healthcheck.retries", Kind.NUMBER, "Failures in a row that make the service unwell."),
            leaf(
                    "layers.maximum",
                    Kind.NUMBER,
                    "The greatest number of layers, the base's included, up to 127; default 40."),
            leaf(
                    "layers.compression",
                    Kind.TEXT,
                    "How layers are compressed: `gzip`, the default, `estargz`, whose files can be fetched one by one, or `zstd`, which older engines cannot read."),
            leaf(
                    "layers.excludes",
                    Kind.LIST,
                    "Patterns of files to leave out of wheels, such as `**/tests/**`, relative to site-packages, or to the prefix for what lies beside it; scripts and `.dist-info` stay."),
            leaf(
                    "checks.staleLock",
                    Kind.TEXT,
                    "What happens where the lock was made from other dependencies: `fail`, the default, `warn` or `off`."),
            leaf(
                    "checks.unhashed",
                    Kind.TEXT,
                    "What happens where a pin has no hash: `fail`, the default, `warn` or `off`."),
            leaf(
                    "checks.unmet",
                    Kind.TEXT,
                    "What happens where a wheel requires what a `requirements.txt` does not name: `fail`, the default, `warn` or `off`."),
            leaf(
                    "checks.fileConflict",
                    Kind.TEXT,
                    "What happens where two wheels install different files at one path: `warn`, the default, `fail` or `off`."),
            leaf(
                    "checks.nativeLibraries",
                    Kind.TEXT,
                    "What happens where a compiled file needs a library that the image lacks, or is made for another machine: `warn`, the default, `fail` or `off`."),
            leaf(
                    "checks.yanked",
                    Kind.TEXT,
                    "What happens where a wheel was yanked from its index: `warn`, the default, `fail` or `off`."),
            leaf(
                    "checks.oldEngines",
                    Kind.TEXT,
                    "What happens where layers are compressed such that older engines cannot read them: `warn`, the default, `fail` or `off`."),
            leaf(
                    "checks.pythonGuess",
                    Kind.TEXT,
                    "What happens where the base is chosen by the project's Python: `warn`, the default, `fail` or `off`."),
            leaf("plan.tree", Kind.FLAG, "Whether the goal `plan` shows who requires what, as a tree."),
            leaf(
                    "tar.file",
                    Kind.TEXT,
                    "Where the goal `tar` writes the archive; default `image.tar` in `outputDirectory`."),
            leaf(
                    "outputDirectory",
                    Kind.TEXT,
                    "Where the layout and the records about it are; default `target/pycontainer`."),
            leaf(
                    "allowInsecureRegistries",
                    Kind.FLAG,
                    "Permits registries over unverified HTTPS or plain HTTP; loopback ones may be so anyhow."),
            leaf(
                    "cache.directory",
                    Kind.TEXT,
                    "The cache; default `pycontainer` where the platform keeps caches, such as `$XDG_CACHE_HOME` or `~/.cache`."),
            leaf(
                    "cache.maximumSize",
                    Kind.TEXT,
                    "How much of the cache remains when a build ends, such as `5GB`, or `unlimited`; default `20GB`. What has not been used for the longest time goes first, and nothing that another build is using."),
            leaf(
                    "cache.prune",
                    Kind.TEXT,
                    "What the goal `cache` removes: `true` for all above `cache.maximumSize`, a size such as `5GB` for all above it, an age such as `30d` for what was not used for so long, or `all`."));

    /** Parents of leaves, such as {@code container.healthcheck}. */
    static final Set<String> GROUPS =
            ALL.stream().map(Leaf::path).flatMap(Leaves::parents).collect(Collectors.toCollection(TreeSet::new));

    private static final Map<String, Leaf> BY_PATH = new LinkedHashMap<>();

    static {
        ALL.forEach(leaf -> BY_PATH.put(leaf.path(), leaf));
    }

    private Leaves() {}

    static Leaf at(String path) {
        Leaf leaf = BY_PATH.get(path);
        if (leaf == null) {
            throw new IllegalStateException(path + " is not in the table of parameters");
        }
        return leaf;
    }

    static Set<String> paths() {
        return BY_PATH.keySet();
    }

    private static Stream<String> parents(String path) {
        return Stream.iterate(path, at -> at.contains("."), at -> at.substring(0, at.lastIndexOf('.')))
                .map(at -> at.substring(0, at.lastIndexOf('.')));
    }

    private static Leaf leaf(String path, Kind kind, String meaning) {
        return new Leaf(path, kind, meaning);
    }
}
