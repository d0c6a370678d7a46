package dev.pycontainer.debian;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Commands of maintainer scripts that change nothing at a first installation. */
record CommandsWithoutEffect(ShellConditions conditions) {

    /** All of which a form is known that changes nothing. */
    static final Set<String> NAMES = Set.of(
            ":",
            "true",
            "echo",
            "printf",
            "false",
            "set",
            "exit",
            "[",
            "test",
            "dpkg",
            "dpkg-maintscript-helper",
            "command",
            "which",
            "ldconfig");

    /** Without effect where {@code $2} is empty: dpkg-maintscript-helper(1). */
    private static final Set<String> UPGRADE_HELP =
            Set.of("rm_conffile", "mv_conffile", "symlink_to_dir", "dir_to_symlink");

    /** What such a command returns; nothing for any other. */
    Optional<Truth> status(List<String> words) {
        List<String> arguments = words.subList(1, words.size());
        return switch (words.get(0)) {
            case ":", "true", "echo", "printf" -> Optional.of(Truth.YES);
            case "false" -> Optional.of(Truth.NO);
            case "[" ->
                isClosed(arguments)
                        ? Optional.of(conditions.test(arguments.subList(0, arguments.size() - 1)))
                        : Optional.empty();
            case "test" -> Optional.of(conditions.test(arguments));
            case "set" -> yes(arguments.stream().allMatch(it -> it.matches("[-+][eux]+")));
            case "exit" -> yes(arguments.isEmpty() || arguments.equals(List.of("0")));
            case "dpkg" ->
                startsWith(arguments, Set.of("--compare-versions"))
                        ? Optional.of(conditions.versions(arguments.subList(1, arguments.size())))
                        : Optional.empty();
            case "dpkg-maintscript-helper" -> yes(startsWith(arguments, UPGRADE_HELP));
            case "command" -> startsWith(arguments, Set.of("-v")) ? Optional.of(Truth.UNKNOWN) : Optional.empty();
            case "which" -> Optional.of(Truth.UNKNOWN);
            // The cache is written as data.
            case "ldconfig" -> yes(arguments.isEmpty());
            default -> Optional.empty();
        };
    }

    private static Optional<Truth> yes(boolean known) {
        return known ? Optional.of(Truth.YES) : Optional.empty();
    }

    private static boolean isClosed(List<String> arguments) {
        return !arguments.isEmpty() && arguments.get(arguments.size() - 1).equals("]");
    }

    private static boolean startsWith(List<String> arguments, Set<String> firsts) {
        return !arguments.isEmpty() && firsts.contains(arguments.get(0));
    }
}
