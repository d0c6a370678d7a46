package dev.pycontainer.layer;

import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.debian.CheckFileConflicts;
import dev.pycontainer.debian.CheckTriggers;
import dev.pycontainer.debian.InstalledFiles;
import dev.pycontainer.debian.PackageFacts;
import dev.pycontainer.debian.TriggeringPackage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;

/**
 * Checks packages together that go into one image, in whatever layers, with those that are there already: that none needs
 * another one's script, and none has another one's file.
 *
 * <p>A verdict is remembered, so that nothing is read for it twice.
 */
public final class CheckSystemPackages {

    /** Raised whenever the same packages would be judged otherwise. */
    private static final int RULES_VERSION = 1;

    private final LayerStore layers;
    private final ReadPackageFacts facts;
    private final String suite;
    private final String architecture;
    private final Set<String> accepted;
    private final SystemBelow below;

    /**
     * @param suite the release's codename, such as {@code trixie}
     * @param architecture of the image, as Debian names it
     * @param accepted packages for whose scripts the user answers, by {@code from.debian.acceptScripts}
     * @param below what the packages are added to
     */
    public CheckSystemPackages(
            LayerStore layers,
            ReadPackageFacts facts,
            String suite,
            String architecture,
            Set<String> accepted,
            SystemBelow below) {
        this.layers = layers;
        this.facts = facts;
        this.suite = suite;
        this.architecture = architecture;
        this.accepted = Set.copyOf(accepted);
        this.below = below;
    }

    /** @param groups the packages of each layer, the lowest first */
    public void of(List<List<SystemPackage>> groups) throws IOException {
        LayerInputs inputs = inputs(groups);
        if (layers.recall(inputs).isPresent()) {
            return;
        }
        List<List<PackageFacts>> packages = new ArrayList<>();
        for (List<SystemPackage> group : groups) {
            packages.add(facts.of(group));
        }
        InstalledFiles there = below.files();
        List<TriggeringPackage> triggering = new ArrayList<>(there.interested());
        packages.forEach(group -> group.forEach(each -> triggering.add(each.triggering())));
        new CheckTriggers(suite, accepted).among(triggering);
        new CheckFileConflicts(architecture, there).among(packages);
        layers.keep(inputs, new byte[0]);
    }

    private LayerInputs inputs(List<List<SystemPackage>> groups) {
        LayerInputs inputs = LayerInputs.of("system-check");
        inputs.text().put("checkRules", RULES_VERSION);
        inputs.text().put("suite", suite);
        inputs.text().put("architecture", architecture);
        inputs.text().put("base", below.base().map(Object::toString).orElse(""));
        ArrayNode answered = inputs.text().putArray("accepted");
        accepted.stream().sorted(Utf8Order.INSTANCE).forEach(answered::add);
        ArrayNode lists = inputs.text().putArray("groups");
        for (List<SystemPackage> group : groups) {
            ArrayNode list = lists.addArray();
            group.forEach(each -> list.add(each.file().sha256().hex()));
        }
        return inputs;
    }
}
