package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The condition of a dependency: dependency specifiers (PEP 508), "Environment Markers". */
public final class Marker {

    private final MarkerExpression expression;

    Marker(MarkerExpression expression) {
        this.expression = expression;
    }

    /** Reads a marker, without the semicolon before it; a refusal shows the place of the fault. */
    public static Marker parse(String text) {
        SourceText source = new SourceText("marker", text);
        MarkerExpression expression = new MarkerParser(source).marker();
        source.skipBlanks();
        if (!source.atEnd()) {
            throw source.refused("expected `and`, `or` or the end before " + source.next());
        }
        return new Marker(expression);
    }

    /**
     * Whether the condition holds in the environment.
     *
     * <p>A field that the environment does not know is refused by name, unless the rest decides: {@code A or B} is true
     * where one of them is, {@code A and B} false where one of them is, in whichever order they stand. Which fields a
     * marker names decides nothing, only what its answer rests on.
     */
    public boolean evaluate(MarkerEnvironment environment) {
        return switch (expression.in(environment)) {
            case TRUE -> true;
            case FALSE -> false;
            case UNKNOWN -> throw refused(environment);
        };
    }

    private BuildRefused refused(MarkerEnvironment environment) {
        List<MarkerVariable> unknown = expression
                .variables()
                .filter(variable -> !environment.knows(variable))
                .distinct()
                .toList();
        String names = unknown.stream().map(MarkerVariable::toString).collect(Collectors.joining(" and "));
        BuildRefused refused =
                BuildRefused.because("The marker `" + this + "` asks for " + names + ", which is not known here.");
        return unknown.stream().anyMatch(variable -> variable.type() == MarkerVariable.Type.SET)
                ? refused.why("extras and dependency_groups have a meaning in the packages of a pylock.toml only")
                : refused.why("it depends on the machine that will run the image, not on the image")
                        .todo("replace the condition by one on sys_platform, platform_machine or python_version");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Marker marker && expression.equals(marker.expression);
    }

    @Override
    public int hashCode() {
        return expression.hashCode();
    }

    /** The marker with its present-day names, single blanks and no needless parentheses. */
    @Override
    public String toString() {
        return expression.toString();
    }
}
