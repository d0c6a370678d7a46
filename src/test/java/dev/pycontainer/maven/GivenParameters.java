package dev.pycontainer.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;

/** An invocation for a project in a directory with parameters as if from the command line; tells which were asked for. */
final class GivenParameters {

    final MavenProject project;
    final Set<String> asked = new HashSet<>();
    private final Properties properties = new Properties();
    private String executionRoot;

    GivenParameters(Path directory) {
        executionRoot = directory.toString();
        Model model = new Model();
        model.setGroupId("org.example");
        model.setArtifactId("Shop");
        model.setVersion("1.0");
        model.setBuild(new Build());
        model.getBuild().setDirectory(directory.resolve("target").toString());
        project = new MavenProject(model);
        project.setFile(directory.resolve("pom.xml").toFile());
    }

    GivenParameters with(String path, String value) {
        properties.setProperty("pycontainer." + path, value);
        return this;
    }

    GivenParameters version(String version) {
        project.setVersion(version);
        return this;
    }

    /** As on a command line in a directory without a POM. */
    GivenParameters withoutPom(Path directory) {
        executionRoot = directory.toString();
        project.setFile(null);
        project.setArtifactId("standalone-pom");
        return this;
    }

    Parameters parameters() {
        PropertyParameters given = PropertyParameters.ofCommandLine(properties);
        return new Parameters(List.of(new ParameterSource() {
            @Override
            public Optional<Setting> find(Leaf leaf) {
                asked.add(leaf.path());
                return given.find(leaf);
            }

            @Override
            public List<UnknownParameter> unknown() {
                return given.unknown();
            }
        }));
    }

    @SuppressWarnings("deprecation") // the one constructor that needs no repository session
    Invocation invocation() {
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setBaseDirectory(new File(executionRoot));
        MavenSession session = new MavenSession(null, null, request, new DefaultMavenExecutionResult());
        return new Invocation(parameters(), session, project, new LogEvents(new SystemStreamLog()));
    }
}
