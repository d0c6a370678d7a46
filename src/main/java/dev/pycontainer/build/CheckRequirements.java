package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.index.DownloadWheel;
import dev.pycontainer.packaging.index.DownloadedWheel;
import dev.pycontainer.packaging.lock.FindUnmet;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.packaging.wheel.ReadRequirements;
import dev.pycontainer.project.Project;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what the wheels of a {@code requirements.txt} require and the file does not name: pip would choose it itself, by
 * what the index has at that moment. The other locks are complete by what their tools do.
 */
public final class CheckRequirements {

    private static final String COMPLETED = "requirements.txt";
    private static final String KIND = "wheel-requirements";
    private static final int MOST_SHOWN = 10;
    private static final int AT_ONCE = 4;

    private final Remembered remembered;
    private final DownloadWheel download;
    private final Check unmet;

    /**
     * @param download asked for wheels whose metadata was not read before
     * @param unmet what happens where something is missing
     */
    public CheckRequirements(Remembered remembered, DownloadWheel download, Check unmet) {
        this.remembered = remembered;
        this.download = download;
        this.unmet = unmet;
    }

    /** For a build, which needs the wheels anyhow. */
    void in(Project project, Selection selection, Target target) throws IOException {
        if (concerns(selection)) {
            List<List<String>> lines = InParallel.map(selection.wheels(), AT_ONCE, this::requirements);
            Map<SelectedWheel, List<String>> requirements = new LinkedHashMap<>();
            for (int i = 0; i < lines.size(); i++) {
                requirements.put(selection.wheels().get(i), lines.get(i));
            }
            tell(project, selection, target, requirements);
        }
    }

    /** For a plan: by what an earlier build has read, with no wheel asked for. */
    void ofKnown(Project project, Selection selection, Target target) throws IOException {
        if (concerns(selection)) {
            Map<SelectedWheel, List<String>> requirements = new LinkedHashMap<>();
            for (SelectedWheel wheel : selection.wheels()) {
                requirements.put(wheel, find(wheel).orElse(List.of()));
            }
            tell(project, selection, target, requirements);
        }
    }

    private boolean concerns(Selection selection) {
        return !unmet.isOff() && selection.lock().kind().equals(COMPLETED);
    }

    private List<String> requirements(SelectedWheel wheel) throws IOException {
        Optional<List<String>> known = find(wheel);
        return known.isPresent() ? known.get() : read(wheel);
    }

    private Optional<List<String>> find(SelectedWheel wheel) throws IOException {
        return remembered
                .recall(KIND, wheel.sha256())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList());
    }

    private List<String> read(SelectedWheel wheel) throws IOException {
        DownloadedWheel file = download.of(wheel);
        List<String> lines = new ReadRequirements()
                .of(file.isFresh() ? file.blob().file() : file.blob().proven(), wheel.fileName());
        remembered.keep(KIND, wheel.sha256(), String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        return lines;
    }

    private void tell(
            Project project, Selection selection, Target target, Map<SelectedWheel, List<String>> requirements) {
        List<PackageName> locals = new ArrayList<>(List.of(PackageName.of(project.name())));
        selection.members().forEach(member -> locals.add(member.name()));
        List<String> lines = new FindUnmet(target, locals).of(requirements);
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
