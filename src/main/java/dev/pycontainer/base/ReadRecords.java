package dev.pycontainer.base;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.debian.DebianPackage;
import dev.pycontainer.debian.ExtendRecords;
import dev.pycontainer.debian.InstalledFiles;
import dev.pycontainer.debian.InstalledPackages;
import dev.pycontainer.debian.RecordForm;
import dev.pycontainer.rootfs.FileTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads dpkg's records of a base: its status, be it one file or one for each package, the lists of files, diversions and
 * triggers.
 *
 * <p>A paragraph that cannot be read is refused, as dpkg itself then does nothing at all.
 */
final class ReadRecords {

    private static final String DPKG = "var/lib/dpkg/";
    private static final String INFO = DPKG + "info/";
    private static final String STATUS_D = DPKG + "status.d/";
    private static final String TRIGGERS = ExtendRecords.TRIGGERS;
    private static final String SUMS = ".md5sums";

    /** What is read while the layers pass. */
    static final Pattern LIKELY = Pattern.compile("etc/os-release|usr/lib/os-release|" + DPKG
            + "(?:status|status\\.d/.*|diversions|triggers/.*|info/[^/]*\\.(?:list|triggers))");

    /** dpkg's own files among those that name a trigger. */
    private static final Set<String> NO_TRIGGERS = Set.of("Lock", "Unincorp");

    /** The one file for triggers that are paths; of each other the file has the name. */
    private static final String FILE_TRIGGERS = "File";

    private static final int LARGEST = 64 << 20;

    private final BaseFiles files;
    private final InstalledFiles.Collecting collecting = new InstalledFiles.Collecting();
    private final List<DebianPackage> installed = new ArrayList<>();
    private RecordForm form = RecordForm.STATUS_D;
    private final SortedMap<String, byte[]> extended = new TreeMap<>(Utf8Order.INSTANCE);

    private ReadRecords(BaseFiles files) {
        this.files = files;
    }

    static ReadRecords of(BaseFiles files) throws IOException {
        ReadRecords records = new ReadRecords(files);
        records.refuseUnfinished();
        records.readStatus();
        records.readEach();
        records.requireSome();
        records.readFiles();
        return records;
    }

    RecordForm form() {
        return form;
    }

    List<DebianPackage> installed() {
        return installed;
    }

    /** The files that change with every package, where dpkg keeps its own record: {@link ExtendRecords}. */
    SortedMap<String, byte[]> extended() {
        return extended;
    }

    InstalledFiles files() {
        return collecting.done();
    }

    /** dpkg's journal, which it empties at the end of each run. */
    private void refuseUnfinished() {
        if (!names(DPKG + "updates").isEmpty()) {
            throw BuildRefused.because("In the base dpkg was interrupted in the midst of its work.")
                    .why("/" + DPKG + "updates is not empty")
                    .todo("use a base in which dpkg --configure -a has been run");
        }
    }

    private void readStatus() throws IOException {
        Optional<FileTree.Found> file = file(ExtendRecords.STATUS);
        if (file.isPresent()) {
            form = RecordForm.STATUS;
            byte[] status = content(files, file.get());
            extended.put(ExtendRecords.STATUS, status);
            installed.addAll(InstalledPackages.of(new ByteArrayInputStream(status), ExtendRecords.STATUS));
        }
    }

    private void readEach() throws IOException {
        Map<String, FileTree.Found> found = files(STATUS_D);
        Map<String, byte[]> contents = contents(found);
        for (String name : found.keySet()) {
            byte[] sums = contents.getOrDefault(name + SUMS, new byte[0]);
            if (name.endsWith(SUMS)) {
                continue;
            }
            for (DebianPackage each : InstalledPackages.of(
                    new ByteArrayInputStream(contents.getOrDefault(name, new byte[0])), STATUS_D + name)) {
                installed.add(each);
                text(sums).lines().forEach(line -> {
                    int path = line.indexOf(' ');
                    if (path > 0) {
                        collecting.belongs(line.substring(path).strip(), each.name());
                    }
                });
            }
        }
    }

    private void requireSome() {
        if (installed.isEmpty()) {
            throw BuildRefused.because("The base has no record of the packages that are installed in it.")
                    .why("there is none in /" + DPKG + "status, nor in /" + STATUS_D)
                    .todo("use a base that keeps its record, such as python:3.13-slim");
        }
    }

