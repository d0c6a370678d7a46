package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Specifier.Operator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One field compared with one constant: dependency specifiers (PEP 508), "Marker comparisons".
 *
 * @param constant what the marker's writer gave, without its quotes
 * @param variableFirst whether the field stands left of the operator
 */
record MarkerComparison(MarkerVariable variable, MarkerOperator operator, String constant, boolean variableFirst)
        implements MarkerExpression {

    @Override
    public Stream<MarkerVariable> variables() {
        return Stream.of(variable);
    }

    @Override
    public Truth in(MarkerEnvironment environment) {
        return switch (variable.type()) {
            case EXTRA -> Truth.of(holdsForExtra(environment.extras().orElse(Set.of())));
            case SET ->
                environment
                        .set(variable)
                        .map(names -> Truth.of(holdsForSet(names)))
                        .orElse(Truth.UNKNOWN);
            case STRING ->
                environment
                        .value(variable)
                        .map(value -> Truth.of(holdsForStrings(value)))
                        .orElse(Truth.UNKNOWN);
            case VERSION, VERSION_OR_STRING ->
                environment
                        .value(variable)
                        .map(value -> Truth.of(holdsForVersions(value)))
                        .orElse(Truth.UNKNOWN);
        };
    }

    // "extra == "name" in a dependency declaration is similar to "name" in extras, while extra != "name" is similar to
    // "name" not in extras." Other comparisons: "installation tools SHOULD evaluate them as False."
    private boolean holdsForExtra(Set<String> extras) {
        boolean member = extras.contains(Extra.normalized(constant));
        return operator == MarkerOperator.EQUAL ? member : operator == MarkerOperator.NOT_EQUAL && !member;
    }

    // "the only valid operations are in and not in comparisons with a user supplied string literal as the left operand
    // […] installation tools SHOULD treat such operations as always being False."
    private boolean holdsForSet(Set<String> names) {
        boolean member = names.contains(Extra.normalized(constant));
        if (variableFirst) {
            return false;
        }
        return operator == MarkerOperator.IN ? member : operator == MarkerOperator.NOT_IN && !member;
    }

    // "Version" and "Version | String" fields: "the comparison operations are defined by the Version specifier
    // specification when […] both the marker field value and the user supplied constant can be parsed as valid version
    // specifiers or the === arbitrary equivalence comparison operator is used"; installation tools "MAY […] fall back
    // to String field comparison logic" otherwise. As the reference implementation does it, no operator holds for what
    // is no version on its left; a field that is a version on some platforms only "SHOULD" be compared as a string
    // there.
    private boolean holdsForVersions(String value) {
        String left = variableFirst ? value : constant;
        String right = variableFirst ? constant : value;
        Optional<Operator> comparison = operator.versions()
                .filter(it -> it != Operator.ARBITRARY)
                .filter(it -> SpecifierParser.problem(it, right.strip()).isEmpty());
        if (comparison.isEmpty()) {
            return holdsForStrings(value);
        }
        Optional<Version> version = Version.tryParse(left);
        if (version.isPresent()) {
            return new Specifier(comparison.get(), right.strip()).contains(version.get());
        }
        return variable.type() == MarkerVariable.Type.VERSION_OR_STRING
                && operator != MarkerOperator.COMPATIBLE
                && holdsForStrings(value);
    }

    // "==, !=, in, and not in are defined as they are for Python strings"; "treat >= and <= as equivalent to ==",
    // "treat > and < as always being False"; === may be "equivalent to ==". Python's `in` asks for a part of a text, so
    // that python_version in "2.7 3.3" means what its writer wanted.
    private boolean holdsForStrings(String value) {
        String left = variableFirst ? value : constant;
        String right = variableFirst ? constant : value;
        return switch (operator) {
            case EQUAL, AT_MOST, AT_LEAST -> left.equals(right);
            case ARBITRARY ->
                variable.type() == MarkerVariable.Type.STRING ? left.equals(right) : left.equalsIgnoreCase(right);
            case NOT_EQUAL -> !left.equals(right);
            case LESS, GREATER -> false;
            case IN -> right.contains(left);
            case NOT_IN -> !right.contains(left);
            case COMPATIBLE ->
                throw BuildRefused.because("The marker `" + this + "` has no meaning.")
                        .why("`~=` compares versions of at least two segments, and \"" + right + "\" is none");
        };
    }

    @Override
    public String toString() {
        String shown = variable.holdsOneValue() ? constant : Extra.normalized(constant);
        String quoted = shown.indexOf('"') < 0 ? '"' + shown + '"' : "'" + shown + "'";
        return variableFirst ? variable + " " + operator + " " + quoted : quoted + " " + operator + " " + variable;
    }
}
