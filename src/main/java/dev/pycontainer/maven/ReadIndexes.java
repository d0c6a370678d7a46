package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.index.Index;
import dev.pycontainer.packaging.index.Indexes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Settings;

/**
 * Reads which package indexes there are, the strongest first: the parameter {@code python.indexes}, the mirrors of
 * settings.xml that name a Python index, and for the default index alone the variable {@code PIP_INDEX_URL}.
 */
final class ReadIndexes {

    static final String PARAMETER = "python.indexes";
    private static final Set<String> FIELDS = Set.of("id", "url", "mirrorOf", "serverId");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final Parameters parameters;
    private final Settings settings;
    private final Map<String, String> environment;

    ReadIndexes(Parameters parameters, Settings settings, Map<String, String> environment) {
        this.parameters = parameters;
        this.settings = settings;
        this.environment = environment;
    }

    Indexes all() {
        List<Index> indexes = new ArrayList<>(configured());
        Set<String> ids = new HashSet<>(Set.of(Indexes.DEFAULT_ID));
        indexes.forEach(index -> ids.add(index.id()));
        for (Mirror mirror : settings.getMirrors()) {
            mirror(mirror, ids).ifPresent(indexes::add);
        }
        ofPip().ifPresent(indexes::add);
        return new Indexes(indexes);
    }

    /** What pip is told to ask instead of the default index. */
    Optional<Index> ofPip() {
        return Optional.of(environment.getOrDefault("PIP_INDEX_URL", "").strip())
                .filter(url -> !url.isEmpty())
                .map(url -> Index.of(Indexes.DEFAULT_ID, url, List.of(), Optional.empty(), "PIP_INDEX_URL"));
    }

    /** Whether the parameter's URLs hold user names or passwords. */
    boolean holdsPassword() {
        return configured().stream().anyMatch(index -> index.login().isPresent());
    }

    private List<Index> configured() {
        List<Index> indexes = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        String written = parameters.written(PARAMETER).orElse("");
        for (Map<String, String> fields :
                parameters.structures(PARAMETER, "id", "url", FIELDS).orElse(List.of())) {
            String id = fields.getOrDefault("id", "");
            if (!ID.matcher(id).matches()) {
                throw BuildRefused.because("An index of " + written + " has no id of letters and digits.")
                        .todo("give it one: the name that its lock, its mirrors and its <server> call it by");
            }
            if (!ids.add(id)) {
                throw BuildRefused.because(written + " has two indexes with the id \"" + id + "\".");
            }
            if (!fields.containsKey("url")) {
                throw BuildRefused.because("The index \"" + id + "\" of " + written + " has no url.")
                        .todo("write the URL under which each project has its page, such as"
                                + " https://index.example/simple");
            }
            indexes.add(Index.of(
                    id,
                    fields.get("url"),
                    words(fields.getOrDefault("mirrorOf", "")),
                    Optional.ofNullable(fields.get("serverId")),
                    written));
        }
        return indexes;
    }

    /**
     * A mirror of Maven's stands in for an index only where it names the index itself: one of {@code *} is meant for
     * Maven's repositories, and knows nothing of Python packages.
     */
    private static Optional<Index> mirror(Mirror mirror, Set<String> ids) {
        List<String> named =
                words(mirror.getMirrorOf()).stream().filter(ids::contains).toList();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        String source = "the mirror \"" + mirror.getId() + "\" of settings.xml";
        if (mirror.isBlocked()) {
            throw BuildRefused.because("The index \"" + named.get(0) + "\" is blocked.")
                    .in(source);
        }
        return Optional.of(Index.of(mirror.getId(), mirror.getUrl(), named, Optional.empty(), source));
    }

    private static List<String> words(String text) {
        return text == null
                ? List.of()
                : Stream.of(text.split("[,;\\s]+", -1))
                        .filter(word -> !word.isEmpty())
                        .toList();
    }
}
