package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseTarget;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.layer.AccountFiles;
import dev.pycontainer.layer.EnvironmentLayer;
import dev.pycontainer.layer.ImageUser;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.Runnables;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.project.Project;
import dev.pycontainer.project.ReadSourceTree;
import dev.pycontainer.project.SourceTree;
import dev.pycontainer.store.FileDigests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pipeline: project and base → target → selection → wheels → layers → image → layout.
 *
 * <p>One direction, no way back. What each stage needs of network, cache and disk is handed to it; what is not the
 * project's own is asked for only after the project was found to be in order.
 */
public final class BuildImage {

    /** Beside the records: what the file system said of the user's files, for the next build on this machine. */
    private static final String FILES = "files.index";

    private final Disk disk;
    private final UnchangedImage unchanged;
    private final CheckEngines checkEngines;
    private final GatherInputs gather;
    private final CheckYanked checkYanked;
    private final FindRequirements findRequirements;
    private final CheckRequirements checkRequirements;
    private final WriteLayers writeLayers;
    private final CheckNativeLibraries checkNativeLibraries;
    private final AssembleImage assemble;
    private final BuildEvents events;
    private final Tally tally;

    /** @param disk by which the parts read the user's files */
    public BuildImage(
            Disk disk,
            UnchangedImage unchanged,
            CheckEngines checkEngines,
            GatherInputs gather,
            CheckYanked checkYanked,
            FindRequirements findRequirements,
            CheckRequirements checkRequirements,
            WriteLayers writeLayers,
            CheckNativeLibraries checkNativeLibraries,
            AssembleImage assemble,
            BuildEvents events,
            Tally tally) {
        this.disk = disk;
        this.unchanged = unchanged;
        this.checkEngines = checkEngines;
        this.gather = gather;
        this.checkYanked = checkYanked;
        this.findRequirements = findRequirements;
        this.checkRequirements = checkRequirements;
        this.writeLayers = writeLayers;
        this.checkNativeLibraries = checkNativeLibraries;
        this.assemble = assemble;
        this.events = events;
        this.tally = tally;
    }

    /** The image, whole on disk. Damage that is found in the cache on the way is mended by further attempts. */
    public BuiltImage of(BuildRequest request) throws IOException {
        // An earlier build's layout may hold a link to a damaged file, and would keep it.
        return new MendCache(events)
                .during(
                        () -> attempt(request),
                        () -> ImageRecords.layoutIn(request.outputDirectory()).removeDamaged());
    }

    private BuiltImage attempt(BuildRequest request) throws IOException {
        Optional<BuiltImage> untouched = unchanged.untouched(request, tally);
        if (untouched.isPresent()) {
            return untouched.get();
        }
        FileDigests digests = FileDigests.in(request.outputDirectory().resolve(FILES), tally);
        disk.digestsBy(digests::of);
        Optional<BuiltImage> same = unchanged.find(request, digests, tally);
        BuiltImage image = same.isPresent() ? same.get() : build(request, digests);
        digests.save();
        return image;
    }

    private BuiltImage build(BuildRequest request, FileDigests digests) throws IOException {
        checkEngines.in(request);
        Inputs inputs = gather.asLocked(request);
        events.learned(inputs.selection().learned());
        checkYanked.in(inputs.selection());
        AssembleImage.Parts parts = parts(request, inputs, digests);
        events.wroteLayers(parts.layers(), tally.of(Work.FILES_DOWNLOADED));
        BuiltImage image = assemble.of(request, parts);
        // What rests on hashes that an index told is asked there again, until the goal lock keeps them.
        if (inputs.selection().learned().isEmpty()) {
            unchanged.keep(request, inputs.base(), image, digests);
        }
        events.built(image, parts.layers(), tally);
        return image;
    }

    /** Writes every layer that is not remembered, and decides what depends on them. */
    private AssembleImage.Parts parts(BuildRequest request, Inputs inputs, FileDigests digests) throws IOException {
        Base base = inputs.base();
        BaseTarget found = inputs.target();
        BuildRequest.Python python = request.python();
        ContainerSettings container = request.container();
        Project project = inputs.project();
        InstallScheme scheme = InstallScheme.of(python.prefix(), found.target());
        AccountFiles accounts = accountsOf(found);
        ImageUser user = userOf(container.user(), base, accounts);
        List<ProjectFiles> files = inputs.locals().stream()
                .map(local -> new ProjectFiles(local, scheme))
                .toList();
        ProjectFiles main = files.get(files.size() - 1);
        // What no wheel can change is told before any is fetched.
        Launch.planned(
                Optional.of(base.config()),
                container,
                () -> main.plannedCommand(python.run(), files.subList(0, files.size() - 1)));

        List<LayerBlob> layers = new ArrayList<>();
        layers.add(writeLayers.environment(EnvironmentLayer.of(scheme, found.target(), user, accounts)));
        layers.addAll(
                writeLayers.wheels(inputs.selection(), scheme, inputs.freeLayers(request), inputs.keptLayers(request)));
        checkRequirements.in(
                project,
                inputs.selection(),
                found.target(),
                () -> findRequirements.of(inputs.selection()).told());
        for (ProjectFiles member : files.subList(0, files.size() - 1)) {
            layers.add(writeLayers.local(member.layer(request.filesModificationTime(), digests)));
        }
        Runnables runnables = Runnables.union(layers);
        layers.add(writeLayers.local(main.layer(request.filesModificationTime(), digests)));

        Launch launch = Launch.decide(base.config(), container, () -> main.command(python.run(), runnables));
        checkNativeLibraries.in(
                base.layers(), found.target(), layers, environment(base, container), writeLayers.findPackage(scheme));
        Optional<String> sourceTree =
                new ReadSourceTree().of(project.directory()).map(SourceTree::id);
        return new AssembleImage.Parts(
                project, base, found.target(), scheme, inputs.selection(), launch, user, layers, sourceTree);
    }

    private static Map<String, String> environment(Base base, ContainerSettings container) {
        Map<String, String> environment = new HashMap<>(base.config().environment());
        environment.putAll(container.environment());
        return environment;
    }

    static AccountFiles accountsOf(BaseTarget found) {
        return AccountFiles.of(found.passwd().orElse(new byte[0]), found.group().orElse(new byte[0]));
    }

    /** The configured user, root included; else the base's, unless it is root; else the product's own. */
    static ImageUser userOf(Optional<String> configured, Base base, AccountFiles accounts) {
        return configured.isPresent()
                ? ImageUser.resolved(configured.get(), accounts)
                : ImageUser.of(base.config().user(), accounts);
    }
}