    private void readFiles() throws IOException {
        files.forEach((path, node) -> collecting.lies(
                path,
                node.isDirectory()
                        ? InstalledFiles.Kind.DIRECTORY
                        : node.isLink() ? InstalledFiles.Kind.LINK : InstalledFiles.Kind.FILE));
        Set<String> names = new HashSet<>();
        installed.forEach(each -> names.add(each.name()));
        Map<String, FileTree.Found> info = files(INFO);
        info.keySet()
                .removeIf(name ->
                        !(name.endsWith(".list") || name.endsWith(".triggers")) || !names.contains(packageOf(name)));
        contents(info).forEach((name, content) -> {
            String owner = packageOf(name);
            if (name.endsWith(".list")) {
                text(content)
                        .lines()
                        .filter(line -> line.length() > 1 && !line.equals("/."))
                        .forEach(line -> collecting.belongs(line, owner));
            } else {
                collecting.triggers(owner, text(content));
            }
        });
        readTriggers(names);
        readDiversions();
    }

    /** What dpkg has put together of the packages' own files, and looks at itself. */
    private void readTriggers(Set<String> names) throws IOException {
        Map<String, FileTree.Found> found = files(TRIGGERS);
        found.keySet().removeAll(NO_TRIGGERS);
        contents(found).forEach((name, content) -> {
            if (form == RecordForm.STATUS) {
                extended.put(TRIGGERS + name, content);
            }
            text(content).lines().forEach(line -> {
                String[] words = line.split(" ", -1);
                String interested = words[words.length - 1].replaceFirst("[/:].*", "");
                if (names.contains(interested)) {
                    collecting.interested(interested, name.equals(FILE_TRIGGERS) ? words[0] : name);
                }
            });
        });
    }

    /** Three lines each: from where, to where, and by whom. */
    private void readDiversions() throws IOException {
        Optional<FileTree.Found> file = file(DPKG + "diversions");
        List<String> lines = file.isEmpty()
                ? List.of()
                : text(content(files, file.get())).lines().toList();
        if (lines.size() % 3 != 0) {
            throw BuildRefused.because("The base's record of diverted files is damaged.")
                    .why("/" + DPKG + "diversions has " + lines.size() + " lines, and three belong to each file")
                    .todo("use another base");
        }
        for (int i = 0; i < lines.size(); i += 3) {
            collecting.diverts(lines.get(i), lines.get(i + 2));
            collecting.diverts(lines.get(i + 1), lines.get(i + 2));
        }
    }

    /** The package that a file of {@code info} is about, without its architecture. */
    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('.')).replaceFirst(":.*", "");
    }

    private Optional<FileTree.Found> file(String path) {
        return files.find(path).filter(found -> found.node().isFile());
    }

    private Set<String> names(String directory) {
        return files.find(directory).map(found -> found.node().names()).orElse(Set.of());
    }

    /** The files in a directory by their names. */
    private Map<String, FileTree.Found> files(String directory) {
        Map<String, FileTree.Found> found = new TreeMap<>();
        names(directory).forEach(name -> file(directory + name).ifPresent(it -> found.put(name, it)));
        return found;
    }

    private Map<String, byte[]> contents(Map<String, FileTree.Found> wanted) throws IOException {
        IdentityHashMap<FileTree.Node, byte[]> read = new IdentityHashMap<>();
        files.read(
                wanted.values().stream().map(FileTree.Found::node).toList(),
                (node, content) -> read.put(node, bounded(content.readNBytes(LARGEST + 1))));
        Map<String, byte[]> contents = new TreeMap<>();
        wanted.forEach((name, found) -> contents.put(name, read.getOrDefault(found.node(), new byte[0])));
        return contents;
    }

    /** The whole content of one file. */
    static byte[] content(BaseFiles files, FileTree.Found file) throws IOException {
        byte[][] read = new byte[1][];
        files.read(List.of(file.node()), (node, content) -> read[0] = bounded(content.readNBytes(LARGEST + 1)));
        return read[0];
    }

    private static byte[] bounded(byte[] content) {
        if (content.length > LARGEST) {
            throw BuildRefused.because(
                    "A record of the base's packages is larger than " + LARGEST + " bytes, the limit for it.");
        }
        return content;
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
