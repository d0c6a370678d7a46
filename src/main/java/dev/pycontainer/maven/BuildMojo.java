package dev.pycontainer.maven;

import java.io.IOException;
import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Builds the image: an OCI layout in {@code target/pycontainer/layout}, with {@code image.digest}, {@code image.id} and
 * {@code image.json} beside it. The network is asked for the base's tag and for what the cache lacks; offline for nothing.
 * Every parameter is also a property, such as {@code -Dpycontainer.from.image}.
 *
 * @since 0.1.0
 */
@Mojo(
        name = "build",
        defaultPhase = LifecyclePhase.PACKAGE,
        threadSafe = true,
        requiresProject = false,
        requiresDependencyResolution = ResolutionScope.RUNTIME)
public final class BuildMojo extends AbstractGoal {

    private final SettingsDecrypter decrypter;

    @Inject
    BuildMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    void run(Invocation invocation) throws IOException {
        ReadRequest request = new ReadRequest(invocation);
        if (isWithoutProject(invocation, request, "build")) {
            return;
        }
        try (Workshop workshop = new Workshop(invocation, decrypter)) {
            workshop.build().of(request.build());
        }
        MavenProject project = invocation.project();
        if (project.getPackaging().equals("python-image")) {
            Path image = invocation.outputDirectory().resolve("image.json");
            project.getArtifact().setFile(image.toFile());
        }
    }
}
