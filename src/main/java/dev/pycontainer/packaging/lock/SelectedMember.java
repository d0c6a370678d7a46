package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import java.nio.file.Path;
import java.util.List;

/**
 * Another local project that is needed: it is installed from its own directory, as the project itself is.
 *
 * @param directory absolute
 * @param extras those of its extras that are needed, sorted
 * @param requiredBy as in {@link SelectedWheel}
 */
public record SelectedMember(PackageName name, Path directory, List<String> extras, List<String> requiredBy) {

    public SelectedMember {
        extras = List.copyOf(extras);
        requiredBy = List.copyOf(requiredBy);
    }
}
