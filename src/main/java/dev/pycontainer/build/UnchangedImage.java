package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseSource;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Tally;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.ImageLayout;
import dev.pycontainer.oci.ImageLayout.BlobPlacer;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.project.ReadSourceTree;
import dev.pycontainer.project.SourceTree;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.FileDigests;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The image that the same inputs led to before, without the way there: no lock is read, no wheel and no layer is opened.
 *
 * <p>Inputs are what is configured, the plugin, what the user's files answer to every question that was asked of them, and
 * the base, which is found as in any build. What only tells of the image, such as the git tree, is looked up each time.
 */
public final class UnchangedImage {

    private static final String KIND = "image";

    /** Raised when the entry has another form. */
    private static final int VERSION = 1;

    /**
     * What an image depends on besides the request, the user's files and the base.
     *
     * @param plugin the program itself, where it is one file
     * @param text all that is configured
     */
    public record Configuration(Optional<Path> plugin, String text) {}

    private final Remembered remembered;
    private final BlobStore blobs;
    private final PrepareBase prepareBase;
    private final Disk disk;
    private final Configuration configuration;
    private final Findings findings;
    private final BuildEvents events;
    private final UntouchedImage untouched;

    /**
     * @param disk by which the build reads the user's files
     * @param findings what the build has warned of, which is to be told again
     */
    public UnchangedImage(
            Remembered remembered,
            BlobStore blobs,
            PrepareBase prepareBase,
            Disk disk,
            Configuration configuration,
            Findings findings,
            BuildEvents events,
            Clock clock) {
        this.remembered = remembered;
        this.blobs = blobs;
        this.prepareBase = prepareBase;
        this.disk = disk;
        this.configuration = configuration;
        this.findings = findings;
        this.events = events;
        this.untouched = new UntouchedImage(prepareBase, disk, configuration, findings, events, clock);
    }

    /** The image as it lies in the output directory, if nothing has been touched since. */
    Optional<BuiltImage> untouched(BuildRequest request, Tally tally) throws IOException {
        return untouched.find(request, tally);
    }

    /** The image, its layout and records in their place; nothing where any input is another, or a part has gone. */
    Optional<BuiltImage> find(BuildRequest request, FileDigests digests, Tally tally) throws IOException {
        Optional<byte[]> entry = remembered.recall(KIND, key(request, digests));
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        JsonNode known = Json.read(entry.get(), "What is remembered of an image");
        Path project = request.python().project().toAbsolutePath();
        Answers answers = Answers.read(known.path("files"));
        Optional<String> changed = answers.changed(disk, project, digests);
        if (changed.isPresent()) {
            events.changed(changed.get());
            return Optional.empty();
        }
        Base base = prepareBase
                .of(
                        BaseSource.parse(known.path("base").stringValue()),
                        request.from(),
                        Optional.of(PycontainerLock.in(disk, project)))
                .base();
        if (!idOf(base).equals(known.path("baseId").stringValue())) {
            events.changed("base " + base.reference());
            return Optional.empty();
        }
        Manifest manifest = Manifest.of((ObjectNode) known.path("manifest"));
        Optional<ImageLayout> layout = laidOut(request, manifest);
        if (layout.isEmpty()) {
            return Optional.empty();
        }
        ReadSourceTree.Reading sourceTree = new ReadSourceTree().read(project);
        BuiltImage image =
                new BuiltImage(layout.get(), manifest, sourceTree.tree().map(SourceTree::id));
        ImageRecords.writeBuilt(request.outputDirectory(), image, (ObjectNode) known.path("record"));
        known.path("findings").forEach(finding -> findings.accept(BuildRefused.because(finding.stringValue())));
        List<String> entries = new ArrayList<>();
        known.path("entries").forEach(name -> entries.add(name.stringValue()));
        remembered.use(entries);
        untouched.keep(request, base, image, answers.paths(project), sourceTree, digests);
        events.unchanged(image.digest(), manifest.layers().size(), manifest.layersSize(), tally);
        return Optional.of(image);
    }

    /** Remembers what the inputs led to. */
    void keep(BuildRequest request, Base base, BuiltImage image, FileDigests digests) throws IOException {
        Path project = request.python().project().toAbsolutePath();
        Optional<Answers> answers = Answers.toldTo(disk, project, digests);
        if (answers.isEmpty()) {
            return;
        }
        ObjectNode known = Json.object();
        known.put("base", base.reference());
        known.put("baseId", idOf(base));
        known.set("manifest", image.manifest().json());
        known.set("record", ImageRecords.builtIn(request.outputDirectory()));
        findings.told().forEach(known.putArray("findings")::add);
        known.set("files", answers.get().json());
        // What the next build with another source would need: the layers' names among others.
        remembered.used().forEach(known.putArray("entries")::add);
        remembered.keep(KIND, key(request, digests), Json.compact(known));
    }

    private Digest key(BuildRequest request, FileDigests digests) throws IOException {
        List<String> inputs = new ArrayList<>(
                List.of(Integer.toString(VERSION), request.inputs().toString(), configuration.text()));
        if (configuration.plugin().isPresent()) {
            inputs.add(digests.of(configuration.plugin().get()).hex());
        }
        return Digest.of(String.join("\n", inputs));
    }

    static String idOf(Base base) {
        return base.digest() + " " + Digest.of(base.config().bytes());
    }

    private Optional<ImageLayout> laidOut(BuildRequest request, Manifest manifest) throws IOException {
        ImageLayout layout = ImageRecords.layoutIn(request.outputDirectory());
        List<Descriptor> parts = new ArrayList<>(manifest.layers());
        parts.add(manifest.config());
        Map<Digest, BlobPlacer> placers = new HashMap<>();
        for (Descriptor part : parts) {
            // Asked for although the layout may have it: what is in use stays in the cache.
            Optional<Blob> blob = blobs.find(part.digest(), part.size());
            if (blob.isPresent()) {
                placers.put(part.digest(), blob.get()::linkTo);
            } else if (layout.has(part)) {
                placers.put(part.digest(), file -> {});
            } else {
                return Optional.empty();
            }
        }
        layout.write(manifest, request.destination().mainTag(), placers);
        return Optional.of(layout);
    }
}
