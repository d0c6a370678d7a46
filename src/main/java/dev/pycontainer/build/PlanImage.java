package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.base.Fact;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.http.RedactedUrl;
import dev.pycontainer.layer.FindKnownLayers;
import dev.pycontainer.layer.KnownLayer;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.layer.LayerPackage;
import dev.pycontainer.layer.Plan;
import dev.pycontainer.layer.PlannedWheel;
import dev.pycontainer.layer.WheelGroup;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.index.FindWheelSize;
import dev.pycontainer.packaging.lock.FileLocation;
import dev.pycontainer.packaging.lock.FollowRequirements;
import dev.pycontainer.packaging.lock.SelectedMember;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.project.Project;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a build would do, up to the wheels and without them: project and base → target → selection → plan. */
public final class PlanImage {

    /** A {@code python:X.Y-slim} has as many; without a base some number is needed to count free layers with. */
    private static final int LAYERS_OF_AN_UNKNOWN_BASE = 4;

    /** Requests for sizes wait for the network alone. */
    private static final int AT_ONCE = 4;

    private final CheckEngines checkEngines;
    private final GatherInputs gather;
    private final CheckYanked checkYanked;
    private final CheckRequirements checkRequirements;
    private final FindWheelSize findSize;
    private final FindRequirements findRequirements;
    private final FindKnownLayers findKnown;
    private final BuildEvents events;

    /**
     * @param findSize asked for wheels whose size neither lock nor index tells
     * @param findRequirements asked who requires what where the lock does not tell
     * @param findKnown asked what earlier builds have written
     */
    public PlanImage(
            CheckEngines checkEngines,
            GatherInputs gather,
            CheckYanked checkYanked,
            FindRequirements findRequirements,
            CheckRequirements checkRequirements,
            FindWheelSize findSize,
            FindKnownLayers findKnown,
            BuildEvents events) {
        this.checkEngines = checkEngines;
        this.gather = gather;
        this.checkYanked = checkYanked;
        this.checkRequirements = checkRequirements;
        this.findSize = findSize;
        this.findRequirements = findRequirements;
        this.findKnown = findKnown;
        this.events = events;
    }

    /** The plan, written to {@code plan.json} too; refused where a build would be for what it can know. */
    public ImagePlan of(BuildRequest request) throws IOException {
        ImagePlan plan = new MendCache(events).during(() -> plan(request), () -> {});
        ImageRecords.writePlan(request.outputDirectory(), plan);
        return plan;
    }

    private ImagePlan plan(BuildRequest request) throws IOException {
        checkEngines.in(request);
        if (request.from().isWithoutBase()) {
            InputsWithoutBase inputs = gather.withoutBase(request);
            return plan(
                    request,
                    new Stand(
                            inputs.project(),
                            inputs.locals(),
                            inputs.locked(),
                            Optional.empty(),
                            inputs.target(),
                            List.of(),
                            inputs.selection()));
        }
        Inputs inputs = gather.asLocked(request);
        BuildImage.userOf(request.container().user(), inputs.base(), BuildImage.accountsOf(inputs.target()));
        return plan(
                request,
                new Stand(
                        inputs.project(),
                        inputs.locals(),
                        inputs.locked(),
                        Optional.of(inputs.base()),
                        inputs.target().target(),
                        inputs.target().facts(),
                        inputs.selection()));
    }

    /** What is known before anything is made, with a base and without. */
    private record Stand(
            Project project,
            List<LocalProject> locals,
            PycontainerLock locked,
            Optional<Base> base,
            Target target,
            List<Fact> facts,
            Selection selection) {}

    private ImagePlan plan(BuildRequest request, Stand stand) throws IOException {
        checkYanked.in(stand.selection());
        FindRequirements.Found required = findRequirements.of(stand.selection());
        checkRequirements.in(stand.project(), stand.selection(), stand.target(), required::told);
        InstallScheme scheme = InstallScheme.of(request.python().prefix(), stand.target());
        List<ProjectFiles> files = stand.locals().stream()
                .map(local -> new ProjectFiles(local, scheme))
                .toList();
        Map<SelectedWheel, Long> sizes = sizes(stand.selection());
        List<ImagePlan.PlannedLayer> layers = new ArrayList<>(baseLayers(stand.base()));
        int ofBase = stand.base().isPresent() ? layers.size() : LAYERS_OF_AN_UNKNOWN_BASE;
        layers.add(ImagePlan.PlannedLayer.of(LayerKind.ENVIRONMENT, OptionalLong.empty(), List.of()));
        Plan plan = new PlanWheels(sizes::get)
                .of(
                        stand.selection(),
                        Inputs.freeLayers(request, ofBase, stand.locals()),
                        stand.locked().layers(request.from().platform()));
        Map<List<PlannedWheel>, KnownLayer> known = findKnown.of(plan, scheme);
        plan.groups().forEach(group -> layers.add(layer(group, Optional.ofNullable(known.get(group.wheels())))));
        files.forEach(local -> layers.add(local.planned()));
        return new ImagePlan(
                stand.project(),
                stand.selection().lock(),
                stand.base(),
                request.from().platform(),
                stand.target(),
                stand.facts(),
                command(request, stand.base(), files),
                packages(stand, sizes, required, files, layers),
                required.silent(),
                stand.selection().omitted(),
                request.compression(),
                layers);
    }

