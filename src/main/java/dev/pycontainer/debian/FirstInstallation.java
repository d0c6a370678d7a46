package dev.pycontainer.debian;

import dev.pycontainer.debian.ShellToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a maintainer script would do at the first installation of its package, as far as it can do anything.
 *
 * <p>A conservative reading: commands without effect and conditions on the script's own arguments are known, of all other
 * commands each that may run has an effect, and a script with more of the shell than is read here has one as a whole.
 * Commands of functions run nowhere but where the function is called, which is an effect.
 */
final class FirstInstallation {

    private static final int DEEPEST = 50;
    private static final Set<String> RESERVED = Set.of(
            "if", "then", "elif", "else", "fi", "case", "esac", "for", "while", "until", "do", "done", "{", "}", "in");

    private final List<ShellToken> tokens;
    private final ShellConditions conditions;
    private final CommandsWithoutEffect commands;
    private final SortedMap<Integer, String> effects = new TreeMap<>();

    private int at;
    private int depth;
    private boolean ended;

    private FirstInstallation(List<ShellToken> tokens, String action) {
        this.tokens = tokens;
        this.conditions = new ShellConditions(action);
        this.commands = new CommandsWithoutEffect(conditions);
    }

    /**
     * The lines, from 1, on which something is done, each with the command's name, which is empty for what is no simple
     * command or was not understood.
     *
     * @param action the script's first argument
     */
    static Map<Integer, String> effects(String script, String action) {
        FirstInstallation reading = null;
        try {
            reading = new FirstInstallation(ShellTokens.of(script), action);
            reading.list(Truth.YES, Set.of());
            return reading.effects;
        } catch (NotUnderstood e) {
            SortedMap<Integer, String> effects = new TreeMap<>(reading == null ? Map.of() : reading.effects);
            effects.putIfAbsent(e.line(), "");
            return effects;
        }
    }

    /** @param runs whether it does */
    private Truth list(Truth runs, Set<String> ends) {
        Truth status = Truth.YES;
        while (true) {
            while (peek().is("\n") || peek().is(";")) {
                at++;
            }
            if (peek().kind() == Kind.END || ends.contains(peek().text())) {
                return status;
            }
            status = andOr(now(runs));
            ShellToken end = peek();
            if (end.is("&")) {
                effect(now(runs), end, "");
                at++;
            } else if (!end.is("\n") && !end.is(";") && end.kind() != Kind.END && !ends.contains(end.text())) {
                throw new NotUnderstood(end.line());
            }
        }
    }

    private Truth now(Truth runs) {
        return ended ? Truth.NO : runs;
    }

    private Truth andOr(Truth runs) {
        Truth status = pipeline(runs);
        while (peek().is("&&") || peek().is("||")) {
            boolean and = peek().is("&&");
            at++;
            skipLines();
            Truth right = pipeline(now(runs).and(and ? status : status.not()));
            status = and ? status.and(right) : status.or(right);
        }
        return status;
    }

    private Truth pipeline(Truth runs) {
        boolean negated = false;
        while (peek().isWord("!")) {
            negated = !negated;
            at++;
        }
        Truth status = command(runs);
        while (peek().is("|")) {
            effect(runs, peek(), "");
            at++;
            skipLines();
            command(runs);
            status = Truth.UNKNOWN;
        }
        return negated ? status.not() : status;
    }

    private Truth command(Truth runs) {
        if (++depth > DEEPEST) {
            throw new NotUnderstood(peek().line());
        }
        ShellToken first = peek();
        boolean simple = first.kind() == Kind.REDIRECTION
                || (first.kind() == Kind.WORD && !RESERVED.contains(first.text()) && !isFunction());
        Truth status = simple ? simple(runs) : compound(runs);
        depth--;
        return status;
    }

    private boolean isFunction() {
        return tokens.get(at + 1).is("(");
    }

    private Truth compound(Truth runs) {
        ShellToken first = take();
        Truth status = Truth.UNKNOWN;
        if (first.is("(")) {
            // What it ends is itself alone.
            effect(runs, first, "");
            list(runs, Set.of(")"));
            takeOperator(")");
        } else if (first.kind() != Kind.WORD) {
            throw new NotUnderstood(first.line());
        } else {
            switch (first.text()) {
                case "if" -> ifClause(runs);
                case "case" -> caseClause(runs);
                case "for" -> forClause(runs);
                case "while", "until" -> whileClause(runs);
                case "{" -> {
                    status = list(runs, Set.of("}"));
                    takeWord("}");
                }
                default -> {
                    function(first);
                    return Truth.YES;
                }
            }
        }
        while (peek().kind() == Kind.REDIRECTION) {
            redirection(runs, take());
        }
        return status;
    }

