package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.TomlTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sources of a {@code Pipfile.lock}: a package comes from the one that it names, else from the first, as pipenv
 * installs it.
 *
 * <p>Variables of the environment stand for parts of their URLs. Those in user name and password are not asked for,
 * since credentials come with the configuration of indexes and never from a lock.
 */
final class PipfileSources {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}|\\$([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern CREDENTIALS = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)[^/]*@");

    private final Map<String, String> urls = new LinkedHashMap<>();
    private final Map<String, String> environment;

    PipfileSources(List<TomlTable> sources, Map<String, String> environment) {
        this.environment = environment;
        for (TomlTable source : sources) {
            String url = source.requiredText("url", text -> text);
            urls.put(source.text("name").orElse(url), url);
        }
    }

    /** The index of a package; none where the lock has no sources at all. */
    List<String> of(Optional<String> name) {
        Optional<String> url =
                name.map(this::named).or(() -> urls.values().stream().findFirst());
        return url.map(text -> IndexUrl.of(expanded(text))).stream().toList();
    }

    private String named(String name) {
        String url = urls.get(name);
        if (url == null) {
            throw BuildRefused.because("The lock has no source \"" + name + "\".")
                    .why(urls.isEmpty() ? "it has no sources" : "its sources are: " + String.join(", ", urls.keySet()))
                    .todo("run `pipenv lock` again");
        }
        return url;
    }

    private String expanded(String url) {
        Matcher variable = VARIABLE.matcher(CREDENTIALS.matcher(url).replaceFirst("$1"));
        return variable.replaceAll(found -> {
            String name = found.group(1) == null ? found.group(2) : found.group(1);
            String value = environment.get(name);
            if (value == null) {
                throw BuildRefused.because("The variable " + name + " of the environment is not set.")
                        .why("it stands in the URL of a source from which packages come")
                        .todo("set it, or write the source's address into the Pipfile and run `pipenv lock`");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
