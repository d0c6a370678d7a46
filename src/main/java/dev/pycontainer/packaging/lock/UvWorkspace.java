package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.TomlTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/** Finds the workspace of uv that a project is a member of: its lock is the member's, which has none of its own. */
final class UvWorkspace {

    private UvWorkspace() {}

    /**
     * The directory of the workspace's root, as uv finds it: the nearest parent with a {@code pyproject.toml} decides.
     *
     * @param pyproject the project's own, which is no member where it is a root itself, or not managed by uv
     */
    static Optional<Path> rootOf(Disk disk, Path project, JsonNode pyproject) {
        JsonNode uv = pyproject.path("tool").path("uv");
        boolean managed = uv.path("managed").booleanValue(true);
        if (!pyproject.has("project") || uv.has("workspace") || !managed) {
            return Optional.empty();
        }
        Path directory = project.toAbsolutePath().normalize();
        for (Path parent = directory.getParent(); parent != null; parent = parent.getParent()) {
            Optional<Boolean> member = isMember(disk, directory, parent);
            if (member.isPresent()) {
                return member.get() ? Optional.of(parent) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** What a directory above says of it; nothing where it holds no project. */
    private static Optional<Boolean> isMember(Disk disk, Path directory, Path parent) {
        try {
            return Pyproject.in(disk, parent).map(root -> hasMember(root, parent.relativize(directory)));
        } catch (BuildRefused refused) {
            throw refused.in(parent.toString()).orTodo("correct it in " + Pyproject.FILE);
        } catch (IOException e) {
            throw BuildRefused.because(parent.resolve(Pyproject.FILE) + " cannot be read.")
                    .why("whether the project belongs to a workspace is decided there: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static boolean hasMember(Pyproject root, Path member) {
        return root.read(file -> {
            TomlTable workspace = file.table("tool").table("uv").table("workspace");
            return matches(workspace.texts("members"), member) && !matches(workspace.texts("exclude"), member);
        });
    }

    private static boolean matches(List<String> globs, Path member) {
        String path = member.toString().replace('\\', '/');
        return globs.stream().anyMatch(glob -> patternOf(glob).matcher(path).matches());
    }

    /** uv's globs: {@code *} and {@code ?} within one name, {@code **} for any number of them, {@code [ab]}, {@code [!ab]}. */
    private static Pattern patternOf(String glob) {
        String rest = glob.replaceFirst("^(?:\\./+)+", "").replaceFirst("/+$", "");
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            int close = c == '[' ? rest.indexOf(']', i + 2) : -1;
            if (rest.startsWith("**/", i)) {
                pattern.append("(?:[^/]+/)*");
                i += 2;
            } else if (rest.startsWith("**", i)) {
                pattern.append(".*");
                i++;
            } else if (c == '*') {
                pattern.append("[^/]*");
            } else if (c == '?') {
                pattern.append("[^/]");
            } else if (close > 0) {
                pattern.append(classOf(rest.substring(i + 1, close)));
                i = close;
            } else {
                pattern.append(Pattern.quote(String.valueOf(c)));
            }
        }
        try {
            return Pattern.compile(pattern.toString());
        } catch (PatternSyntaxException e) {
            throw BuildRefused.because("\"" + glob + "\" is not a pattern of directories.")
                    .in("tool.uv.workspace")
                    .causedBy(e);
        }
    }

    private static String classOf(String content) {
        boolean not = content.startsWith("!");
        String escaped = content.substring(not ? 1 : 0).replaceAll("[\\\\\\[\\]^&]", "\\\\$0");
        return (not ? "[^/" : "[") + escaped + "]";
    }
}