    private Map<SelectedWheel, Long> sizes(Selection selection) {
        List<SelectedWheel> wheels = selection.wheels();
        List<Long> found = InParallel.map(wheels, AT_ONCE, findSize::of);
        Map<SelectedWheel, Long> sizes = new HashMap<>();
        for (int i = 0; i < wheels.size(); i++) {
            sizes.put(wheels.get(i), found.get(i));
        }
        return sizes;
    }

    private static List<ImagePlan.PlannedLayer> baseLayers(Optional<Base> base) {
        return base.map(Base::layers).stream()
                .flatMap(List::stream)
                .map(layer -> {
                    ImageRecords.HeldLayer held = ImageRecords.HeldLayer.ofBase(layer);
                    return ImagePlan.PlannedLayer.of(
                            held.kind(),
                            OptionalLong.of(layer.descriptor().size()),
                            held.packages().stream().map(LayerPackage::name).toList());
                })
                .toList();
    }

    private static ImagePlan.PlannedLayer layer(WheelGroup group, Optional<KnownLayer> known) {
        return new ImagePlan.PlannedLayer(
                LayerKind.DEPENDENCIES,
                OptionalLong.of(group.size()),
                group.wheels().stream()
                        .map(PlannedWheel::fileName)
                        .map(file -> file.name().value())
                        .toList(),
                Optional.of(group.why()),
                known);
    }

    private static ImagePlan.Command command(BuildRequest request, Optional<Base> base, List<ProjectFiles> files) {
        int members = files.size() - 1;
        return Launch.planned(
                base.map(Base::config),
                request.container(),
                () -> files.get(members).plannedCommand(request.python().run(), files.subList(0, members)));
    }

    private static List<PlannedPackage> packages(
            Stand stand,
            Map<SelectedWheel, Long> sizes,
            FindRequirements.Found required,
            List<ProjectFiles> locals,
            List<ImagePlan.PlannedLayer> layers) {
        Selection selection = stand.selection();
        Map<PackageName, List<Requirer>> found = requirers(required, stand.target());
        Map<PackageName, Version> versions = new HashMap<>();
        locals.forEach(local -> local.version().ifPresent(version -> versions.put(local.name(), version)));
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            // Debian has packages of the same names.
            if (layers.get(i).kind() != LayerKind.SYSTEM) {
                for (String name : layers.get(i).packages()) {
                    places.put(name, i);
                }
            }
        }
        return Stream.concat(
                        selection.wheels().stream()
                                .map(wheel -> packaged(
                                        wheel,
                                        sizes.getOrDefault(wheel, 0L),
                                        found.getOrDefault(wheel.name(), requirers(wheel.requiredBy())),
                                        places.getOrDefault(wheel.name().value(), layers.size()))),
                        selection.members().stream()
                                .map(member -> packaged(
                                        member,
                                        Optional.ofNullable(versions.get(member.name())),
                                        places.getOrDefault(member.name().value(), layers.size()))))
                .sorted(Comparator.comparing(PlannedPackage::name))
                .toList();
    }

    /** By the package that they require, each requirer once. */
    private static Map<PackageName, List<Requirer>> requirers(FindRequirements.Found required, Target target) {
        Map<PackageName, Map<PackageName, Requirer>> byName = new HashMap<>();
        for (FollowRequirements.Edge edge : new FollowRequirements(target).from(required.told())) {
            PackageName by = edge.by().name();
            // An extra may require others of its own package.
            if (!by.equals(edge.requirement().name())) {
                byName.computeIfAbsent(edge.requirement().name(), name -> new TreeMap<>())
                        .putIfAbsent(by, new Requirer(by.value(), edge.extra(), Optional.empty()));
            }
        }
        Map<PackageName, List<Requirer>> requirers = new HashMap<>();
        byName.forEach((name, all) -> requirers.put(name, List.copyOf(all.values())));
        return requirers;
    }

    private static List<Requirer> requirers(List<String> told) {
        return told.stream().map(Requirer::parse).toList();
    }

    private static PlannedPackage packaged(SelectedWheel wheel, long size, List<Requirer> requiredBy, int layer) {
        // What stands behind a ? may be a signature or a token, and the plan is kept and shown.
        Optional<String> url = wheel.location() instanceof FileLocation.Url at
                ? Optional.of(
                        at.url().indexOf('?') < 0
                                ? at.url()
                                : RedactedUrl.of(at.url()).text())
                : Optional.empty();
        return new PlannedPackage(
                wheel.name(),
                Optional.of(wheel.version()),
                PlannedPackage.Kind.WHEEL,
                url.isEmpty()
                        ? PlannedPackage.Source.FILE
                        : wheel.directUrl().isPresent() ? PlannedPackage.Source.URL : PlannedPackage.Source.INDEX,
                Optional.of(new PlannedPackage.Wheel(wheel.fileName(), wheel.sha256(), size, url)),
                wheel.extras(),
                requiredBy,
                layer);
    }

    private static PlannedPackage packaged(SelectedMember member, Optional<Version> version, int layer) {
        return new PlannedPackage(
                member.name(),
                version,
                PlannedPackage.Kind.MEMBER,
                PlannedPackage.Source.DIRECTORY,
                Optional.empty(),
                member.extras(),
                requirers(member.requiredBy()),
                layer);
    }
}
