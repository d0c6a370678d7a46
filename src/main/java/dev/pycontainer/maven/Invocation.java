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

    /** {@code target/pycontainer}: where the layout and the records are. */
    Path outputDirectory() {
        Path target = project.getBasedir() == null
                ? directory().resolve("target")
                : Path.of(project.getBuild().getDirectory());
        return target.resolve("pycontainer");
    }

    /** A path that the user wrote, relative to the POM's directory. */
    Path resolve(String path) {
        return directory().resolve(path).normalize();
    }
}
