package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.layer.FindPackage;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.layer.LayerPackage;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.rootfs.FindLoadFaults;
import dev.pycontainer.rootfs.LoadFault;
import dev.pycontainer.rootfs.ReadLayerIndex;
import dev.pycontainer.rootfs.RootFiles;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what the native libraries above the base need and the image has not, and files that are made for another machine.
 *
 * <p>Each layer is read once ever, and the verdict on the same layers is remembered: with nothing changed none is opened.
 */
public final class CheckNativeLibraries {

    private static final String KIND = "native-libraries";

    /** Raised whenever the same layers would be judged otherwise. */
    private static final int RULES_VERSION = 2;

    private static final int MOST_NAMED = 3;

    private final ReadLayerIndex readIndex;
    private final Remembered remembered;
    private final Check check;

    /** @param check what happens where something is missing */
    public CheckNativeLibraries(ReadLayerIndex readIndex, Remembered remembered, Check check) {
        this.readIndex = readIndex;
        this.remembered = remembered;
        this.check = check;
    }

    /**
     * @param base the layers of the base, the lowest first; those of ours among them are looked at too
     * @param above the layers above the base, the lowest first
     * @param environment the container's variables, of the base and of ours
     */
    public void in(
            List<Layer> base,
            Target target,
            List<LayerBlob> above,
            Map<String, String> environment,
            FindPackage findPackage)
            throws IOException {
        if (check.isOff()) {
            return;
        }
        List<Layer> layers = new ArrayList<>(base);
        layers.addAll(above);
        List<String> libraryPath = libraryPath(environment);
        Digest inputs = inputs(layers, target, libraryPath);
        Optional<byte[]> known = remembered.recall(KIND, inputs);
        JsonNode verdict;
        if (known.isPresent()) {
            verdict = Json.read(known.get(), "The remembered verdict on native libraries");
        } else {
            Optional<ObjectNode> found = verdict(layers, target, libraryPath, findPackage);
            if (found.isEmpty()) {
                return;
            }
            verdict = found.get();
            remembered.keep(KIND, inputs, Json.compact(verdict));
        }
        tell(verdict, target.machine());
    }

    private void tell(JsonNode verdict, String machine) {
        Map<List<Object>, List<NativeLack>> findings = new LinkedHashMap<>();
        for (JsonNode json : verdict.path("lacks")) {
            NativeLack lack = NativeLack.read(json);
            findings.computeIfAbsent(lack.finding(), finding -> new ArrayList<>())
                    .add(lack);
        }
        String suite = verdict.path("suite").stringValue();
        findings.values().forEach(lacks -> new NativeFinding(lacks, machine, suite).tell(check));
    }

    private static List<String> libraryPath(Map<String, String> environment) {
        return List.of(environment.getOrDefault("LD_LIBRARY_PATH", "").split("[:;]", -1)).stream()
                .filter(directory -> directory.startsWith("/"))
                .toList();
    }

    /** The layers' contents, and the packages that they are told to hold: the names in a message. */
    private static Digest inputs(List<Layer> layers, Target target, List<String> libraryPath) {
        ObjectNode text = Json.object();
        text.put("rules", RULES_VERSION);
        text.put("machine", target.machine()).put("interpreter", target.interpreter());
        text.put("python", target.pythonMinor());
        libraryPath.forEach(text.putArray("libraryPath")::add);
        ArrayNode list = text.putArray("layers");
        for (Layer layer : layers) {
            ObjectNode node = list.addObject().put("diffId", layer.diffId().toString());
            if (layer instanceof LayerBlob own) {
                node.put("kind", own.kind().word());
                ArrayNode packages = node.putArray("packages");
                own.packages().forEach(held -> packages.add(fileName(held)));
            }
        }
        return Digest.of(Json.compact(text));
    }

    /** Empty where it was told that none can be had. */
    private Optional<ObjectNode> verdict(
            List<Layer> layers, Target target, List<String> libraryPath, FindPackage findPackage) throws IOException {
        RootFiles root = root(layers);
        LoaderPlaces places = new LoaderPlaces(root, target);
        Optional<FindLoadFaults> find = faults(root, places, libraryPath);
        if (find.isEmpty()) {
            return Optional.empty();
        }
        NativeRules rules = new NativeRules(target);
        List<LoadFault> faults = find.get()
                .in(
                        root.nativeFiles(layer -> layers.get(layer) instanceof LayerBlob).stream()
                                .filter(rules::isForThisImage)
                                .toList(),
                        rules);
        Map<List<Object>, NativeLack> lacks = new LinkedHashMap<>();
        for (LoadFault fault : faults) {
            LayerBlob layer = (LayerBlob) layers.get(fault.file().layer());
            Optional<LayerPackage> held = findPackage.of(layer, fault.file().path());
            String name = held.map(LayerPackage::name).orElse("");
            if (rules.whyNotMissed(name, fault.library()).isEmpty()) {
                NativeLack lack = lack(fault, owner(layer, held));
                lacks.merge(List.of(lack.owner(), lack.kind(), lack.library()), lack, NativeLack::and);
            }
        }
        ObjectNode verdict = Json.object();
        verdict.put("suite", places.suite());
        ArrayNode list = verdict.putArray("lacks");
        lacks.values().forEach(lack -> lack.writeTo(list.addObject()));
        return Optional.of(verdict);
    }

    /** A layer that runtimes may unpack and that cannot be read here keeps nobody from building. */
    private RootFiles root(List<Layer> layers) throws IOException {
        try {
            return RootFiles.of(readIndex.of(layers));
        } catch (BuildRefused refused) {
            throw refused.orTodo("use another base, or set " + check.name() + " to off, for which no layer is read");
        }
    }

    private Optional<FindLoadFaults> faults(RootFiles root, LoaderPlaces places, List<String> libraryPath)
            throws IOException {
        try {
            return Optional.of(new FindLoadFaults(root, places.settings(libraryPath)));
        } catch (BuildRefused unreadable) {
            check.found(unreadable.orTodo("correct it in the base, or " + check.letPass()));
            return Optional.empty();
        }
    }

    private static NativeLack lack(LoadFault fault, String owner) {
        String path = fault.file().path();
        return new NativeLack(
                owner, fault.kind(), fault.library(), path, 0, fault.versions(), NativeRules.isAside(path));
    }

    private static String owner(LayerBlob layer, Optional<LayerPackage> held) {
        LayerKind kind = layer.kind();
        if (kind == LayerKind.PROJECT) {
            return "The project";
        }
        if (held.isPresent()) {
            return switch (kind) {
                case MEMBER -> "The member " + held.get().name();
                case SYSTEM -> "The package " + held.get().name();
                default -> fileName(held.get());
            };
        }
        List<LayerPackage> packages = layer.packages();
        if (packages.isEmpty()) {
            return "The layer of the " + kind.word();
        }
        String names =
                packages.stream().limit(MOST_NAMED).map(LayerPackage::name).collect(Collectors.joining(", "));
        int more = packages.size() - MOST_NAMED;
        return "One of the packages " + names + (more > 0 ? " and " + more + " more" : "");
    }

    private static String fileName(LayerPackage held) {
        return held.file().map(LayerPackage.File::name).orElse(held.name());
    }
}
