package dev.pycontainer.packaging.lock;

import java.util.List;
import java.util.stream.Stream;

/** The options that may stand in a requirements file: pip's "Supported options", and those of its older releases. */
enum RequirementOption {
    INDEX_URL(Scope.RUN, "-i", "--index-url", "--pypi-url"),
    EXTRA_INDEX_URL(Scope.RUN, "--extra-index-url"),
    NO_INDEX(Scope.RUN_FLAG, "--no-index"),
    FIND_LINKS(Scope.RUN, "-f", "--find-links"),
    REQUIREMENT(Scope.RUN, "-r", "--requirement"),
    CONSTRAINT(Scope.RUN, "-c", "--constraint"),
    EDITABLE(Scope.EDITABLE, "-e", "--editable"),
    NO_BINARY(Scope.RUN, "--no-binary"),
    ONLY_BINARY(Scope.RUN, "--only-binary"),
    REQUIRE_HASHES(Scope.RUN_FLAG, "--require-hashes"),
    NO_REQUIRE_HASHES(Scope.RUN_FLAG, "--no-require-hashes"),
    // Which releases a resolver would rather take, that hosts need no valid certificate (which they do here), and what
    // pip tries out: none of it changes which file a pin with its hash means.
    PREFER_BINARY(Scope.RUN_FLAG, "--prefer-binary"),
    PRE(Scope.RUN_FLAG, "--pre"),
    ALL_RELEASES(Scope.RUN, "--all-releases"),
    ONLY_FINAL(Scope.RUN, "--only-final"),
    TRUSTED_HOST(Scope.RUN, "--trusted-host"),
    USE_FEATURE(Scope.RUN, "--use-feature"),
    HASH(Scope.REQUIREMENT, "--hash"),
    // How a source distribution is built: nothing is.
    CONFIG_SETTINGS(Scope.REQUIREMENT, "-C", "--config-settings"),
    GLOBAL_OPTION(Scope.REQUIREMENT, "--global-option"),
    INSTALL_OPTION(Scope.REQUIREMENT, "--install-option");

    private enum Scope {
        /** On a line of its own, with a value. */
        RUN,
        /** On a line of its own, without a value. */
        RUN_FLAG,
        /** Behind a requirement, with a value. */
        REQUIREMENT,
        /** Makes the requirement, with a value. */
        EDITABLE
    }

    private final Scope scope;
    private final String names;

    RequirementOption(Scope scope, String... names) {
        this.scope = scope;
        this.names = String.join(" ", names);
    }

    private List<String> names() {
        return List.of(names.split(" ", -1));
    }

    boolean takesValue() {
        return scope != Scope.RUN_FLAG;
    }

    /** Whether it belongs to one requirement, and not to the whole run. */
    boolean isOfRequirement() {
        return scope == Scope.REQUIREMENT;
    }

    /** The option of this very name. */
    static Stream<RequirementOption> named(String name) {
        return Stream.of(values()).filter(option -> option.names().contains(name));
    }

    /** The options that the beginning of a long name may mean, which pip lets stand for the whole. */
    static List<RequirementOption> beginning(String name) {
        return Stream.of(values())
                .filter(option ->
                        option.names().stream().anyMatch(full -> full.startsWith("--") && full.startsWith(name)))
                .toList();
    }

    /** The name that it is best known by. */
    @Override
    public String toString() {
        return names().stream()
                .filter(name -> name.startsWith("--"))
                .findFirst()
                .orElseThrow();
    }
}
