package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseSource;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Json;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.project.ReadSourceTree;
import dev.pycontainer.project.SourceTree;
import dev.pycontainer.store.AtomicFile;
import dev.pycontainer.store.FileDigests;
import dev.pycontainer.store.FileStates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The image in the output directory, where since it was found to be right nothing that it depends on has been touched, nor
 * itself: no file is opened to know it, and the cache is not asked.
 *
 * <p>It is a shorter way to what {@link UnchangedImage} finds, on the machine that built the image: whatever was touched,
 * even if nothing was changed by it, leaves the answer to that.
 */
final class UntouchedImage {

    /** Beside the records. */
    private static final String FILE = "untouched.index";

    /** After that the longer way is taken once, by which the cache learns what is in use. */
    private static final Duration HOLDS = Duration.ofHours(1);

    /** Raised when the file has another form. */
    private static final int VERSION = 1;

    private final PrepareBase prepareBase;
    private final Disk disk;
    private final UnchangedImage.Configuration configuration;
    private final Findings findings;
    private final BuildEvents events;
    private final Clock clock;

    UntouchedImage(
            PrepareBase prepareBase,
            Disk disk,
            UnchangedImage.Configuration configuration,
            Findings findings,
            BuildEvents events,
            Clock clock) {
        this.prepareBase = prepareBase;
        this.disk = disk;
        this.configuration = configuration;
        this.findings = findings;
        this.events = events;
        this.clock = clock;
    }

    /** The image as it lies there; nothing where anything was touched. */
    Optional<BuiltImage> find(BuildRequest request) throws IOException {
        Optional<DataInputStream> content = content(request.outputDirectory().resolve(FILE));
        if (content.isEmpty()) {
            return Optional.empty();
        }
        DataInputStream in = content.get();
        if (!in.readUTF().equals(key(request).hex()) || !isRecent(Instant.ofEpochMilli(in.readLong()))) {
            return Optional.empty();
        }
        JsonNode known = Json.read(in.readNBytes(in.readInt()), FILE);
        if (!FileStates.read(in).areSame() || !isSameBase(request, known)) {
            return Optional.empty();
        }
        Manifest manifest = ImageRecords.layoutIn(request.outputDirectory()).manifest();
        known.path("findings").forEach(finding -> findings.accept(BuildRefused.because(finding.stringValue())));
        return Optional.of(new BuiltImage(
                ImageRecords.layoutIn(request.outputDirectory()),
                manifest,
                Optional.ofNullable(known.path("sourceTree").stringValue(null))));
    }

    /**
     * Remembers that the image is right, if nothing of it is so young that it may still change unseen.
     *
     * @param asked the user's files that were looked at
     * @param sourceTree how the image's was read
     */
    void keep(
            BuildRequest request,
            Base base,
            BuiltImage image,
            Collection<Path> asked,
            ReadSourceTree.Reading sourceTree,
            FileDigests digests)
            throws IOException {
        List<Path> paths = new ArrayList<>(asked);
        configuration.plugin().ifPresent(paths::add);
        paths.addAll(ImageRecords.filesOf(request.outputDirectory(), image.manifest()));
        if (sourceTree.lookedAt().isEmpty()) {
            return;
        }
        paths.addAll(sourceTree.lookedAt().get());
        Optional<FileStates> states = digests.states(
                paths.stream().map(Path::toAbsolutePath).sorted().distinct().toList());
        if (states.isEmpty()) {
            return;
        }
        Path project = request.python().project().toAbsolutePath();
        boolean isPinned = prepareBase.isPinned(
                BaseSource.parse(base.reference()), request.from(), PycontainerLock.in(disk, project));
        ObjectNode known = Json.object();
        known.put("base", base.reference());
        known.put("baseId", UnchangedImage.idOf(base));
        known.put("isBasePinned", isPinned);
        known.put("baseDigest", base.digest().toString());
        known.put("baseLayers", base.layers().size());
        sourceTree.tree().map(SourceTree::id).ifPresent(tree -> known.put("sourceTree", tree));
        findings.told().forEach(known.putArray("findings")::add);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(key(request).hex());
        out.writeLong(clock.millis());
        byte[] json = Json.compact(known);
        out.writeInt(json.length);
        out.write(json);
        states.get().writeTo(out);
        byte[] content = bytes.toByteArray();
        AtomicFile.write(request.outputDirectory().resolve(FILE), file -> {
            DataOutputStream whole = new DataOutputStream(file);
            whole.writeLong(crc(content, 0));
            whole.write(content);
        });
    }

    /** What was written by {@link #keep}; nothing where it is not there, or is damaged. */
    private static Optional<DataInputStream> content(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        boolean isWhole = bytes.length > Long.BYTES && in.readLong() == crc(bytes, Long.BYTES);
        return isWhole ? Optional.of(in) : Optional.empty();
    }

    private static long crc(byte[] bytes, int from) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, bytes.length - from);
        return crc.getValue();
    }

    private boolean isRecent(Instant written) {
        Instant now = clock.instant();
        return written.isBefore(now) && written.isAfter(now.minus(HOLDS));
    }

    private boolean isSameBase(BuildRequest request, JsonNode known) throws IOException {
        BaseSource source = BaseSource.parse(known.path("base").stringValue());
        if (known.path("isBasePinned").booleanValue()) {
            events.pulled(
                    source.toString(),
                    Digest.parse(known.path("baseDigest").stringValue()),
                    known.path("baseLayers").intValue());
            return true;
        }
        Path project = request.python().project().toAbsolutePath();
        Base base = prepareBase
                .of(source, request.from(), Optional.of(PycontainerLock.in(disk, project)))
                .base();
        return UnchangedImage.idOf(base).equals(known.path("baseId").stringValue());
    }

    /** Everything but files; the plugin's jar is one of them. */
    private Digest key(BuildRequest request) {
        return Digest.of(String.join(
                "\n",
                Integer.toString(VERSION),
                request.inputs().toString(),
                request.python().project().toAbsolutePath().toString(),
                configuration.plugin().map(Path::toString).orElse(""),
                configuration.text()));
    }
}
