package dev.pycontainer.project;

import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A project in a directory of real files. */
record ProjectDirectory(Path root) {

    ProjectDirectory pyproject(String text) throws IOException {
        return file("pyproject.toml", text);
    }

    ProjectDirectory file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    ProjectDirectory files(String... paths) throws IOException {
        for (String path : paths) {
            file(path, "content\n");
        }
        return this;
    }

    Project read() {
        return new ReadProject(new Disk(), "artifact", Optional.empty()).from(root);
    }

    SourceFiles sources() {
        return new SelectSources(new Disk(), List.of(), List.of()).from(root);
    }

    SourceRoots roots() {
        return new FindSourceRoots(new Disk()).of(read(), sources());
    }
}
