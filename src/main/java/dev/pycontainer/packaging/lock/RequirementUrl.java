package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Login;
import dev.pycontainer.http.RedactedUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A URL of a requirements file, with its variables replaced by what the environment holds, and what stands behind its
 * {@code #} apart.
 *
 * <p>Only a variable may bring credentials: what is written in the file is known to all its readers. They are apart from
 * the text from here on.
 *
 * @param text without fragment and credentials
 */
record RequirementUrl(String text, String fragment, Optional<LockCredentials> credentials) {

    /** Twice what servers take; parsing hostile ones takes the square of their length. */
    private static final int LONGEST = 16_384;

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)}");
    private static final Pattern USER = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?<user>[^/?#]*)@.*");

    static RequirementUrl of(String written, Map<String, String> environment) {
        String expanded = expanded(written, environment);
        if (expanded.length() > LONGEST) {
            throw BuildRefused.because("A URL of the requirements file has " + expanded.length() + " characters.")
                    .why("the limit for it is " + LONGEST);
        }
        int hash = expanded.indexOf('#');
        String url = hash < 0 ? expanded : expanded.substring(0, hash);
        String fragment = hash < 0 ? "" : expanded.substring(hash + 1);
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            return new RequirementUrl(withoutPassword(written, url), fragment, Optional.empty());
        }
        if (parsed.encodedUsername().isEmpty() && parsed.encodedPassword().isEmpty()) {
            return new RequirementUrl(url, fragment, Optional.empty());
        }
        refuseLiteral(written);
        String open = parsed.newBuilder().username("").password("").build().toString();
        Login login = new Login(parsed.username(), new Secret(parsed.password()), "the environment, by the lock's URL");
        return new RequirementUrl(open, fragment, Optional.of(new LockCredentials(open, login)));
    }

    /** Of other schemes, such as {@code git+ssh}, a user's name alone is no secret; nothing of it is kept all the same. */
    private static String withoutPassword(String written, String url) {
        Matcher user = USER.matcher(url);
        if (!user.matches()) {
            return url;
        }
        if (user.group("user").contains(":")) {
            refuseLiteral(written);
        }
        return url.startsWith("git+ssh://") && !user.group("user").contains(":")
                ? url
                : user.group("scheme") + url.substring(user.end("user") + 1);
    }

    private static void refuseLiteral(String written) {
        Matcher user = USER.matcher(written);
        if (user.matches() && !user.group("user").contains("${")) {
            throw BuildRefused.because("The URL " + RedactedUrl.of(written) + " holds credentials.")
                    .why("a requirements file is committed and shared; credentials in it are known to all its readers")
                    .todo("remove them and change the password; give the new one in a server of settings.xml, or by a"
                            + " variable such as ${INDEX_TOKEN}");
        }
    }

    private static String expanded(String written, Map<String, String> environment) {
        Matcher variable = VARIABLE.matcher(written);
        StringBuilder expanded = new StringBuilder();
        while (variable.find()) {
            String value = environment.getOrDefault(variable.group(1), "");
            if (value.isEmpty()) {
                throw BuildRefused.because("The variable " + variable.group(1) + " is not set.")
                        .why("a URL of the requirements file is made of it")
                        .todo("set it in the environment of the build");
            }
            variable.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        return variable.appendTail(expanded).toString();
    }

    static boolean hasVariable(String text) {
        return VARIABLE.matcher(text).find();
    }

    /** Refuses a variable where the image would depend on it. */
    static void refuseVariable(String text) {
        if (hasVariable(text)) {
            throw BuildRefused.because("A variable of the environment stands in the lock.")
                    .why("the same files must give the same image, whatever the environment holds; only a URL may have"
                            + " one, as for its credentials")
                    .todo("write the value itself");
        }
    }

    /** The value behind {@code key=} in the fragment: {@code #egg=name&subdirectory=lib}. */
    Optional<String> fragment(String key) {
        for (String part : fragment.split("&", -1)) {
            if (part.startsWith(key + "=")) {
                return Optional.of(part.substring(key.length() + 1));
            }
        }
        return Optional.empty();
    }

    /** An HTTP or HTTPS URL; any other is refused. */
    String http(String what) {
        if (HttpUrl.parse(text) == null) {
            throw BuildRefused.because(what + " " + RedactedUrl.of(text) + " is not an HTTP or HTTPS URL.");
        }
        return text;
    }

    boolean hasScheme(String scheme) {
        return text.regionMatches(true, 0, scheme + ":", 0, scheme.length() + 1);
    }

    /** The path of a {@code file:} URL, as written but for its escapes. */
    String filePath() {
        String path = text.substring("file:".length()).replaceFirst("^//(?:localhost(?=/))?", "");
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw BuildRefused.because("The URL " + text + " has an escape that is none.")
                    .causedBy(e);
        }
    }
}
