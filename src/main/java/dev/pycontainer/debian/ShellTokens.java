package dev.pycontainer.debian;

import dev.pycontainer.debian.ShellToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Splits a script: POSIX shell command language, 2.3, "Token Recognition". */
final class ShellTokens {

    private static final int DEEPEST = 50;
    private static final List<String> OPERATORS = List.of(";;", ";", "&&", "&", "||", "|", "(", ")");
    private static final List<String> REDIRECTIONS = List.of("<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">");

    private final String script;
    private final List<ShellToken> tokens = new ArrayList<>();
    /** The here-documents that begin behind this line: their ends as written, with the operator before them. */
    private final Deque<String> documents = new ArrayDeque<>();

    private int at;
    private int line = 1;
    private int depth;

    private ShellTokens(String script) {
        this.script = script;
    }

    /** All of them, an END last. */
    static List<ShellToken> of(String script) {
        ShellTokens tokens = new ShellTokens(script);
        tokens.read();
        return tokens.tokens;
    }

    private void read() {
        while (at < script.length()) {
            char c = script.charAt(at);
            if (c == '\n') {
                add(Kind.OPERATOR, "\n");
                next();
                documents.forEach(this::skipDocument);
                documents.clear();
            } else if (c == ' ' || c == '\t') {
                at++;
            } else if (script.startsWith("\\\n", at)) {
                next();
                next();
            } else if (c == '#') {
                at = lineEnd();
            } else if (!readRedirection() && !readOperator()) {
                readWord();
            }
        }
        if (!documents.isEmpty()) {
            throw new NotUnderstood(line);
        }
        add(Kind.END, "");
    }

    private boolean readOperator() {
        for (String operator : OPERATORS) {
            if (script.startsWith(operator, at)) {
                add(Kind.OPERATOR, operator);
                at += operator.length();
                return true;
            }
        }
        return false;
    }

    private boolean readRedirection() {
        int number = at;
        while (number < script.length() && script.charAt(number) >= '0' && script.charAt(number) <= '9') {
            number++;
        }
        for (String operator : REDIRECTIONS) {
            if (script.startsWith(operator, number)) {
                at = number + operator.length();
                while (at < script.length() && (script.charAt(at) == ' ' || script.charAt(at) == '\t')) {
                    at++;
                }
                int begin = at;
                int beginLine = line;
                skipWord();
                String target = script.substring(begin, at);
                if (target.isEmpty()) {
                    throw new NotUnderstood(line);
                }
                if (operator.startsWith("<<")) {
                    documents.add(operator + target);
                }
                tokens.add(new ShellToken(
                        Kind.REDIRECTION, operator.startsWith("<<") ? "" : operator + target, beginLine));
                return true;
            }
        }
        return false;
    }

    private void readWord() {
        int begin = at;
        int beginLine = line;
        skipWord();
        if (at == begin) {
            throw new NotUnderstood(line);
        }
        tokens.add(new ShellToken(Kind.WORD, script.substring(begin, at).replace("\\\n", ""), beginLine));
    }

    private void skipWord() {
        while (at < script.length() && " \t\n;&|()<>".indexOf(script.charAt(at)) < 0) {
            skipPart();
        }
    }

    /** A character, or what quotes or braces hold together. */
    private void skipPart() {
        if (++depth > DEEPEST) {
            throw new NotUnderstood(line);
        }
        switch (script.charAt(at)) {
            case '\\' -> {
                next();
                next();
            }
            case '\'' -> {
                next();
                skipTo("'", false);
            }
            case '"' -> {
                next();
                skipTo("\"", true);
            }
            case '`' -> {
                next();
                skipTo("`", false);
            }
            case '$' -> {
                next();
                if (at < script.length() && script.charAt(at) == '{') {
                    next();
                    skipTo("}", true);
                } else if (at < script.length() && script.charAt(at) == '(') {
                    next();
                    skipParentheses();
                }
            }
            default -> next();
        }
        depth--;
    }

    private void skipTo(String end, boolean nested) {
        while (!script.startsWith(end, at)) {
            if (!nested) {
                next();
            } else if (end.equals("\"") && at < script.length() && script.charAt(at) == '\'') {
                next();
            } else {
                requireMore();
                skipPart();
            }
        }
        next();
    }

    private void skipParentheses() {
        int open = 1;
        while (open > 0) {
            requireMore();
            char c = script.charAt(at);
            if (c == '(' || c == ')') {
                open += c == '(' ? 1 : -1;
                next();
            } else {
                skipPart();
            }
        }
    }

    private void skipDocument(String document) {
        boolean tabs = document.startsWith("<<-");
        String end = document.substring(tabs ? 3 : 2).replaceAll("[\"'\\\\]", "");
        while (at < script.length()) {
            String text = script.substring(at, lineEnd());
            at = lineEnd();
            if (at < script.length()) {
                next();
            }
            if ((tabs ? text.replaceFirst("^\t+", "") : text).equals(end)) {
                return;
            }
        }
        throw new NotUnderstood(line);
    }

    private int lineEnd() {
        int end = script.indexOf('\n', at);
        return end < 0 ? script.length() : end;
    }

    private void requireMore() {
        if (at >= script.length()) {
            throw new NotUnderstood(line);
        }
    }

    private void next() {
        requireMore();
        if (script.charAt(at) == '\n') {
            line++;
        }
        at++;
    }

    private void add(Kind kind, String text) {
        tokens.add(new ShellToken(kind, text, line));
    }
}
