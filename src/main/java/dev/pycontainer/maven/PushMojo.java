package dev.pycontainer.maven;

import dev.pycontainer.build.BuiltImage;
import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Pushes the image that {@code build} made: what the registry lacks of its blobs, its manifest by digest, then its tags.
 * Nothing is rebuilt. {@code published.json} is written once the registry has confirmed the digest.
 * Every parameter is also a property, such as {@code -Dpycontainer.to.image}.
 *
 * @since 0.1.0
 */
@Mojo(
        name = "push",
        defaultPhase = LifecyclePhase.DEPLOY,
        threadSafe = true,
        requiresDependencyResolution = ResolutionScope.NONE)
public final class PushMojo extends AbstractGoal {

    private final SettingsDecrypter decrypter;

    @Inject
    PushMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    void run(Invocation invocation) throws IOException {
        if (invocation.project().getPackaging().equals("pom") && !new ReadRequest(invocation).hasPythonProject()) {
            getLog().info("There is no Python project here: nothing to push.");
            return;
        }
        if (invocation.session().isOffline()) {
            // Not requiresOnline: Maven would skip the goal with a warning, and the deployment would look done.
            throw BuildRefused.because("Nothing can be pushed offline.").todo("run it without -o");
        }
        Path output = invocation.outputDirectory();
        try (Workshop workshop = new Workshop(invocation, decrypter)) {
            workshop.push().to(new ReadDestination(invocation).read(), BuiltImage.in(output), output);
        }
    }
}
