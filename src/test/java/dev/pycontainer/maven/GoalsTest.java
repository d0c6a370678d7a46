package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The goals as Maven's own container makes and configures them. */
@MojoTest
class GoalsTest {

    private static final String POM = "src/test/resources/dev/pycontainer/maven/pom.xml";
    private static final String PLANNED = "src/test/resources/dev/pycontainer/maven/planned-pom.xml";
    private static final String MISSPELT = "src/test/resources/dev/pycontainer/maven/misspelt-pom.xml";

    @Test
    @InjectMojo(goal = "build", pom = POM)
    void withoutABaseTheProjectDecides(BuildMojo goal) {
        assertThatThrownBy(goal::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("There is no Python project in ");
    }

    @Test
    @InjectMojo(goal = "build", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void skipDoesNothing(BuildMojo goal) throws Exception {
        goal.execute();

        assertThat(Path.of("target", "pycontainer")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "build", pom = POM)
    @MojoParameter(name = "from", value = "registry.example/python:3.12")
    void theShorthandForTheImageReachesTheGoal(BuildMojo goal) {
        // The base is known by then, and asked for only once the project is in order.
        assertThatThrownBy(goal::execute).hasMessageStartingWith("There is no Python project in ");
    }

    @Test
    @InjectMojo(goal = "lock", pom = POM)
    void withoutABaseTheProjectDecidesTheLocksToo(LockMojo goal) {
        assertThatThrownBy(goal::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("There is no Python project in ");
    }

    @Test
    @InjectMojo(goal = "lock", pom = POM)
    @MojoParameter(name = "from", value = "registry.example/python:3.12")
    void theLockIsOfAPythonProject(LockMojo goal) {
        assertThatThrownBy(goal::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("There is no Python project in ");
        assertThat(Path.of("pycontainer.lock")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "tar", pom = POM)
    void anArchiveIsOfABuiltImage(TarMojo goal) {
        assertThatThrownBy(goal::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("There is no image at ")
                .hasMessageEndingWith("build it first: mvn package");
    }

    @Test
    @InjectMojo(goal = "plan", pom = POM)
    void aPlanIsOfAPythonProject(PlanMojo goal) {
        assertThatThrownBy(goal::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("There is no Python project in ");
        assertThat(Path.of("target", "pycontainer", "plan.json")).doesNotExist();
    }

    @Test
    @InjectMojo(goal = "plan", pom = PLANNED)
    void aPlanNeedsNeitherABaseNorANetwork(PlanMojo goal) throws Exception {
        goal.execute();

        JsonNode image = Json.read(Files.readAllBytes(Path.of("target", "planned", "plan.json")), "plan.json")
                .at("/platforms/0");
        assertThat(image.at("/target/python").asString()).isEqualTo("3.12.0");
        assertThat(image.at("/packages/0/file").asString()).isEqualTo("alpha-1.0-py3-none-any.whl");
        assertThat(image.at("/packages/0/size").asLong()).isEqualTo(1234);
    }

    @Test
    @InjectMojo(goal = "build", pom = MISSPELT)
    void anUnknownParameterIsRefused(BuildMojo goal) {
        assertThatThrownBy(goal::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("""
                <from><imgae> is not a parameter of this plugin.
                  do     did you mean from.image?""");
    }
}
