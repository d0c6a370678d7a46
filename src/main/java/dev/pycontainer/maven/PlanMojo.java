package dev.pycontainer.maven;

import dev.pycontainer.build.ImagePlan;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Shows what would go into the image and why, and downloads no wheel: target, wheels with their sizes and layers, what was
 * left out, the command; and, with {@code -Dpycontainer.plan.tree=true}, who requires what. {@code plan.json} in {@code
 * target/pycontainer} says the same to scripts. With {@code python.version}, {@code python.libc} and {@code
 * from.platforms}, and without {@code from.image}, it needs no base.
 * Every parameter is also a property, such as {@code -Dpycontainer.from.image}.
 *
 * @since 0.1.0
 */
@Mojo(name = "plan", threadSafe = true, requiresProject = false, requiresDependencyResolution = ResolutionScope.RUNTIME)
public final class PlanMojo extends AbstractGoal {

    private final SettingsDecrypter decrypter;

    @Inject
    PlanMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    void run(Invocation invocation) throws IOException {
        ReadRequest request = new ReadRequest(invocation);
        if (isWithoutProject(invocation, request, "plan")) {
            return;
        }
        try (Workshop workshop = new Workshop(invocation, decrypter)) {
            ImagePlan plan = workshop.plan().of(request.build());
            invocation
                    .events()
                    .planned(
                            plan,
                            invocation.parameters().flag("plan.tree"),
                            invocation.outputDirectory().resolve("plan.json"));
        }
    }
}
