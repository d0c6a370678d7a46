package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.packaging.lock.Selection;

/** Finds the wheels that their index has taken back since they were locked: "Yanked" files (PEP 592). */
public final class CheckYanked {

    private final Check check;

    /** @param check what happens where there is one */
    public CheckYanked(Check check) {
        this.check = check;
    }

    void in(Selection selection) {
        for (SelectedWheel wheel : selection.wheels()) {
            wheel.notes()
                    .yanked()
                    .ifPresent(reason -> check.found(finding(wheel, reason)
                            .todo("lock a newer version, or " + check.letPass())
                            .in("package \"" + wheel.name() + "\" " + wheel.version())
                            .in(selection.lock().name())));
        }
    }

    private static BuildRefused finding(SelectedWheel wheel, String reason) {
        BuildRefused finding = BuildRefused.because(wheel.fileName() + " was yanked from its index.");
        return reason.isEmpty() ? finding : finding.why(reason);
    }
}
