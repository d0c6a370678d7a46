package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** What every goal does around its deed: resolve the parameters, skip where asked, and turn a refusal into an answer. */
abstract class AbstractGoal extends AbstractMojo {

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private @Nullable MojoExecution execution;

    /**
     * The base image: {@code image}, {@code platforms}, {@code auth} with {@code username} and {@code password},
     * {@code packages}, and {@code debian} with {@code mirror}, {@code securityMirror}, {@code keyring}, {@code fallbacks}
     * and {@code acceptScripts}.
     */
    @Parameter
    private @Nullable PlexusConfiguration from;

    /** Where the image is published: {@code image}, {@code tags}, and {@code auth}. */
    @Parameter
    private @Nullable PlexusConfiguration to;

    /**
     * The Python project: {@code project}, {@code version}, {@code libc}, {@code projectVersion}, {@code lock}, {@code run},
     * {@code extras}, {@code groups},
     * {@code sources} with {@code includes} and {@code excludes}, {@code indexes},
     * {@code wheelhouse}, and {@code prefix}.
     */
    @Parameter
    private @Nullable PlexusConfiguration python;

    /**
     * The container: {@code appRoot}, {@code entrypoint}, {@code args}, {@code environment}, {@code labels},
     * {@code annotations}, {@code ports}, {@code user}, {@code volumes}, {@code workingDirectory}, {@code creationTime},
     * {@code filesModificationTime}, {@code format}, {@code stopSignal} and {@code healthcheck}.
     */
    @Parameter
    private @Nullable PlexusConfiguration container;

    /** The layers: {@code maximum} and {@code excludes}. */
    @Parameter
    private @Nullable PlexusConfiguration layers;

    /**
     * What is done about findings, {@code fail}, {@code warn} or {@code off}: {@code staleLock}, {@code unhashed},
     * {@code unmet}, {@code fileConflict}, {@code nativeLibraries}, {@code yanked} and {@code pythonGuess}.
     */
    @Parameter
    private @Nullable PlexusConfiguration checks;

    /** The goal {@code plan}: {@code tree}. */
    @Parameter
    private @Nullable PlexusConfiguration plan;

    /** The goal {@code tar}: {@code file}. */
    @Parameter
    private @Nullable PlexusConfiguration tar;

    /** Where the layout and the records about it are; {@code target/pycontainer} by default. */
    @Parameter
    private @Nullable PlexusConfiguration outputDirectory;

    /** The cache: {@code directory}, {@code maximumSize} and, of the goal {@code cache}, {@code prune}. */
    @Parameter
    private @Nullable PlexusConfiguration cache;

    /** Whether to do nothing. */
    @Parameter
    private @Nullable PlexusConfiguration skip;

    /** Whether registries may be spoken to over unverified HTTPS or plain HTTP; loopback ones may be anyhow. */
    @Parameter
    private @Nullable PlexusConfiguration allowInsecureRegistries;

    /** Whether this is a POM of modules alone, for which there is nothing to do, and says so. */
    final boolean isWithoutProject(Invocation invocation, ReadRequest request, String deed) {
        MavenProject of = invocation.project();
        boolean isWithout = of.getPackaging().equals("pom") && of.getBasedir() != null && !request.hasPythonProject();
        if (isWithout) {
            getLog().info("There is no Python project here: nothing to " + deed + ".");
        }
        return isWithout;
    }

    /** The goal's deed. */
    abstract void run(Invocation invocation) throws IOException;

    @Override
    public final void execute() throws MojoFailureException {
        try {
            Invocation invocation = invocation();
            if (invocation.parameters().flag("skip")) {
                getLog().info("Skipped, as the parameter skip asks.");
                return;
            }
            run(invocation);
        } catch (BuildRefused refused) {
            throw failure(refused);
        } catch (IOException e) {
            throw failure(Unwritable.explain(e));
        }
    }

    /** Suppressed and not a cause: Maven adds the messages of causes to its one line, and shows both with -e alone. */
    private static MojoFailureException failure(BuildRefused refused) {
        MojoFailureException failure = new MojoFailureException(refused.getMessage());
        failure.addSuppressed(refused);
        return failure;
    }

    private Invocation invocation() {
        MavenSession running = given(session);
        MavenProject of = given(project);
        Parameters parameters = new Parameters(List.of(
                PropertyParameters.ofCommandLine(running.getUserProperties()),
                new XmlParameters(elements(), UnknownElements.in(of, given(execution))),
                PropertyParameters.ofPom(of.getProperties())));
        return new Invocation(parameters, running, of, new LogEvents(getLog()));
    }

    private Map<String, PlexusConfiguration> elements() {
        Map<String, PlexusConfiguration> elements = new HashMap<>();
        put(elements, "from", from);
        put(elements, "to", to);
        put(elements, "python", python);
        put(elements, "container", container);
        put(elements, "layers", layers);
        put(elements, "checks", checks);
        put(elements, "plan", plan);
        put(elements, "tar", tar);
        put(elements, "outputDirectory", outputDirectory);
        put(elements, "cache", cache);
        put(elements, "skip", skip);
        put(elements, "allowInsecureRegistries", allowInsecureRegistries);
        return elements;
    }

    private static void put(
            Map<String, PlexusConfiguration> elements, String name, @Nullable PlexusConfiguration element) {
        if (element != null) {
            elements.put(name, element);
        }
    }

    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("Maven injects every parameter that is required");
        }
        return value;
    }
}
