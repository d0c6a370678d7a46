package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A line's options with their values, by the rules of Python's optparse, as pip reads them. */
final class RequirementOptions {

    private final Map<RequirementOption, List<String>> values = new EnumMap<>(RequirementOption.class);

    private RequirementOptions() {}

    /** Reads the words; a value may hold a password, and is never repeated. */
    static RequirementOptions of(List<String> words) {
        RequirementOptions options = new RequirementOptions();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.startsWith("--") && word.length() > 2) {
                options.readLong(word, rest);
            } else if (word.startsWith("-") && word.length() > 1 && !word.equals("--")) {
                options.readShort(word, rest);
            } else {
                throw BuildRefused.because("A word without an option stands among the line's options.")
                        .why("pip passes over it; a requirement and its marker stand before the options")
                        .todo("put the word where it belongs, or remove it");
            }
        }
        return options;
    }

    private void readLong(String word, Iterator<String> rest) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        RequirementOption option = RequirementOption.named(name).findFirst().orElseGet(() -> abbreviated(name));
        if (!option.takesValue() && equals >= 0) {
            throw BuildRefused.because("The option " + option + " takes no value.");
        }
        add(option, equals >= 0 ? word.substring(equals + 1) : option.takesValue() ? next(option, rest) : "");
    }

    private void readShort(String word, Iterator<String> rest) {
        String name = word.substring(0, 2);
        RequirementOption option = RequirementOption.named(name).findFirst().orElseThrow(() -> unknown(name));
        add(option, word.length() > 2 ? word.substring(2) : next(option, rest));
    }

    private static RequirementOption abbreviated(String name) {
        List<RequirementOption> meant = RequirementOption.beginning(name);
        if (meant.size() != 1) {
            throw unknown(name);
        }
        return meant.get(0);
    }

    private static BuildRefused unknown(String name) {
        return BuildRefused.because("The option " + name + " cannot be read.")
                .why("pip knows no such option in requirements files")
                .todo("correct it, or remove it from the file");
    }

    private static String next(RequirementOption option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw BuildRefused.because("The option " + option + " has no value.");
        }
        return rest.next();
    }

    private void add(RequirementOption option, String value) {
        values.computeIfAbsent(option, none -> new ArrayList<>()).add(value);
    }

    Set<RequirementOption> given() {
        return values.keySet();
    }

    boolean has(RequirementOption option) {
        return values.containsKey(option);
    }

    List<String> all(RequirementOption option) {
        return values.getOrDefault(option, List.of());
    }

    /** The option's value where it may stand once: pip would take one of several and pass over the others. */
    Optional<String> one(RequirementOption option) {
        List<String> given = all(option);
        if (given.size() > 1) {
            throw BuildRefused.because("The option " + option + " stands on one line more than once.")
                    .why("pip heeds one of them only")
                    .todo("write each on a line of its own");
        }
        return given.stream().findFirst();
    }
}
