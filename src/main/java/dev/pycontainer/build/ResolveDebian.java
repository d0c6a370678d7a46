package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.debian.DebianPackage;
import dev.pycontainer.debian.FetchIndex;
import dev.pycontainer.debian.PackageLists;
import dev.pycontainer.debian.ResolvePackages;
import dev.pycontainer.layer.SystemPackage;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has the packages that an image needs as the archive has them today.
 *
 * <p>What was made of the very same lists is remembered, since they hold fifty megabytes of text; and what they led to last,
 * for builds that are offline.
 */
public final class ResolveDebian {

    private static final String KIND = "debian-packages";
    private static final String LAST = "debian-packages-offline";

    /** Raised whenever the same lists would lead to other packages. */
    private static final int RULES_VERSION = 1;

    private final FetchIndex fetchIndex;
    private final Remembered remembered;
    private final boolean offline;

    public ResolveDebian(FetchIndex fetchIndex, Remembered remembered, boolean offline) {
        this.fetchIndex = fetchIndex;
        this.remembered = remembered;
        this.offline = offline;
    }

    /**
     * What is to be resolved.
     *
     * @param names of packages
     * @param asked as in {@link DebianPins}
     * @param installed what is there already, as the base with this digest has it
     * @param leftOut what an image does without, with the reasons
     */
    record Question(
            String suite,
            String architecture,
            List<String> names,
            List<String> asked,
            Optional<Digest> base,
            List<DebianPackage> installed,
            Map<String, String> leftOut) {

        private ObjectNode text() {
            ObjectNode text = Json.object()
                    .put("rules", RULES_VERSION)
                    .put("suite", suite)
                    .put("architecture", architecture)
                    .put("base", base.map(Digest::toString).orElse(""));
            DebianPins.sorted(names).forEach(text.putArray("names")::add);
            ObjectNode without = text.putObject("leftOut");
            Map<String, String> sorted = new TreeMap<>(Utf8Order.INSTANCE);
            sorted.putAll(leftOut);
            sorted.forEach(without::put);
            return text;
        }
    }

    DebianPins of(Question question) throws IOException {
        ObjectNode text = question.text();
        Digest last = Digest.of(Json.compact(text));
        if (offline) {
            return remembered
                    .recall(LAST, last)
                    .map(ResolveDebian::read)
                    .orElseThrow(() -> BuildRefused.because("The packages of " + question.suite() + " for "
                                    + question.architecture() + " are not in the cache, and the build is offline.")
                            .why(
                                    "pycontainer.lock does not name them, and no earlier build on this machine looked them up")
                            .todo("build once without -o"));
        }
        PackageLists lists = fetchIndex.of(question.suite(), question.architecture());
        ArrayNode digests = text.putArray("lists");
        lists.digests().forEach(digest -> digests.add(digest.toString()));
        Digest inputs = Digest.of(Json.compact(text));
        Optional<DebianPins> known = remembered.recall(KIND, inputs).map(ResolveDebian::read);
        DebianPins pins = known.isPresent() ? known.get() : resolved(question, lists);
        byte[] form = Json.compact(DebianPinsForm.write(pins));
        if (known.isEmpty()) {
            remembered.keep(KIND, inputs, form);
        }
        remembered.keep(LAST, last, form);
        return pins;
    }

    private static DebianPins resolved(Question question, PackageLists lists) throws IOException {
        List<SystemPackage> packages = new ResolvePackages(lists.read(), question.installed(), question.leftOut())
                .of(question.names()).packages().stream()
                        .map(each -> SystemPackage.of(each.found()))
                        .toList();
        return new DebianPins(question.suite(), question.architecture(), question.asked(), packages);
    }

    private static DebianPins read(byte[] form) {
        return DebianPinsForm.read(Json.read(form, "What is remembered of packages"));
    }
}
