package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Secret;
import dev.pycontainer.http.Login;
import dev.pycontainer.packaging.TomlTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The sources of a {@code Pipfile.lock}: a package comes from the one that it names, else from the first, as pipenv
 * installs it.
 *
 * <p>Variables of the environment stand for parts of their URLs. Those in user name and password need not be set, since
 * credentials may come with the configuration of indexes too; such as are written in the lock itself are not used.
 */
final class PipfileSources {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}|\\$([A-Za-z_][A-Za-z0-9_]*)");
    private static final Pattern CREDENTIALS = Pattern.compile("^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*://)(?<user>[^/]*)@");

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

    /** The logins of sources whose variables are all set. */
    List<LockCredentials> credentials() {
        return urls.values().stream()
                .filter(url -> VARIABLE.matcher(url).find() && isSet(url))
                .flatMap(url ->
                        login(url).map(login -> new LockCredentials(IndexUrl.of(expanded(url)), login)).stream())
                .toList();
    }

    /** As pip takes user and password from a URL, with their escapes; a variable may stand for both, or for all of it. */
    private Optional<Login> login(String url) {
        Matcher written = CREDENTIALS.matcher(url);
        Matcher replaced = CREDENTIALS.matcher(variables(url));
        boolean isWritten = written.find();
        if (isWritten && !VARIABLE.matcher(written.group("user")).find()) {
            return Optional.empty();
        }
        if (!isWritten && !replaced.find()) {
            return Optional.empty();
        }
        String[] words = (isWritten ? variables(written.group("user")) : replaced.group("user")).split(":", 2);
        HttpUrl decoded = new HttpUrl.Builder()
                .scheme("https")
                .host("index")
                .encodedUsername(words[0])
                .encodedPassword(words.length > 1 ? words[1] : "")
                .build();
        return decoded.username().isEmpty()
                ? Optional.empty()
                : Optional.of(new Login(
                        decoded.username(), new Secret(decoded.password()), "the environment, by the lock's URL"));
    }

    private boolean isSet(String url) {
        return VARIABLE.matcher(url).results().allMatch(found -> environment.containsKey(nameOf(found)));
    }

    private static String nameOf(MatchResult variable) {
        return variable.group(1) == null ? variable.group(2) : variable.group(1);
    }

    private String expanded(String url) {
        return variables(CREDENTIALS.matcher(url).replaceFirst("${scheme}"));
    }

    private String variables(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String name = nameOf(found);
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
