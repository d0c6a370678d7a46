package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.maven.ParameterSource.UnknownParameter;
import java.io.StringReader;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

/** Elements that Maven drops before a goal sees them. */
class UnknownElementsTest {

    @Test
    void thoseOfThePluginHoldForEveryExecution() throws Exception {
        MavenProject project = project("""
                <build><plugins>%s</plugins></build>
                """);

        assertThat(UnknownElements.in(project, execution("own")))
                .containsExactly(new UnknownParameter("form", "<form>"), new UnknownParameter("laiers", "<laiers>"));
        assertThat(UnknownElements.in(project, execution("another")))
                .containsExactly(new UnknownParameter("form", "<form>"));
    }

    @Test
    void aGoalOfTheCommandLineTakesThoseOfTheManagement() throws Exception {
        MavenProject project = project("""
                <build><pluginManagement><plugins>%s</plugins></pluginManagement></build>
                """);

        assertThat(UnknownElements.in(project, execution("default-cli")))
                .containsExactly(new UnknownParameter("form", "<form>"));
    }

    @Test
    void withoutAPluginInThePomThereAreNone() throws Exception {
        assertThat(UnknownElements.in(project("<build/><!-- %s -->"), execution("default-cli")))
                .isEmpty();
    }

    private static MavenProject project(String build) throws Exception {
        String plugin = """
                <plugin>
                  <groupId>dev.pycontainer</groupId>
                  <artifactId>pycontainer-maven-plugin</artifactId>
                  <executions>
                    <execution><id>own</id><configuration><laiers/><cache/></configuration></execution>
                  </executions>
                  <configuration><from>a</from><form>b</form><skip>true</skip></configuration>
                </plugin>
                """;
        return new MavenProject(
                new MavenXpp3Reader().read(new StringReader("<project>" + build.formatted(plugin) + "</project>")));
    }

    private static MojoExecution execution(String id) {
        Plugin plugin = new Plugin();
        plugin.setGroupId("dev.pycontainer");
        plugin.setArtifactId("pycontainer-maven-plugin");
        return new MojoExecution(plugin, "build", id);
    }
}
