package dev.pycontainer.build;

import dev.pycontainer.base.Base;
import dev.pycontainer.base.BaseSource;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Tally;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.project.ReadSourceTree;
import dev.pycontainer.store.AtomicFile;
import dev.pycontainer.store.FileDigests;
import dev.pycontainer.store.FileStates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    /**
     * What is told of the image, and of the base that it stands on. Not as JSON: in a JVM that has just begun, the classes
     * that read it would take longer than all else.
     *
     * @param sourceTree empty without git
     */
    private record Known(
            String image,
            int layers,
            long size,
            String sourceTree,
            String base,
            String baseId,
            String baseDigest,
            int baseLayers,
            boolean isBasePinned,
            List<String> findings) {

        void writeTo(DataOutputStream out) throws IOException {
            out.writeUTF(image);
            out.writeInt(layers);
            out.writeLong(size);
            out.writeUTF(sourceTree);
            out.writeUTF(base);
            out.writeUTF(baseId);
            out.writeUTF(baseDigest);
            out.writeInt(baseLayers);
            out.writeBoolean(isBasePinned);
            out.writeInt(findings.size());
            for (String finding : findings) {
                byte[] text = finding.getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        }

        static Known read(DataInputStream in) throws IOException {
            return new Known(
                    in.readUTF(),
                    in.readInt(),
                    in.readLong(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readInt(),
                    in.readBoolean(),
                    findings(in));
        }

        private static List<String> findings(DataInputStream in) throws IOException {
            int count = in.readInt();
            List<String> findings = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                findings.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
            }
            return findings;
        }
    }

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
    Optional<BuiltImage> find(BuildRequest request, Tally tally) throws IOException {
        Optional<DataInputStream> content = content(request.outputDirectory().resolve(FILE));
        if (content.isEmpty()) {
            return Optional.empty();
        }
        DataInputStream in = content.get();
        if (!in.readUTF().equals(key(request).hex()) || !isRecent(Instant.ofEpochMilli(in.readLong()))) {
            return Optional.empty();
        }
        Known known = Known.read(in);
        if (!FileStates.read(in).areSame() || !isSameBase(request, known)) {
            return Optional.empty();
        }
        known.findings.forEach(finding -> findings.accept(BuildRefused.because(finding)));
        Digest image = Digest.parse(known.image);
        events.unchanged(image, known.layers, known.size, tally);
        return Optional.of(BuiltImage.untouched(
                ImageRecords.layoutIn(request.outputDirectory()),
                image,
                Optional.of(known.sourceTree).filter(tree -> !tree.isEmpty())));
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
        Manifest manifest = image.manifest();
        Known known = new Known(
                image.digest().toString(),
                manifest.layers().size(),
                manifest.layersSize(),
                image.sourceTree().orElse(""),
                base.reference(),
                UnchangedImage.idOf(base),
                base.digest().toString(),
                base.layers().size(),
                isPinned,
                findings.told());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(key(request).hex());
        out.writeLong(clock.millis());
        known.writeTo(out);
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

    private boolean isSameBase(BuildRequest request, Known known) throws IOException {
        if (known.isBasePinned) {
            events.pulled(known.base, Digest.parse(known.baseDigest), known.baseLayers);
            return true;
        }
        BaseSource source = BaseSource.parse(known.base);
        Path project = request.python().project().toAbsolutePath();
        Base base = prepareBase
                .of(source, request.from(), Optional.of(PycontainerLock.in(disk, project)))
                .base();
        return UnchangedImage.idOf(base).equals(known.baseId);
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
