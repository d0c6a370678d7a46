package dev.pycontainer.project;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.StringUtils;
import org.eclipse.jgit.util.SystemReader;

/** The files besides the working tree's own on which a {@link SourceTree} depends, whether they are there or not. */
final class GitFiles {

    private GitFiles() {}

    /** Every place in which a repository is looked for before it is found. */
    static Set<Path> whereLookedFor(Path directory) {
        Set<Path> places = new HashSet<>();
        for (Path at = directory; at != null; at = at.getParent()) {
            Path git = at.resolve(Constants.DOT_GIT);
            if (Files.isDirectory(git)) {
                // Its own times change with every command of git; what matters of it is among the settings.
                return places;
            }
            places.add(git);
            if (Files.exists(git, LinkOption.NOFOLLOW_LINKS)) {
                return places;
            }
        }
        return places;
    }

    /**
     * The directory whose {@code .git} is a file that names a repository, if the project is in such: for git that is the working
     * tree, though the repository may still tell where another copy of it was.
     */
    static Optional<Path> linkedTree(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            Path git = at.resolve(Constants.DOT_GIT);
            if (Files.exists(git)) {
                return Files.isRegularFile(git) ? Optional.of(at) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The index, and the files that configure what git ignores and how; nothing where these name others in other ways than git does as a rule. */
    static Optional<Set<Path>> settingsOf(Repository repository) {
        Config config = repository.getConfig();
        if (config.getSections().stream()
                .anyMatch(section -> StringUtils.toLowerCase(section).startsWith("include"))) {
            return Optional.empty();
        }
        Path own = repository.getDirectory().toPath();
        Path common = repository.getCommonDirectory().toPath();
        Set<Path> files = new HashSet<>(List.of(
                repository.getIndexFile().toPath(),
                own.resolve("commondir"),
                own.resolve("config.worktree"),
                common.resolve("config"),
                common.resolve("info/exclude"),
                common.resolve("info/attributes")));
        Path home = repository.getFS().userHome().toPath();
        String configured = SystemReader.getInstance().getenv("XDG_CONFIG_HOME");
        Path ofUser = (configured == null || configured.isEmpty() ? home.resolve(".config") : Path.of(configured))
                .resolve("git");
        files.add(home.resolve(".gitconfig"));
        List.of("config", "ignore", "attributes").forEach(name -> files.add(ofUser.resolve(name)));
        for (String name : List.of("excludesFile", "attributesFile")) {
            String place = config.getString("core", null, name);
            if (place != null && !place.startsWith("~/") && !place.startsWith("/")) {
                return Optional.empty();
            }
            if (place != null) {
                files.add(place.startsWith("~/") ? home.resolve(place.substring(2)) : Path.of(place));
            }
        }
        return Optional.of(files);
    }
}
