package dev.pycontainer.maven;

import dev.pycontainer.maven.Setting.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * Parameters written as XML in the plugin's configuration.
 *
 * <p>The elements are read as they stand, not through beans: an empty element is the empty string, and an unknown one at
 * any depth is an error of ours. {@code <from>NAME</from>} and {@code <to>NAME</to>} are short for their {@code <image>}.
 */
final class XmlParameters implements ParameterSource {

    private final Map<String, PlexusConfiguration> elements;

    private final List<UnknownParameter> dropped;

    /**
     * @param elements the configuration's elements by name
     * @param dropped elements that Maven did not hand over since no goal declares them
     */
    XmlParameters(Map<String, PlexusConfiguration> elements, List<UnknownParameter> dropped) {
        this.elements = Map.copyOf(elements);
        this.dropped = List.copyOf(dropped);
    }

    @Override
    public Optional<Setting> find(Leaf leaf) {
        List<String> names = List.of(leaf.path().split("\\."));
        PlexusConfiguration element = elements.get(names.get(0));
        if (element != null && isShorthandFor(leaf, element)) {
            return Optional.of(Setting.ofText("<" + names.get(0) + ">", textOf(element)));
        }
        for (String name : names.subList(1, names.size())) {
            element = element == null ? null : element.getChild(name, false);
        }
        return Optional.ofNullable(element)
                .map(found -> new Setting(written(leaf.path()), textOf(found), childrenOf(found)));
    }

    @Override
    public List<UnknownParameter> unknown() {
        List<UnknownParameter> unknown = new ArrayList<>(dropped);
        elements.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(element -> collectUnknown(element.getKey(), element.getValue(), unknown));
        return unknown;
    }

    private static void collectUnknown(String path, PlexusConfiguration element, List<UnknownParameter> unknown) {
        if (Leaves.paths().contains(path)) {
            return;
        }
        if (!Leaves.GROUPS.contains(path)) {
            unknown.add(new UnknownParameter(path, written(path)));
            return;
        }
        for (PlexusConfiguration child : element.getChildren()) {
            collectUnknown(path + "." + child.getName(), child, unknown);
        }
    }

    private static boolean isShorthandFor(Leaf leaf, PlexusConfiguration element) {
        return (leaf.path().equals("from.image") || leaf.path().equals("to.image"))
                && element.getChildCount() == 0
                && !textOf(element).isEmpty();
    }

    private static List<Child> childrenOf(PlexusConfiguration element) {
        return Stream.of(element.getChildren())
                .map(child -> new Child(child.getName(), textOf(child), childrenOf(child)))
                .toList();
    }

    private static String textOf(PlexusConfiguration element) {
        String text = element.getValue("");
        return text == null ? "" : text.strip();
    }

    private static String written(String path) {
        return Stream.of(path.split("\\.")).map(name -> "<" + name + ">").collect(Collectors.joining());
    }
}
