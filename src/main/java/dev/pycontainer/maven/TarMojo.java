package dev.pycontainer.maven;

import dev.pycontainer.build.BuiltImage;
import dev.pycontainer.build.ImageArchive;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Writes the image that {@code build} made into one archive, {@code target/pycontainer/image.tar}, that {@code docker
 * load}, {@code podman load} and readers of OCI archives take. Nothing is rebuilt.
 * Every parameter is also a property, such as {@code -Dpycontainer.tar.file}.
 *
 * @since 0.1.0
 */
@Mojo(name = "tar", threadSafe = true)
public final class TarMojo extends AbstractGoal {

    private final SettingsDecrypter decrypter;

    @Inject
    TarMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    void run(Invocation invocation) throws IOException {
        ReadRequest request = new ReadRequest(invocation);
        if (isWithoutProject(invocation, request, "archive")) {
            return;
        }
        try (Workshop workshop = new Workshop(invocation, decrypter)) {
            ImageArchive archive = workshop.archive()
                    .to(
                            request.archive(),
                            BuiltImage.in(invocation.outputDirectory()),
                            new ReadDestination(invocation).read());
            invocation.events().archived(archive);
        }
    }
}
