package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The refusal of what an editable install cannot express: something that only the build backend could make. */
public final class NotEditable extends BuildRefused {

    private static final long serialVersionUID = 1;

    static final String ADVICE = "leave out [build-system], so that its files are only copied; a later version"
            + " will take the project's own wheel (python.wheel)";

    private NotEditable(
            String what, List<String> where, @Nullable String why, @Nullable String todo, @Nullable Throwable cause) {
        super(what, where, why, todo, cause);
    }

    public static BuildRefused because(String what) {
        return new NotEditable(what, List.of(), null, ADVICE, null);
    }

    @Override
    protected BuildRefused with(
            List<String> where, @Nullable String why, @Nullable String todo, @Nullable Throwable cause) {
        return new NotEditable(what(), where, why, todo, cause);
    }

    /** Refuses each of these keys that the table has. */
    static void refuse(TomlTable table, String... keys) {
        for (String key : keys) {
            if (table.has(key)) {
                throw because("The project uses \"" + key + "\", which only its build backend can carry out.")
                        .why("pycontainer installs the project as an editable install is, and runs no build backend")
                        .in(table.pathOf(key));
            }
        }
    }

    /** A path of the configuration as one below the project: {@code ./src/} is {@code src}, {@code .} is empty. */
    static String directory(String text, String key) {
        List<String> names = new ArrayList<>();
        for (String name : text.replace('\\', '/').split("/", -1)) {
            if (name.equals("..")) {
                throw leaves(text, key);
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        if (text.startsWith("/")) {
            throw leaves(text, key);
        }
        return String.join("/", names);
    }

    private static BuildRefused leaves(String text, String key) {
        return BuildRefused.because("The path \"" + text + "\" does not lie in the project.")
                .in(key);
    }
}
