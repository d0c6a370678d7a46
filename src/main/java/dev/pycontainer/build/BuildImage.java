package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseSource;
import dev.pycontainer.base.BaseTarget;
import dev.pycontainer.base.PullBase;
import dev.pycontainer.base.ReadTarget;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.layer.AccountFiles;
import dev.pycontainer.layer.EnvironmentLayer;
import dev.pycontainer.layer.ImageUser;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.Runnables;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.FindLock;
import dev.pycontainer.packaging.lock.Lock;
import dev.pycontainer.packaging.lock.LockReader;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.packaging.lock.Wanted;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.project.Project;
import dev.pycontainer.project.ReadProject;
import dev.pycontainer.project.ReadSourceTree;
import dev.pycontainer.project.SelectSources;
import dev.pycontainer.project.SourceFiles;
import dev.pycontainer.project.SourceTree;
import dev.pycontainer.store.DamagedBlob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pipeline: project and base → target → selection → wheels → layers → image → layout.
 *
 * <p>One direction, no way back. What each stage needs of network, cache and disk is handed to it; what is not the
 * project's own is asked for only after the project was found to be in order.
 */
public final class BuildImage {

    /** The environment's and the project's. */
    private static final int LAYERS_BESIDE_WHEELS = 2;

    private final LockReader readLock;
    private final PullBase pullBase;
    private final ReadTarget readTarget;
    private final SelectWheels selectWheels;
    private final CheckYanked checkYanked;
    private final WriteLayers writeLayers;
    private final AssembleImage assemble;
    private final BuildEvents events;
    private final Tally tally;

    public BuildImage(
            LockReader readLock,
            PullBase pullBase,
            ReadTarget readTarget,
            SelectWheels selectWheels,
            CheckYanked checkYanked,
            WriteLayers writeLayers,
            AssembleImage assemble,
            BuildEvents events,
            Tally tally) {
        this.readLock = readLock;
        this.pullBase = pullBase;
        this.readTarget = readTarget;
        this.selectWheels = selectWheels;
        this.checkYanked = checkYanked;
        this.writeLayers = writeLayers;
        this.assemble = assemble;
        this.events = events;
        this.tally = tally;
    }

    /** The image, whole on disk. Damage that is found in the cache on the way is mended by a second attempt. */
    public BuiltImage of(BuildRequest request) throws IOException {
        try {
            return attempt(request);
        } catch (DamagedBlob damaged) {
            // Its file is gone now: what was kept in it is fetched or made anew.
            events.mending(damaged);
            // An earlier build's layout may hold a link to that file, and would keep it.
            ImageRecords.layoutIn(request.outputDirectory()).removeDamaged();
            return attempt(request);
        }
    }

    private BuiltImage attempt(BuildRequest request) throws IOException {
        BuildRequest.Python python = request.python();
        Inputs inputs = read(python);
        Base base = pullBase.of(
                BaseSource.parse(request.from().image()), request.from().platform());
        events.pulled(base.reference(), base.digest(), base.layers().size());
        BaseTarget found =
                readTarget.of(base, python.prefix(), request.container().environment());
        events.readTarget(found.target());
        requirePython(inputs.project(), found.target(), base);
        Selection selection = selectWheels.from(
                inputs.lock(),
                Wanted.of(
                        inputs.project().directory(),
                        inputs.project().pyproject(),
                        found.target(),
                        python.extras(),
                        python.groups()),
                requirement -> "docker run --rm -v \"$PWD/wheelhouse:/wheelhouse\" --entrypoint "
                        + found.target().interpreter() + " " + base.reference()
                        + " -m pip wheel --no-deps --wheel-dir /wheelhouse \"" + requirement + "\"");
        events.selected(selection);
        checkYanked.in(selection);
        AssembleImage.Parts parts = parts(request, inputs, base, found, selection);
        events.wroteLayers(parts.layers(), tally.of(Work.FILES_DOWNLOADED));
        BuiltImage image = assemble.of(request, parts);
        events.built(image, parts.layers(), tally);
        return image;
    }

    /** The project as it lies on disk. */
    private record Inputs(Project project, Lock lock, SourceFiles sources) {}

    private Inputs read(BuildRequest.Python python) {
        Project project = new ReadProject(python.fallbackName(), python.projectVersion()).from(python.project());
        Path lockFile = new FindLock()
                .in(project.directory(), python.lock(), project.pyproject().map(Pyproject::tree));
        SourceFiles sources =
                new SelectSources(python.includes(), python.excludes(), python.outputs()).from(project.directory());
        return new Inputs(project, readLock.read(lockFile), sources);
    }

    /** Writes every layer that is not remembered, and decides what depends on them. */
    private AssembleImage.Parts parts(
            BuildRequest request, Inputs inputs, Base base, BaseTarget found, Selection selection) throws IOException {
        BuildRequest.Python python = request.python();
        ContainerSettings container = request.container();
        Project project = inputs.project();
        InstallScheme scheme = InstallScheme.of(python.prefix(), found.target());
        AccountFiles accounts = AccountFiles.of(
                found.passwd().orElse(new byte[0]), found.group().orElse(new byte[0]));
        ImageUser user = userOf(container.user(), base, accounts);
        ProjectFiles files = new ProjectFiles(project, inputs.sources(), scheme, container.appRoot());

        List<LayerBlob> layers = new ArrayList<>();
        layers.add(writeLayers.environment(EnvironmentLayer.of(scheme, found.target(), user, accounts)));
        layers.addAll(writeLayers.wheels(
                selection, scheme, request.maximumLayers() - base.layers().size() - LAYERS_BESIDE_WHEELS));
        Runnables runnables = Runnables.union(layers);
        layers.add(writeLayers.project(files.layer(request.filesModificationTime(), tally)));

        Launch launch = Launch.decide(base.config(), container, () -> files.command(python.run(), runnables));
        Optional<String> sourceTree =
                new ReadSourceTree().of(project.directory()).map(SourceTree::id);
        return new AssembleImage.Parts(
                project, base, found.target(), scheme, selection, launch, user, layers, sourceTree);
    }

    /** The configured user, root included; else the base's, unless it is root; else the product's own. */
    private static ImageUser userOf(Optional<String> configured, Base base, AccountFiles accounts) {
        return configured.isPresent()
                ? ImageUser.resolved(configured.get(), accounts)
                : ImageUser.of(base.config().user(), accounts);
    }

    private static void requirePython(Project project, Target target, Base base) {
        project.requiresPython()
                .filter(required -> !required.contains(target.python(), true))
                .ifPresent(required -> {
                    throw BuildRefused.because(
                                    "The project needs Python " + required + ", the base has " + target.python() + ".")
                            .todo("choose a base with such a Python as from.image")
                            .in("base " + base.reference());
                });
    }
}
