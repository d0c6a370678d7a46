package dev.pycontainer.debian;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Conditions of a maintainer script at the first installation of its package: Debian Policy, 6.5, "the old version is an
 * empty string", so that {@code $1} alone and an empty {@code $2} are known, and nothing of the system.
 *
 * @param action what {@code $1} is
 */
record ShellConditions(String action) {

    /** The relations that hold between no version and any: dpkg(1), "an empty version is considered earlier". */
    private static final Set<String> OF_NO_VERSION = Set.of("lt", "le", "ne", "ge-nl", "gt-nl");

    private static final Set<String> NOT_OF_NO_VERSION = Set.of("gt", "ge", "eq", "lt-nl", "le-nl");

    /** {@code test}, by what stands behind it. */
    Truth test(List<String> words) {
        for (String word : words) {
            // It may become several words, or none.
            if (isBare(word) && word.indexOf('$') >= 0 && value(word).isEmpty()) {
                return Truth.UNKNOWN;
            }
        }
        Truth any = Truth.NO;
        for (List<String> alternative : split(words, "-o")) {
            Truth all = Truth.YES;
            for (List<String> part : split(alternative, "-a")) {
                all = all.and(primary(part));
            }
            any = any.or(all);
        }
        return any;
    }

    private Truth primary(List<String> words) {
        if (words.size() > 1 && words.get(0).equals("!")) {
            return primary(words.subList(1, words.size())).not();
        }
        return switch (words.size()) {
            case 1 -> isFilled(words.get(0));
            case 2 ->
                switch (words.get(0)) {
                    case "-n" -> isFilled(words.get(1));
                    case "-z" -> isFilled(words.get(1)).not();
                    default -> Truth.UNKNOWN;
                };
            case 3 ->
                switch (words.get(1)) {
                    case "=" -> equal(words.get(0), words.get(2));
                    case "!=" -> equal(words.get(0), words.get(2)).not();
                    default -> Truth.UNKNOWN;
                };
            default -> Truth.UNKNOWN;
        };
    }

    /** {@code dpkg --compare-versions}, by what stands behind it. */
    Truth versions(List<String> words) {
        List<String> operands = !words.isEmpty() && words.get(0).equals("--") ? words.subList(1, words.size()) : words;
        boolean known = operands.size() == 3
                && value(operands.get(0)).filter(String::isEmpty).isPresent()
                && value(operands.get(2)).filter(it -> !it.isEmpty()).isPresent();
        if (!known) {
            return Truth.UNKNOWN;
        }
        String relation = value(operands.get(1)).orElse("");
        return OF_NO_VERSION.contains(relation)
                ? Truth.YES
                : NOT_OF_NO_VERSION.contains(relation) ? Truth.NO : Truth.UNKNOWN;
    }

    /** Whether a word fits a pattern of {@code case}. */
    Truth matches(String word, String pattern) {
        return pattern.equals("*") ? Truth.YES : equal(word, pattern);
    }

    private Truth isFilled(String word) {
        return value(word).map(it -> Truth.of(!it.isEmpty())).orElse(Truth.UNKNOWN);
    }

    private Truth equal(String left, String right) {
        Optional<String> a = value(left);
        Optional<String> b = value(right);
        return a.isPresent() && b.isPresent() ? Truth.of(a.equals(b)) : Truth.UNKNOWN;
    }

    /** The text that a word becomes, where it is known and stays one word: POSIX shell command language, 2.6. */
    Optional<String> value(String word) {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\'' && !quoted) {
                int end = word.indexOf('\'', i + 1);
                text.append(word, i + 1, end);
                i = end;
            } else if (c == '$') {
                Optional<String> parameter = parameterAt(word, i + 1);
                if (parameter.isEmpty()) {
                    return Optional.empty();
                }
                text.append(parameter.get().equals("1") ? action : "");
                i = word.charAt(i + 1) == '{' ? word.indexOf('}', i) : i + 1;
            } else if (c == '\\' || c == '`' || (!quoted && "*?[".indexOf(c) >= 0) || word.startsWith("~")) {
                return Optional.empty();
            } else {
                text.append(c);
            }
        }
        return text.length() == 0 && isBare(word) ? Optional.empty() : Optional.of(text.toString());
    }

    /** The number of the parameter that stands there, where it is one of the two that are known. */
    private static Optional<String> parameterAt(String word, int at) {
        for (String number : List.of("1", "2")) {
            // A digit behind it belongs to the text: 2.5.1, "only the leading single digit".
            if (word.startsWith(number, at)
                    || word.startsWith("{" + number + "}", at)
                    || word.startsWith("{" + number + ":-}", at)
                    || word.startsWith("{" + number + "-}", at)) {
                return Optional.of(number);
            }
        }
        return Optional.empty();
    }

    private static boolean isBare(String word) {
        return word.indexOf('"') < 0 && word.indexOf('\'') < 0;
    }

    private static List<List<String>> split(List<String> words, String separator) {
        List<List<String>> parts = new ArrayList<>();
        List<String> part = new ArrayList<>();
        for (String word : words) {
            if (word.equals(separator)) {
                parts.add(part);
                part = new ArrayList<>();
            } else {
                part.add(word);
            }
        }
        parts.add(part);
        return parts;
    }
}
