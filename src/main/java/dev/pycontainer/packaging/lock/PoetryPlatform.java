package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code platform} of a dependency, such as {@code linux || darwin} or {@code !=win32}, as a marker (PEP 508). */
final class PoetryPlatform {

    private static final Pattern OR = Pattern.compile("\\|\\|?");
    private static final Pattern ONE = Pattern.compile("(?<op>!=|==?)?+\\s*+(?<name>[A-Za-z0-9_.+-]++)");

    private PoetryPlatform() {}

    static String marker(String text) {
        List<String> alternatives = new ArrayList<>();
        for (String alternative : OR.split(text, -1)) {
            alternatives.add(Stream.of(alternative.split(",", -1))
                    .map(String::strip)
                    .map(one -> comparison(one, text))
                    .filter(one -> !one.isEmpty())
                    .collect(Collectors.joining(" and ")));
        }
        return alternatives.contains("") ? "" : String.join(" or ", alternatives);
    }

    private static String comparison(String one, String text) {
        if (one.equals("*")) {
            return "";
        }
        Matcher parts = ONE.matcher(one);
        if (!parts.matches()) {
            throw BuildRefused.because("The platform \"" + text + "\" cannot be read.")
                    .why("it is a name such as linux, or several with || between them and != before them");
        }
        String operator = "!=".equals(parts.group("op")) ? "!=" : "==";
        return "sys_platform " + operator + " \"" + parts.group("name") + "\"";
    }
}
