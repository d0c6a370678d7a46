package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Installs a wheel: "Binary distribution format", "Installing a wheel", and "Recording installed projects".
 *
 * <p>The new RECORD is worked out before any file streams, from the wheel's own: each file is then proved as it passes.
 * There is no {@code REQUESTED} (nobody asked for this wheel by name), and the installer is {@code pycontainer}.
 */
public final class InstallWheel {

    private static final byte[] INSTALLER = "pycontainer".getBytes(StandardCharsets.UTF_8);

    private final Wheel wheel;
    private final InstallScheme scheme;
    private final Optional<String> directUrl;
    private final FileFilter filter;

    /**
     * @param directUrl the text of {@code direct_url.json}, for a wheel that was asked for by URL or path
     * @param filter what it leaves out stands in no RECORD either
     */
    public InstallWheel(Wheel wheel, InstallScheme scheme, Optional<String> directUrl, FileFilter filter) {
        this.wheel = wheel;
        this.scheme = scheme;
        this.directUrl = directUrl;
        this.filter = filter;
    }

    /** Writes every file, in the order of their paths' UTF-8 bytes. */
    public void into(WheelDestination destination) throws IOException {
        for (InstalledFile file : files()) {
            file.writeTo(destination);
        }
    }

    /** Every file that the installation leaves, in the order of their paths' UTF-8 bytes. */
    public List<InstalledFile> files() throws IOException {
        try {
            Optional<byte[]> entryPoints = wheel.entryPoints();
            Map<String, byte[]> placeholders = new RewriteScript(scheme).placeholdersOf(wheel);
            return wheel.named(() -> arranged(entryPoints, placeholders));
        } catch (BuildRefused refused) {
            throw refused.orTodo(Wheel.ADVICE);
        }
    }

    private List<InstalledFile> arranged(Optional<byte[]> entryPoints, Map<String, byte[]> placeholders) {
        List<InstalledFile> files = new ArrayList<>();
        Map<String, byte[]> metadata = metadata();
        Map<String, EntryPoint> scripts = entryPoints
                .<Map<String, EntryPoint>>map(text -> EntryPointsFile.scripts(text, scheme.pythonMinor()))
                .orElse(Map.of());

        // "Unpack." "Spread."
        PlaceFile place = new PlaceFile(wheel, scheme, scripts.keySet(), placeholders);
        for (ZipMember member : wheel.files()) {
            if (!metadata.containsKey(member.path()) && !member.path().equals(recordPath())) {
                place.of(member)
                        .filter(file -> filter.keeps(file.path(), wheel.distInfo(), scheme))
                        .ifPresent(files::add);
            }
        }
        // "Entry points specification": "… create a command-line wrapper for each entry point."
        scripts.forEach((name, entryPoint) -> files.add(InstalledFile.generated(
                InstallScheme.SCRIPTS + "/" + name, true, EntryPointScript.of(scheme, entryPoint))));
        metadata.forEach((path, content) ->
                files.add(InstalledFile.generated(scheme.sitePackages() + "/" + path, false, content)));

        // "Update distribution-1.0.dist-info/RECORD with the installed paths."
        List<InstalledFile> listed = distinct(files);
        listed.add(record(listed));
        List<InstalledFile> all = distinct(listed);
        requireNoFileIsADirectory(all);
        return List.copyOf(all);
    }

    /** The files that an installer owns, by their paths in the wheel, where they are replaced if they stand. */
    private Map<String, byte[]> metadata() {
        SortedMap<String, byte[]> metadata = new TreeMap<>(Utf8Order.INSTANCE);
        metadata.put(wheel.distInfo() + "/INSTALLER", INSTALLER);
        directUrl.ifPresent(
                text -> metadata.put(wheel.distInfo() + "/direct_url.json", text.getBytes(StandardCharsets.UTF_8)));
        return metadata;
    }

    private String recordPath() {
        return wheel.distInfo() + "/RECORD";
    }

    private InstalledFile record(List<InstalledFile> files) {
        String path = scheme.sitePackages() + "/" + recordPath();
        List<Supplier<RecordRow>> rows = new ArrayList<>(files.size() + 1);
        files.stream().filter(InstalledFile::isRecorded).forEach(file -> rows.add(() -> file.row(scheme)));
        rows.add(() -> RecordRow.ofItself(scheme.recorded(path)));
        return InstalledFile.record(path, RecordLines.of(rows));
    }

    /** Sorted, and of equal files at one path the first. */
    private static List<InstalledFile> distinct(List<InstalledFile> files) {
        files.sort(Comparator.comparing(InstalledFile::path, Utf8Order.INSTANCE));
        List<InstalledFile> distinct = new ArrayList<>(files.size() + 1);
        String last = "";
        for (InstalledFile file : files) {
            String path = file.path();
            if (!path.equals(last)) {
                distinct.add(file);
            } else if (!distinct.get(distinct.size() - 1).isSameAs(file)) {
                throw BuildRefused.because("The wheel would install two different files at " + path + ".")
                        .why("which of them stays would depend on the installer");
            }
            last = path;
        }
        return distinct;
    }

    private static void requireNoFileIsADirectory(List<InstalledFile> files) {
        Set<String> parents = new HashSet<>();
        for (InstalledFile file : files) {
            String path = file.path();
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                if (!parents.add(path.substring(0, slash))) {
                    break;
                }
            }
        }
        for (InstalledFile file : files) {
            String path = file.path();
            if (parents.contains(path)) {
                throw BuildRefused.because("The wheel would install " + path + " as a file and as a directory.")
                        .why("it also installs " + firstBelow(path + "/", files));
            }
        }
    }

    private static String firstBelow(String directory, List<InstalledFile> files) {
        return files.stream()
                .map(InstalledFile::path)
                .filter(path -> path.startsWith(directory))
                .findFirst()
                .orElseThrow();
    }
}
