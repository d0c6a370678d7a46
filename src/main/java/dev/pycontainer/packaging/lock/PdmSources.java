package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.TomlTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code [[tool.pdm.source]]} of a project, in its order.
 *
 * <p>A package's source is told where a source includes it by name, or where a source named {@code pypi} replaces the
 * default index, so that the sources are all that there are. Else it is left to the configuration: the default index,
 * which pdm asks too, stands in no file.
 */
final class PdmSources {

    private static final String DEFAULT = "pypi";

    private final List<Source> sources;

    private PdmSources(List<Source> sources) {
        this.sources = sources;
    }

    private record Source(String name, String url, boolean isIndex, List<Pattern> included, List<Pattern> excluded) {

        static Source of(TomlTable table) {
            return new Source(
                    table.text("name").orElse(""),
                    table.text("url").orElse(""),
                    table.text("type").orElse("index").equals("index"),
                    patterns(table, "include_packages"),
                    patterns(table, "exclude_packages"));
        }

        // fnmatch: "*" and "?"; a package that such a pattern missed would be asked of another index.
        private static List<Pattern> patterns(TomlTable table, String key) {
            return table.texts(key, glob -> {
                if (glob.indexOf('[') >= 0) {
                    throw BuildRefused.because("The pattern \"" + glob + "\" cannot be read.")
                            .why("sets of characters are not known here, only * and ?")
                            .todo("write a pattern for each name that is meant");
                }
                return Pattern.compile(
                        Pattern.quote(normalized(glob)).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
            });
        }

        private static String normalized(String glob) {
            return glob.indexOf('*') < 0 && glob.indexOf('?') < 0
                    ? Extra.normalized(glob)
                    : glob.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
        }

        boolean includes(PackageName name) {
            return matches(included, name);
        }

        boolean mayHold(PackageName name) {
            return !matches(excluded, name);
        }

        private static boolean matches(List<Pattern> patterns, PackageName name) {
            return patterns.stream()
                    .anyMatch(pattern -> pattern.matcher(name.value()).matches());
        }

        String index() {
            if (!isIndex) {
                throw BuildRefused.because("The source \"" + name + "\" of [[tool.pdm.source]] is no index.")
                        .why("pages of links have no names by which a package is found")
                        .todo("lock from an index, or lock with the strategy static_urls");
            }
            return IndexUrl.of(url);
        }
    }

    static PdmSources of(Optional<Pyproject> pyproject) {
        return new PdmSources(pyproject
                .map(present -> present.read(file -> file.table("tool").table("pdm").tables("source").stream()
                        .map(Source::of)
                        .filter(source -> !source.url().isEmpty())
                        .toList()))
                .orElseGet(List::of));
    }

    /**
     * The indexes of a package; none where the project does not tell.
     *
     * @param needed whether its files can be had from an index alone, so that every source must be one
     */
    List<String> of(PackageName name, boolean needed) {
        return told(name)
                .filter(source -> needed || source.isIndex())
                .map(Source::index)
                .toList();
    }

    private Stream<Source> told(PackageName name) {
        if (sources.stream().anyMatch(source -> source.includes(name))) {
            return sources.stream().filter(source -> source.includes(name));
        }
        return sources.stream().anyMatch(source -> source.name().equals(DEFAULT))
                ? sources.stream().filter(source -> source.mayHold(name))
                : Stream.empty();
    }
}
