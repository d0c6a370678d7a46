package dev.pycontainer.maven;

import dev.pycontainer.maven.ParameterSource.UnknownParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Elements at the top of the plugin's configuration that no goal knows.
 *
 * <p>Maven drops them before a goal sees its configuration, so that they are looked for in the model.
 */
final class UnknownElements {

    private UnknownElements() {}

    /** Unknown elements that hold for this execution, in the plugin's configuration or the execution's. */
    static List<UnknownParameter> in(MavenProject project, MojoExecution execution) {
        List<UnknownParameter> unknown = new ArrayList<>();
        pluginOf(project, execution).ifPresent(plugin -> {
            collect(plugin.getConfiguration(), unknown);
            executionOf(plugin, execution).ifPresent(own -> collect(own.getConfiguration(), unknown));
        });
        return unknown;
    }

    /** From the management where the build does not name the plugin: so Maven configures a goal of the command line. */
    private static Optional<Plugin> pluginOf(MavenProject project, MojoExecution execution) {
        String key = execution.getPlugin().getKey();
        return Optional.ofNullable(project.getBuild().getPluginsAsMap().get(key))
                .or(() -> Optional.ofNullable(project.getPluginManagement())
                        .map(management -> management.getPluginsAsMap().get(key)));
    }

    private static Optional<PluginExecution> executionOf(Plugin plugin, MojoExecution execution) {
        return Optional.ofNullable(plugin.getExecutionsAsMap().get(execution.getExecutionId()));
    }

    private static void collect(Object configuration, List<UnknownParameter> unknown) {
        if (configuration instanceof Xpp3Dom dom) {
            for (Xpp3Dom child : dom.getChildren()) {
                String name = child.getName();
                if (!Leaves.paths().contains(name) && !Leaves.GROUPS.contains(name)) {
                    unknown.add(new UnknownParameter(name, "<" + name + ">"));
                }
            }
        }
    }
}
