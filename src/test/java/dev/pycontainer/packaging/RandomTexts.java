package dev.pycontainer.packaging;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Versions and markers made by a seeded generator, so that a property that fails fails again. */
final class RandomTexts {

    private final Random random = new Random(440);

    int below(int bound) {
        return random.nextInt(bound);
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String maybe(String text) {
        return random.nextInt(3) == 0 ? text : "";
    }

    /** A version in its normal form, with small numbers, so that two of them are often neighbours. */
    String version() {
        return publicVersion() + maybe("+" + oneOf("a", "1", "a.1", "2.b", "1.0"));
    }

    String publicVersion() {
        return maybe("1!")
                + IntStream.rangeClosed(0, below(4))
                        .mapToObj(i -> String.valueOf(below(3)))
                        .collect(Collectors.joining("."))
                + maybe(oneOf("a", "b", "rc") + below(3))
                + maybe(".post" + below(3))
                + maybe(".dev" + below(3));
    }

    /** Another spelling of a version in its normal form. */
    String respelled(String version) {
        return oneOf("", " ", "\t", "\n")
                + oneOf("", "v", "V")
                + (version.contains("!") ? "0" : oneOf("", "0!", "00!"))
                + version.replace("rc", oneOf("rc", "c", "pre", "-preview_", ".RC."))
                        .replaceAll("(?<=[0-9])a(?=[0-9])", oneOf("a", "alpha", "-A-"))
                        .replace(".post", oneOf(".post", "-rev.", "_R", "post"))
                        .replace(".dev", oneOf(".dev", "-DEV-", "dev_"))
                + oneOf("", " ", "\f");
    }

    /** A marker over what an image knows and what it does not. */
    String marker(int depth) {
        if (depth == 0 || below(3) == 0) {
            return comparison();
        }
        String text = marker(depth - 1) + oneOf(" and ", " or ") + marker(depth - 1);
        return below(2) == 0 ? "(" + text + ")" : text;
    }

    private String comparison() {
        String constant = oneOf("\"", "'");
        return switch (below(6)) {
            case 0 -> "python_version " + order() + " " + constant + oneOf("3", "3.11", "3.9", "4") + constant;
            case 1 -> constant + oneOf("3.10", "3.11.2", "3.12") + constant + order() + "python_full_version";
            case 2 -> "platform_release" + order() + constant + oneOf("5", "6.1", "7") + constant;
            case 3 -> constant + "SMP" + constant + oneOf(" in ", " not  in ") + "platform_version";
            case 4 -> "extra " + oneOf("==", "!=") + " " + constant + oneOf("Dev", "a_b", "test") + constant;
            default ->
                oneOf("os_name", "sys_platform") + oneOf("==", " != ") + constant + oneOf("posix", "linux") + constant;
        };
    }

    private String order() {
        return oneOf("<", "<=", ">", ">=", "==", "!=");
    }

    static List<String> of(int count, java.util.function.Supplier<String> text) {
        return IntStream.range(0, count).mapToObj(i -> text.get()).toList();
    }
}
