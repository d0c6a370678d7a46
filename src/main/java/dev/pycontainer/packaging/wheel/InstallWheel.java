package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
        SortedMap<String, InstalledFile> files = new TreeMap<>(Utf8Order.INSTANCE);
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
                        .ifPresent(file -> add(files, file));
            }
        }
        // "Entry points specification": "… create a command-line wrapper for each entry point."
        scripts.forEach((name, entryPoint) -> add(
                files,
                InstalledFile.generated(
                        InstallScheme.SCRIPTS + "/" + name, true, EntryPointScript.of(scheme, entryPoint))));
        metadata.forEach((path, content) ->
                add(files, InstalledFile.generated(scheme.sitePackages() + "/" + path, false, content)));

        // "Update distribution-1.0.dist-info/RECORD with the installed paths."
        add(files, record(files));
        requireNoFileIsADirectory(files);
        return List.copyOf(files.values());
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

    private InstalledFile record(SortedMap<String, InstalledFile> files) {
        String path = scheme.sitePackages() + "/" + recordPath();
        List<RecordRow> rows = new ArrayList<>();
        files.values().forEach(file -> file.row(scheme).ifPresent(rows::add));
        rows.add(RecordRow.ofItself(scheme.recorded(path)));
        return InstalledFile.generated(path, false, RecordFile.write(rows));
    }

    private static void add(SortedMap<String, InstalledFile> files, InstalledFile file) {
        InstalledFile other = files.putIfAbsent(file.path(), file);
        if (other != null && !other.isSameAs(file)) {
            throw BuildRefused.because("The wheel would install two different files at " + file.path() + ".")
                    .why("which of them stays would depend on the installer");
        }
    }

    private static void requireNoFileIsADirectory(SortedMap<String, InstalledFile> files) {
        Set<String> parents = new HashSet<>();
        for (String path : files.keySet()) {
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
                String parent = path.substring(0, slash);
                if (!parents.add(parent)) {
                    break;
                }
                if (files.containsKey(parent)) {
                    throw BuildRefused.because("The wheel would install " + parent + " as a file and as a directory.")
                            .why("it also installs " + path);
                }
            }
        }
    }
}
