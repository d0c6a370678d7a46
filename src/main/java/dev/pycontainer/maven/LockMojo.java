package dev.pycontainer.maven;

import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Writes {@code pycontainer.lock} in the project's directory, which is meant to be committed: the digest that the base's
 * tag has now, its Python, and hashes for pins that have none. Builds then use what it says.
 * Every parameter is also a property, such as {@code -Dpycontainer.from.image}.
 *
 * @since 0.1.0
 */
@Mojo(name = "lock", threadSafe = true, requiresProject = false, requiresDependencyResolution = ResolutionScope.RUNTIME)
public final class LockMojo extends AbstractGoal {

    private final SettingsDecrypter decrypter;

    @Inject
    LockMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    void run(Invocation invocation) throws IOException {
        ReadRequest request = new ReadRequest(invocation);
        if (isWithoutProject(invocation, request, "lock")) {
            return;
        }
        try (Workshop workshop = new Workshop(invocation, decrypter)) {
            workshop.lock().of(request.build());
        }
    }
}
