package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import java.util.regex.Pattern;

/**
 * The id of the git tree that the project's directory would be if all its work were committed.
 *
 * @param id 40 hexadecimal digits, as {@code git rev-parse HEAD:path} prints them where nothing is uncommitted
 */
public record SourceTree(String id) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");

    public SourceTree {
        if (!ID.matcher(id).matches()) {
            throw BuildRefused.because("\"" + id + "\" is not the id of a git tree.");
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
