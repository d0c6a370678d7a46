package dev.pycontainer.packaging;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A marker's syntax tree. */
sealed interface MarkerExpression permits MarkerExpression.And, MarkerExpression.Or, MarkerComparison {

    /** What is known about an expression in an environment that may lack a variable (Kleene's three values). */
    enum Truth {
        FALSE,
        UNKNOWN,
        TRUE;

        static Truth of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }

    Truth in(MarkerEnvironment environment);

    /** All variables that the expression names, also where they decide nothing. */
    Stream<MarkerVariable> variables();

    /** The least true of its parts: a false one decides, whatever an unknown one would say. */
    record And(List<MarkerExpression> parts) implements MarkerExpression {

        @Override
        public Truth in(MarkerEnvironment environment) {
            Truth least = Truth.TRUE;
            for (MarkerExpression part : parts) {
                Truth truth = part.in(environment);
                least = truth.compareTo(least) < 0 ? truth : least;
            }
            return least;
        }

        @Override
        public Stream<MarkerVariable> variables() {
            return parts.stream().flatMap(MarkerExpression::variables);
        }

        @Override
        public String toString() {
            return parts.stream()
                    .map(part -> part instanceof Or ? "(" + part + ")" : part.toString())
                    .collect(Collectors.joining(" and "));
        }
    }

    /** The truest of its parts: a true one decides, whatever an unknown one would say. */
    record Or(List<MarkerExpression> parts) implements MarkerExpression {

        @Override
        public Truth in(MarkerEnvironment environment) {
            Truth most = Truth.FALSE;
            for (MarkerExpression part : parts) {
                Truth truth = part.in(environment);
                most = truth.compareTo(most) > 0 ? truth : most;
            }
            return most;
        }

        @Override
        public Stream<MarkerVariable> variables() {
            return parts.stream().flatMap(MarkerExpression::variables);
        }

        @Override
        public String toString() {
            return parts.stream().map(MarkerExpression::toString).collect(Collectors.joining(" or "));
        }
    }
}
