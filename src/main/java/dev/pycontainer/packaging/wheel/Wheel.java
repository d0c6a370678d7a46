package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ContentCheck;
import dev.pycontainer.archive.ZipArchive;
import dev.pycontainer.archive.ZipLimits;
import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.content.Work;
import dev.pycontainer.packaging.WheelFileName;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A wheel, opened and checked as a whole: "Binary distribution format".
 *
 * <p>Its file name, its {@code .dist-info} directory and its metadata name one release, and its RECORD lists exactly its
 * files, with hash and size. The bytes of the files are proved as they are read, by {@link #check}.
 */
public final class Wheel implements Closeable {

    /** What to do about a wheel that is at fault itself: its bytes are those that the lock names. */
    static final String ADVICE = "report it to the project that made the wheel, or lock another release";

    private static final int RECORD_LIMIT = 64 << 20;
    private static final int ENTRY_POINTS_LIMIT = 4 << 20;

    private final WheelFileName fileName;
    private final ZipArchive archive;
    private final SortedMap<String, ZipMember> files = new TreeMap<>(Utf8Order.INSTANCE);
    private final String distInfo;
    private final Map<String, RecordHash> hashes = new HashMap<>();

    private Wheel(WheelFileName fileName, ZipArchive archive) throws IOException {
        this.fileName = fileName;
        this.archive = archive;
        DistInfo info = named(() -> {
            archive.members().forEach(this::addFile);
            return DistInfo.find(files.keySet());
        });
        this.distInfo = info.directory();
        byte[] wheel = contentOf(info.file("WHEEL"), DistInfo.LIMIT);
        byte[] metadata = contentOf(info.file("METADATA"), DistInfo.LIMIT);
        byte[] record = contentOf(info.file("RECORD"), RECORD_LIMIT);
        named(() -> {
            info.requireNames(fileName);
            info.requireWheelVersion(wheel);
            info.requireMetadata(metadata, fileName);
            Map<String, RecordRow> rows = RecordFile.parse(record);
            new CompareWithRecord(info).of(files, rows);
            // The members' own texts, so that those of RECORD need not stay.
            files.keySet()
                    .forEach(path -> Optional.ofNullable(rows.get(path))
                            .flatMap(RecordRow::hash)
                            .ifPresent(hash -> hashes.put(path, hash)));
            return hashes;
        });
    }

    /**
     * Opens the wheel in a file whose digest was verified before; a wheel that contradicts itself is refused.
     *
     * @param tally counts the wheels opened
     */
    public static Wheel open(Path file, WheelFileName fileName, Tally tally) throws IOException {
        tally.count(Work.WHEELS_OPENED);
        try {
            ZipArchive archive = ZipArchive.open(file, fileName.fileName(), ZipLimits.WHEEL);
            try {
                return new Wheel(fileName, archive);
            } catch (IOException | RuntimeException e) {
                archive.close();
                throw e;
            }
        } catch (BuildRefused refused) {
            throw refused.orTodo(ADVICE);
        }
    }

    private void addFile(ZipMember member) {
        // Directories need no entry, and there is none in RECORD: they are made where files need them.
        if (!member.isDirectory()) {
            InstalledPath.require(member.path(), "The file");
            requireRegular(member);
            files.put(member.path(), member);
        }
    }

    /** What the work returns; its refusals are given the wheel's name, as those of the archive are. */
    <T> T named(Supplier<T> work) {
        try {
            return work.get();
        } catch (BuildRefused refused) {
            throw refused.in(fileName.fileName());
        }
    }

    public WheelFileName fileName() {
        return fileName;
    }

    /** The name of the {@code .dist-info} directory. */
    public String distInfo() {
        return distInfo;
    }

    /** The name of the {@code .data} directory, which a wheel need not have. */
    String dataDirectory() {
        return distInfo.substring(0, distInfo.length() - DistInfo.SUFFIX.length()) + ".data";
    }

    /** Its files, without directories, in the order of their paths' UTF-8 bytes. */
    Collection<ZipMember> files() {
        return files.values();
    }

    ZipArchive archive() {
        return archive;
    }

    /** The file's hash in RECORD; absent only for RECORD itself and its signatures. */
    Optional<RecordHash> hash(ZipMember file) {
        return Optional.ofNullable(hashes.get(file.path()));
    }

    /** What proves the bytes of a file while they pass: the hash in RECORD, where it has one. */
    ContentCheck check(ZipMember file) {
        return hash(file)
                .<ContentCheck>map(hash -> new RecordCheck(file.path(), hash))
                .orElse(ContentCheck.NONE);
    }

    /** The file's bytes, proved. */
    byte[] read(ZipMember file, int limit) throws IOException {
        byte[] content = archive.read(file, limit);
        return named(() -> {
            ContentCheck check = check(file);
            check.update(content, 0, content.length);
            check.finish();
            return content;
        });
    }

    /** The bytes of {@code entry_points.txt}, proved; empty where the wheel has none. */
    Optional<byte[]> entryPoints() throws IOException {
        ZipMember file = files.get(distInfo + "/entry_points.txt");
        return file == null ? Optional.empty() : Optional.of(read(file, ENTRY_POINTS_LIMIT));
    }

    private byte[] contentOf(String path, int limit) throws IOException {
        ZipMember file = named(() -> Optional.ofNullable(files.get(path))
                .orElseThrow(() -> BuildRefused.because("The wheel has no file " + path + ".")));
        return archive.read(file, limit);
    }

    private static void requireRegular(ZipMember member) {
        if (member.isSymbolicLink()) {
            throw BuildRefused.because("The wheel holds the symbolic link " + member.path() + ".")
                    .why("the wheel format has files only");
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
