package dev.pycontainer.maven;

import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** One run of a goal: its resolved parameters and where it runs. */
record Invocation(Parameters parameters, MavenSession session, MavenProject project, LogEvents events) {

    /** The POM's directory, or the current one on a command line without a POM. */
    Path directory() {
        return project.getBasedir() == null
                ? Path.of(session.getExecutionRootDirectory())
                : project.getBasedir().toPath();
    }

    /** What the image and a nameless project are called: the artifact's id, or the directory's name without a POM. */
    String name() {
        if (project.getBasedir() != null) {
            return project.getArtifactId();
        }
        Path name = directory().toAbsolutePath().normalize().getFileName();
        return name == null ? "image" : name.toString();
    }

    /** Where the layout and the records are; {@code target/pycontainer} where it is not configured. */
    Path outputDirectory() {
        return parameters.text("outputDirectory", this::resolve).orElseGet(() -> target().resolve("pycontainer"));
    }

    private Path target() {
        return project.getBasedir() == null
                ? directory().resolve("target")
                : Path.of(project.getBuild().getDirectory());
    }

    /** A path that the user wrote, relative to the POM's directory. */
    Path resolve(String path) {
        return directory().resolve(path).normalize();
    }
}
