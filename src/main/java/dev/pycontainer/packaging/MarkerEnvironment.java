package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What markers are evaluated in: values for the fields of dependency specifiers (PEP 508), "Environment Markers".
 *
 * <p>A field may be unknown, as {@code platform_release} is where only the image is known and not the machine that will
 * run it.
 */
public final class MarkerEnvironment {

    private final Map<MarkerVariable, String> values;
    private final @Nullable Set<String> extras;
    private final @Nullable Set<String> groups;

    private MarkerEnvironment(
            Map<MarkerVariable, String> values, @Nullable Set<String> extras, @Nullable Set<String> groups) {
        this.values = values;
        this.extras = extras;
        this.groups = groups;
    }

    /** An environment of field name to value; the fields left out are unknown, and a name that is no field is refused. */
    public static MarkerEnvironment of(Map<String, String> values) {
        Map<MarkerVariable, String> known = new EnumMap<>(MarkerVariable.class);
        values.forEach((name, value) -> {
            MarkerVariable variable = MarkerVariable.named(name)
                    .filter(MarkerVariable::holdsOneValue)
                    .orElseThrow(() ->
                            BuildRefused.because("\"" + name + "\" is not a marker variable that holds one value."));
            known.put(variable, variable == MarkerVariable.PYTHON_FULL_VERSION ? tagged(value) : value);
        });
        return new MarkerEnvironment(known, null, null);
    }

    // In the wild: a Python built from a checkout calls itself "3.12.0+", which PEP 440 does not know.
    private static String tagged(String version) {
        return version.endsWith("+") ? version + "local" : version;
    }

    /** The same environment where these extras, in any spelling, are asked for; replaces those asked for before. */
    public MarkerEnvironment withExtras(Collection<String> names) {
        return new MarkerEnvironment(values, Extra.normalized(names), groups);
    }

    /** The same environment where these dependency groups are selected (PEP 751); replaces those selected before. */
    public MarkerEnvironment withDependencyGroups(Collection<String> names) {
        return new MarkerEnvironment(values, extras, Extra.normalized(names));
    }

    Optional<String> value(MarkerVariable variable) {
        return Optional.ofNullable(values.get(variable));
    }

    Optional<Set<String>> extras() {
        return Optional.ofNullable(extras);
    }

    Optional<Set<String>> set(MarkerVariable variable) {
        return Optional.ofNullable(variable == MarkerVariable.EXTRAS ? extras : groups);
    }

    /** Whether a comparison with this variable can be answered; {@code extra} always can. */
    boolean knows(MarkerVariable variable) {
        return switch (variable.type()) {
            case EXTRA -> true;
            case SET -> set(variable).isPresent();
            case STRING, VERSION, VERSION_OR_STRING -> values.containsKey(variable);
        };
    }
}
