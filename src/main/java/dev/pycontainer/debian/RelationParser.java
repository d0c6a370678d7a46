package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Reads relationship fields from left to right: Debian Policy Manual, section 7.1. Longer texts take longer, no more. */
final class RelationParser {

    private final String text;
    private int position;

    RelationParser(String text) {
        this.text = text;
    }

    // "They are a list of package names separated by commas."
    List<List<Relation>> all() {
        List<List<Relation>> all = new ArrayList<>();
        do {
            all.add(alternatives());
        } while (accept(','));
        if (position < text.length()) {
            throw refused("a comma or a vertical bar is missing");
        }
        return all;
    }

    // "the package names listed may also include lists of alternative package names, separated by vertical bar (pipe)
    // symbols |"
    private List<Relation> alternatives() {
        List<Relation> alternatives = new ArrayList<>();
        do {
            alternatives.add(relation());
        } while (accept('|'));
        return alternatives;
    }

    private Relation relation() {
        skipBlanks();
        int start = position;
        String name = readWhile(DebianPackage::isNamePart);
        if (!DebianPackage.isName(name)) {
            position = start;
            throw refused("the name of a package is missing");
        }
        // Whitespace must not appear inside names: the qualifier follows at once.
        Optional<String> qualifier = Optional.empty();
        if (position < text.length() && text.charAt(position) == ':') {
            position++;
            qualifier = Optional.of(architecture());
        }
        Optional<Relation.Constraint> constraint = accept('(') ? Optional.of(constraint()) : Optional.empty();
        List<String> architectures = accept('[') ? architectures() : List.of();
        List<List<String>> profiles = new ArrayList<>();
        while (accept('<')) {
            profiles.add(terms('>', "a profile"));
        }
        return new Relation(name, qualifier, constraint, architectures, profiles);
    }

    private String architecture() {
        String name = readWhile(RelationParser::isArchitecturePart);
        if (name.isEmpty()) {
            throw refused("the name of an architecture is missing");
        }
        return name;
    }

    private Relation.Constraint constraint() {
        skipBlanks();
        int start = position;
        Relation.Operator operator = Relation.Operator.written(readWhile(c -> c == '<' || c == '=' || c == '>'));
        if (operator == null) {
            position = start;
            throw refused("one of <<, <=, =, >= and >> is missing");
        }
        skipBlanks();
        String version = readWhile(c -> c != ')' && c != ',' && c != '|' && !isBlank(c));
        if (!accept(')')) {
            throw refused("a closing round bracket is missing");
        }
        try {
            return new Relation.Constraint(operator, DebianVersion.parse(version));
        } catch (BuildRefused e) {
            throw e.in("relation `" + Excerpt.of(text.strip()) + "`");
        }
    }

    // "(It is not permitted for some names to be prepended with exclamation marks while others aren't.)"
    private List<String> architectures() {
        List<String> terms = terms(']', "an architecture");
        long excluded = terms.stream().filter(term -> term.startsWith("!")).count();
        if (excluded != 0 && excluded != terms.size()) {
            throw refused("either all architectures have an exclamation mark or none");
        }
        return terms;
    }

    private List<String> terms(char end, String what) {
        List<String> terms = new ArrayList<>();
        while (!accept(end)) {
            String not = accept('!') ? "!" : "";
            String term = readWhile(c -> isArchitecturePart(c) || c == '.' || c == '+');
            if (term.isEmpty()) {
                throw refused(what + " is missing");
            }
            terms.add(not + term);
        }
        if (terms.isEmpty()) {
            throw refused(what + " is missing");
        }
        return terms;
    }

    /** Passes over blanks and {@code character} where it comes next. */
    private boolean accept(char character) {
        skipBlanks();
        if (position < text.length() && text.charAt(position) == character) {
            position++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        readWhile(RelationParser::isBlank);
    }

    private String readWhile(IntPredicate character) {
        int start = position;
        while (position < text.length() && character.test(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    // The fields are folded: line ends are white space.
    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\n';
    }

    private static boolean isArchitecturePart(int c) {
        return VersionPart.isDigit(c) || VersionPart.isLetter(c) || c == '-';
    }

    private BuildRefused refused(String problem) {
        return BuildRefused.because("`" + Excerpt.of(text.strip()) + "` is no list of packages.")
                .why(problem
                        + (position == text.length()
                                ? " at its end"
                                : " before `" + Excerpt.of(text.substring(position)) + "`"));
    }
}
