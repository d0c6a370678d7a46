package dev.pycontainer.content;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expected failure, told as an answer: what was wrong, where, why, and what to do.
 *
 * <p>The place that finds the fault states {@code because}, {@code why} and {@code todo}; each floor above adds
 * {@link #in(String) where} it was working. The text is made once, by {@link #getMessage()}.
 */
public class BuildRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String[] where;
    private final @Nullable String why;
    private final @Nullable String todo;

    protected BuildRefused(
            String what, List<String> where, @Nullable String why, @Nullable String todo, @Nullable Throwable cause) {
        super(what, cause);
        this.what = what;
        this.where = where.toArray(String[]::new);
        this.why = why;
        this.todo = todo;
    }

    /** @param what one whole sentence that answers "what was wrong?" on its own */
    public static BuildRefused because(String what) {
        return new BuildRefused(what, List.of(), null, null, null);
    }

    /** The same refusal with the reason behind it, a clause or a sentence. */
    public BuildRefused why(String reason) {
        return traced(with(List.of(where), reason, todo, getCause()));
    }

    /** The same refusal with what the reader can do about it. */
    public BuildRefused todo(String advice) {
        return traced(with(List.of(where), why, advice, getCause()));
    }

    /** The same refusal, with this advice where it has none yet: what helps against most faults of the same thing. */
    public BuildRefused orTodo(String advice) {
        return todo == null ? todo(advice) : this;
    }

    /** The same refusal with the fault of a library or of the system that led to it. */
    public BuildRefused causedBy(Throwable cause) {
        return traced(with(List.of(where), why, todo, cause));
    }

    /**
     * The same refusal with a place before the places already known: the outermost stands first, and is not repeated
     * where it stands there already.
     */
    public BuildRefused in(String place) {
        if (where.length > 0 && where[0].equals(place)) {
            return this;
        }
        List<String> places = new ArrayList<>();
        places.add(place);
        places.addAll(List.of(where));
        return traced(with(places, why, todo, getCause()));
    }

    /** The same kind of refusal with other parts; a kind of its own returns itself here. */
    protected BuildRefused with(
            List<String> where, @Nullable String why, @Nullable String todo, @Nullable Throwable cause) {
        return new BuildRefused(what, where, why, todo, cause);
    }

    private BuildRefused traced(BuildRefused other) {
        other.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            other.addSuppressed(suppressed);
        }
        return other;
    }

    /** The first sentence alone. */
    public String what() {
        return what;
    }

    /** The whole answer, one line per part; the lines after the first are indented by two spaces. */
    @Override
    public String getMessage() {
        StringBuilder text = new StringBuilder(what);
        if (where.length > 0) {
            line(text, "where", String.join(": ", where));
        }
        line(text, "why  ", why);
        line(text, "do   ", todo);
        return text.toString();
    }

    private static void line(StringBuilder text, String label, @Nullable String content) {
        if (content != null) {
            text.append("\n  ").append(label).append("  ").append(content.replace("\n", "\n         "));
        }
    }
}
