package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.NearestName;
import dev.pycontainer.maven.ParameterSource.UnknownParameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The value of every parameter: the first of the places, in their order, that names it.
 *
 * <p>Whole leaves are taken: a list or map on the command line replaces the POM's, it does not add to it.
 */
final class Parameters {

    private static final Set<String> KNOWN =
            Stream.concat(Leaves.paths().stream(), Leaves.GROUPS.stream()).collect(Collectors.toUnmodifiableSet());

    private static final Pattern WITH_CREDENTIALS = Pattern.compile("//[^/@\\s]*@");

    private final List<ParameterSource> sources;

    /** @param sources the places, the strongest first; a parameter that none of them may hold is refused */
    Parameters(List<ParameterSource> sources) {
        this.sources = List.copyOf(sources);
        sources.stream()
                .flatMap(source -> source.unknown().stream())
                .findFirst()
                .ifPresent(unknown -> {
                    throw refused(unknown);
                });
    }

    private static BuildRefused refused(UnknownParameter unknown) {
        BuildRefused refusal = BuildRefused.because(unknown.written() + " is not a parameter of this plugin.");
        return NearestName.of(unknown.path(), KNOWN)
                .map(name -> refusal.todo("did you mean " + name + "?"))
                .orElse(refusal.todo("see the help goal for all parameters: mvn pycontainer:help -Ddetail"));
    }

    Optional<String> text(String path) {
        return find(path).map(Setting::asText);
    }

    /** A text read further; a refusal names the place where the text was written. */
    <T> Optional<T> text(String path, Function<String, T> reader) {
        return find(path).map(setting -> {
            try {
                return reader.apply(setting.asText());
            } catch (BuildRefused refused) {
                throw refused.in(setting.written());
            }
        });
    }

    /** Where the parameter's value was written, such as {@code <to><image>}. */
    Optional<String> written(String path) {
        return find(path).map(Setting::written);
    }

    boolean isSet(String path) {
        return find(path).isPresent();
    }

    boolean flag(String path) {
        return find(path).map(Setting::asFlag).orElse(false);
    }

    Optional<Integer> number(String path) {
        return find(path).map(Setting::asNumber);
    }

    Optional<List<String>> list(String path) {
        return find(path).map(Setting::asList);
    }

    Optional<Map<String, String>> map(String path) {
        return find(path).map(Setting::asMap);
    }

    /** As {@link Setting#asStructures} reads them. */
    Optional<List<Map<String, String>>> structures(String path, String first, String second, Set<String> fields) {
        return find(path).map(setting -> setting.asStructures(first, second, fields));
    }

    /**
     * All that is set and may make an image another, in one text: not where things are kept, and no credentials, which are
     * nobody's to be hashed.
     */
    String inputs() {
        StringBuilder text = new StringBuilder();
        for (Leaf leaf : Leaves.ALL) {
            if (leaf.isInput()) {
                find(leaf.path())
                        .ifPresent(setting -> text.append(leaf.path())
                                .append('=')
                                .append(WITH_CREDENTIALS
                                        .matcher(setting.value())
                                        .replaceAll("//"))
                                .append('\n'));
            }
        }
        return text.toString();
    }

    private Optional<Setting> find(String path) {
        Leaf leaf = Leaves.at(path);
        return sources.stream().flatMap(source -> source.find(leaf).stream()).findFirst();
    }
}