    private void ifClause(Truth runs) {
        Truth left = runs;
        String next = "then";
        while (!next.equals("fi")) {
            Truth condition = next.equals("else") ? Truth.YES : list(left, Set.of("then"));
            if (!next.equals("else")) {
                takeWord("then");
            }
            list(now(left).and(condition), Set.of("elif", "else", "fi"));
            left = left.and(condition.not());
            next = take().text();
        }
    }

    private void caseClause(Truth runs) {
        ShellToken word = take();
        if (word.kind() != Kind.WORD) {
            throw new NotUnderstood(word.line());
        }
        substitution(runs, word);
        skipLines();
        takeWord("in");
        Truth left = runs;
        for (skipLines(); !peek().isWord("esac"); skipLines()) {
            if (peek().is("(")) {
                at++;
            }
            Truth fits = Truth.NO;
            do {
                ShellToken pattern = take();
                if (pattern.kind() != Kind.WORD || pattern.substitutes()) {
                    throw new NotUnderstood(pattern.line());
                }
                fits = fits.or(conditions.matches(word.text(), pattern.text()));
            } while (take().is("|"));
            if (!tokens.get(at - 1).is(")")) {
                throw new NotUnderstood(word.line());
            }
            list(now(left).and(fits), Set.of(";;", "esac"));
            left = left.and(fits.not());
            if (peek().is(";;")) {
                at++;
            }
        }
        takeWord("esac");
    }

    private void forClause(Truth runs) {
        take();
        skipLines();
        while (!peek().isWord("do")) {
            ShellToken word = take();
            if (word.kind() != Kind.WORD && !word.is(";") && !word.is("\n")) {
                throw new NotUnderstood(word.line());
            }
            substitution(runs, word);
        }
        loop(runs);
    }

    private void whileClause(Truth runs) {
        list(runs.and(Truth.UNKNOWN), Set.of("do"));
        loop(runs);
    }

    private void loop(Truth runs) {
        takeWord("do");
        list(now(runs).and(Truth.UNKNOWN), Set.of("done"));
        takeWord("done");
    }

    private void function(ShellToken name) {
        takeOperator("(");
        takeOperator(")");
        skipLines();
        if (CommandsWithoutEffect.NAMES.contains(name.text()) || RESERVED.contains(name.text())) {
            throw new NotUnderstood(name.line());
        }
        command(Truth.NO);
    }

    private Truth simple(Truth runs) {
        ShellToken first = peek();
        List<String> words = new ArrayList<>();
        while (peek().kind() == Kind.WORD || peek().kind() == Kind.REDIRECTION) {
            ShellToken token = take();
            substitution(runs, token);
            if (token.kind() == Kind.REDIRECTION) {
                redirection(runs, token);
            } else if (!words.isEmpty() || !isAssignment(token.text())) {
                words.add(token.text());
            } else if (token.text().startsWith("IFS=")) {
                effect(runs, token, "");
            }
        }
        if (words.isEmpty()) {
            return Truth.YES;
        }
        Optional<Truth> status = commands.status(words);
        if (status.isEmpty()) {
            effect(runs, first, words.get(0));
        } else if (words.get(0).equals("exit") && runs == Truth.YES) {
            ended = true;
        }
        return status.orElse(Truth.UNKNOWN);
    }

    private static boolean isAssignment(String word) {
        return word.matches("(?s)[A-Za-z_][A-Za-z0-9_]*=.*");
    }

    private void redirection(Truth runs, ShellToken token) {
        if (!token.text().matches("(?:>|>>|<)/dev/null|>&[12]")) {
            effect(runs, token, "");
        }
    }

    private void substitution(Truth runs, ShellToken word) {
        if (word.substitutes()) {
            effect(runs, word, "");
        }
    }

    private void effect(Truth runs, ShellToken place, String command) {
        if (runs != Truth.NO) {
            effects.merge(place.line(), command, (old, other) -> old.isEmpty() ? other : old);
        }
    }

    private void skipLines() {
        while (peek().is("\n")) {
            at++;
        }
    }

    private ShellToken peek() {
        return tokens.get(at);
    }

    private ShellToken take() {
        ShellToken token = tokens.get(at);
        if (token.kind() == Kind.END) {
            throw new NotUnderstood(token.line());
        }
        at++;
        return token;
    }

    private void takeWord(String word) {
        ShellToken token = take();
        if (!token.isWord(word)) {
            throw new NotUnderstood(token.line());
        }
    }

    private void takeOperator(String operator) {
        ShellToken token = take();
        if (!token.is(operator)) {
            throw new NotUnderstood(token.line());
        }
    }
}
