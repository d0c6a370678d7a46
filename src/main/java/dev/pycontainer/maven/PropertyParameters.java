package dev.pycontainer.maven;

import dev.pycontainer.content.Utf8Order;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Parameters written as properties {@code pycontainer.<path>}: on the command line, or in the POM. */
final class PropertyParameters implements ParameterSource {

    private static final String PREFIX = "pycontainer.";

    private final Properties properties;
    private final String before;
    private final boolean strict;

    private PropertyParameters(Properties properties, String before, boolean strict) {
        this.properties = properties;
        this.before = before;
        this.strict = strict;
    }

    /** The command line's {@code -Dpycontainer.<path>}; an unknown one is an error. */
    static PropertyParameters ofCommandLine(Properties userProperties) {
        return new PropertyParameters(userProperties, "-D", true);
    }

    /** The POM's properties; others may begin with the prefix, such as a {@code pycontainer.version} of the user's own. */
    static PropertyParameters ofPom(Properties projectProperties) {
        return new PropertyParameters(projectProperties, "the property ", false);
    }

    @Override
    public Optional<Setting> find(Leaf leaf) {
        return Optional.ofNullable(properties.getProperty(PREFIX + leaf.path()))
                .map(text -> Setting.ofText(before + PREFIX + leaf.path(), text));
    }

    @Override
    public List<UnknownParameter> unknown() {
        if (!strict) {
            return List.of();
        }
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .filter(path -> !Leaves.paths().contains(path))
                .sorted(Utf8Order.INSTANCE)
                .map(path -> new UnknownParameter(path, before + PREFIX + path))
                .toList();
    }
}
