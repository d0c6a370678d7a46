package dev.pycontainer.packaging;

import dev.pycontainer.content.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the production {@code marker} of dependency specifiers (PEP 508), "Grammar", by recursive descent. */
final class MarkerParser {

    /** More parentheses than anybody writes, and few enough for every stack. */
    private static final int DEEPEST = 100;

    /** What is longer is no slip of the pen in a variable's name. */
    private static final int LONGEST_MISSPELT = 100;

    private final SourceText source;
    private int depth;

    MarkerParser(SourceText source) {
        this.source = source;
    }

    /** marker = marker_or = marker_and (wsp* 'or' marker_and)* */
    MarkerExpression marker() {
        List<MarkerExpression> parts = new ArrayList<>();
        do {
            parts.add(and());
            source.skipBlanks();
        } while (source.acceptWord("or"));
        return parts.size() == 1 ? parts.get(0) : new MarkerExpression.Or(List.copyOf(parts));
    }

    /** marker_and = marker_expr (wsp* 'and' marker_expr)* */
    private MarkerExpression and() {
        List<MarkerExpression> parts = new ArrayList<>();
        do {
            parts.add(expression());
            source.skipBlanks();
        } while (source.acceptWord("and"));
        return parts.size() == 1 ? parts.get(0) : new MarkerExpression.And(List.copyOf(parts));
    }

    /** marker_expr = marker_var marker_op marker_var | wsp* '(' marker wsp* ')' */
    private MarkerExpression expression() {
        source.skipBlanks();
        int start = source.position();
        if (!source.accept("(")) {
            return comparison();
        }
        if (++depth > DEEPEST) {
            throw source.refused("more than " + DEEPEST + " parentheses are open");
        }
        MarkerExpression inner = marker();
        depth--;
        source.skipBlanks();
        if (!source.accept(")")) {
            throw source.refusedSince(start, "expected `and`, `or` or the closing parenthesis before " + source.next());
        }
        return inner;
    }

    /** Either an env_var or a python_str; exactly one of the two is there. */
    private record Operand(Optional<MarkerVariable> variable, String constant) {}

    private MarkerExpression comparison() {
        int start = source.position();
        Operand left = operand();
        source.skipBlanks();
        MarkerOperator operator = operator();
        source.skipBlanks();
        Operand right = operand();
        // "All marker comparison expressions are expected to compare a named marker field against a given user supplied
        // constant."
        if (left.variable.isPresent() == right.variable.isPresent()) {
            throw source.refusedSince(
                    start,
                    left.variable.isPresent()
                            ? "a variable must be compared with a quoted text, not with another variable"
                            : "a quoted text must be compared with a variable, not with another text");
        }
        return left.variable
                .map(variable -> new MarkerComparison(variable, operator, right.constant, true))
                .orElseGet(() -> new MarkerComparison(right.variable.orElseThrow(), operator, left.constant, false));
    }

    /** marker_var = wsp* (env_var | python_str) */
    private Operand operand() {
        if (source.looksAt("'") || source.looksAt("\"")) {
            return new Operand(Optional.empty(), quoted());
        }
        int start = source.position();
        String name = source.readWhile(c -> SourceText.isWordPart(c) || c == '.');
        if (name.isEmpty()) {
            throw source.refused("expected a marker variable or a quoted text before " + source.next());
        }
        return new Operand(
                Optional.of(MarkerVariable.named(name).orElseThrow(() -> source.refusedSince(start, unknown(name)))),
                "");
    }

    private static String unknown(String name) {
        String unknown = "there is no marker variable `" + name + "`";
        if (name.length() > LONGEST_MISSPELT) {
            return unknown;
        }
        return unknown
                + NearestName.of(name, MarkerVariable.names())
                        .map(nearest -> ", the nearest is `" + nearest + "`")
                        .orElse("");
    }

    /** python_str = squote (python_str_c | dquote)* squote | dquote (python_str_c | squote)* dquote */
    private String quoted() {
        int start = source.position();
        char quote = source.accept("'") ? '\'' : '"';
        if (quote == '"') {
            source.accept("\"");
        }
        String text = source.readWhile(c -> c != quote && "\\\n\r\0".indexOf(c) < 0);
        // "Backslash escapes are not specified": a guess at their meaning could select a wrong package.
        if (source.looksAt("\\")) {
            throw source.refusedSince(start, "a backslash in a quoted text has no defined meaning");
        }
        if (!source.accept(String.valueOf(quote))) {
            throw source.refusedSince(
                    start, "expected a closing " + quote + (source.atEnd() ? "" : " before the line's end"));
        }
        return text;
    }

    /** marker_op = version_cmp | (wsp* 'in') | (wsp* 'not' wsp+ 'in') */
    private MarkerOperator operator() {
        int start = source.position();
        if (source.acceptWord("not")) {
            source.skipBlanks();
            if (!source.acceptWord("in")) {
                throw source.refusedSince(start, "expected `in` after `not`");
            }
            return MarkerOperator.NOT_IN;
        }
        if (source.acceptWord("in")) {
            return MarkerOperator.IN;
        }
        for (MarkerOperator operator : MarkerOperator.values()) {
            if (operator.versions().isPresent() && source.accept(operator.toString())) {
                return operator;
            }
        }
        throw source.refused("expected one of <=, <, !=, ==, >=, >, ~=, ===, in and not in before " + source.next());
    }
}
