package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks that every symbolic link among the project's files means in the image what it means here.
 *
 * <p>A link is kept as a link where its relative target stays in the project. One that leaves the project, or whose
 * target lies here but is left out of the image, is refused; one that points nowhere already here is kept, as git keeps
 * it.
 */
final class CheckLinks {

    private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z]:)?/");

    private final Disk disk;
    private final Path project;

    CheckLinks(Disk disk, Path project) {
        this.disk = disk;
        this.project = project;
    }

    void of(SourceFiles files) throws IOException {
        for (SourceFile file : files) {
            if (file.linkTarget().isPresent()) {
                check(file, file.linkTarget().get(), files);
            }
        }
    }

    private void check(SourceFile link, String target, SourceFiles files) throws IOException {
        Path there = link.location().resolveSibling(disk.readLink(link.location()));
        Optional<String> path = ABSOLUTE.matcher(target).lookingAt() ? Optional.empty() : resolve(link.path(), target);
        if (path.isEmpty() || (disk.exists(there) && !disk.realPath(there).startsWith(disk.realPath(project)))) {
            throw refused(link, target)
                    .why("the target lies outside the project, where the image has other files or none")
                    .todo("replace the link by a copy, or leave it out with python.sources.excludes");
        }
        boolean isKept = files.at(path.get()).isPresent() || files.hasDirectory(path.get());
        if (!isKept && disk.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(link, target)
                    .why("\"" + path.get() + "\" is left out of the image, so that the link would point nowhere")
                    .todo("bring the target back with python.sources.includes, or leave the link out with"
                            + " python.sources.excludes");
        }
    }

    /** The target's path relative to the project; empty where it leaves the project. */
    private static Optional<String> resolve(String link, String target) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : (link + "/../" + target).split("/", -1)) {
            if (!name.equals("..")) {
                if (!name.isEmpty() && !name.equals(".")) {
                    names.addLast(name);
                }
            } else if (names.pollLast() == null) {
                return Optional.empty();
            }
        }
        return Optional.of(String.join("/", names));
    }

    private static BuildRefused refused(SourceFile link, String target) {
        return BuildRefused.because("The symbolic link \"" + link.path() + "\" to \"" + target + "\" cannot be kept.");
    }
}
