package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.FollowRequirements;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Finds what the wheels of a {@code requirements.txt} require and the file does not name: pip would choose it itself, by
 * what the index has at that moment. The other locks are complete by what their tools do.
 */
public final class CheckRequirements {

    private static final String COMPLETED = "requirements.txt";
    private static final int MOST_SHOWN = 10;

    private final Check unmet;

    /** @param unmet what happens where something is missing */
    public CheckRequirements(Check unmet) {
        this.unmet = unmet;
    }

    /** @param required what each wheel requires, as far as it is known; asked for where it matters */
    void in(
            Project project,
            Selection selection,
            Target target,
            Supplier<Map<SelectedWheel, List<Requirement>>> required) {
        if (unmet.isOff() || !selection.lock().kind().equals(COMPLETED)) {
            return;
        }
        List<PackageName> locals = new ArrayList<>(List.of(PackageName.of(project.name())));
        selection.members().forEach(member -> locals.add(member.name()));
        List<String> lines = new FollowRequirements(target).unmet(required.get(), locals);
        if (!lines.isEmpty()) {
            unmet.found(finding(lines).in(selection.lock().name()));
        }
    }

    private BuildRefused finding(List<String> lines) {
        int more = lines.size() - MOST_SHOWN;
        return BuildRefused.because(
                        lines.size() == 1
                                ? "A requirement of the wheels is not met."
                                : lines.size() + " requirements of the wheels are not met.")
                .why(String.join("\n", lines.subList(0, Math.min(MOST_SHOWN, lines.size())))
                        + (more > 0 ? "\nand " + more + " more" : ""))
                .todo("add them to the file, or write it with `pip-compile --generate-hashes`, or " + unmet.letPass());
    }
}
