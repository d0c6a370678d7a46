package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Passes on what a build warns of, and keeps it: a build that finds nothing changed warns of the same. */
public final class Findings implements Consumer<BuildRefused> {

    private final Consumer<BuildRefused> next;
    private final List<String> told = new CopyOnWriteArrayList<>();

    public Findings(Consumer<BuildRefused> next) {
        this.next = next;
    }

    @Override
    public void accept(BuildRefused finding) {
        told.add(finding.getMessage());
        next.accept(finding);
    }

    /** The messages so far. */
    List<String> told() {
        return List.copyOf(told);
    }
}
