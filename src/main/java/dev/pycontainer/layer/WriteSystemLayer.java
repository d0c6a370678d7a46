package dev.pycontainer.layer;

import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.debian.DataEntry;
import dev.pycontainer.debian.DebFile;
import dev.pycontainer.debian.FetchPackage;
import dev.pycontainer.debian.MaintainerScripts;
import dev.pycontainer.debian.PackageEntry;
import dev.pycontainer.debian.PackageFacts;
import dev.pycontainer.debian.PackageTree;
import dev.pycontainer.debian.RecordForm;
import dev.pycontainer.debian.ScriptData;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;

/**
 * Writes Debian packages as one layer: a function of the packages' hashes, the suite that they are of, and the rules version.
 *
 * <p>A package's files lie as dpkg would unpack them, each with its mode and owner, and with them what its scripts would have
 * made; beside them its record in the form of what the layer lies upon.
 */
public final class WriteSystemLayer {

    /** Raised whenever the same packages would be unpacked, or judged, otherwise. */
    private static final int RULES_VERSION = 1;

    /** Downloads at a time from one mirror. */
    private static final int AT_ONCE = 4;

    private static final String STATUS_D = "var/lib/dpkg/status.d/";
    private static final String INFO = "var/lib/dpkg/info/";

    private static final Set<String> SCRIPTS = Set.of("config", "postinst", "postrm", "preinst", "prerm");

    private final LayerStore layers;
    private final BlobStore blobs;
    private final FetchPackage fetch;
    private final String suite;
    private final ScriptData data;
    private final Set<String> accepted;
    private final SystemBelow below;
    private final ReadPackageFacts facts;

    /** Writes layers that lie upon nothing but each other. */
    public WriteSystemLayer(
            LayerStore layers,
            BlobStore blobs,
            FetchPackage fetch,
            String suite,
            String architecture,
            Set<String> accepted) {
        this(layers, blobs, fetch, suite, architecture, accepted, SystemBelow.NOTHING);
    }

    /**
     * @param fetch asked for the packages of layers that are not there yet
     * @param suite the release's codename, such as {@code trixie}
     * @param architecture of the image, as Debian names it
     * @param accepted packages for whose scripts the user answers, by {@code from.debian.acceptScripts}
     * @param below what the layer lies upon
     */
    public WriteSystemLayer(
            LayerStore layers,
            BlobStore blobs,
            FetchPackage fetch,
            String suite,
            String architecture,
            Set<String> accepted,
            SystemBelow below) {
        this.layers = layers;
        this.blobs = blobs;
        this.fetch = fetch;
        this.suite = suite;
        this.data = new ScriptData(suite, architecture);
        this.accepted = Set.copyOf(accepted);
        this.below = below;
        this.facts = new ReadPackageFacts(layers, blobs, fetch);
    }

    /** The layer of these packages, in whatever order they are given; their files are read only where it is not there yet. */
    public LayerBlob of(List<SystemPackage> group) throws IOException {
        List<SystemPackage> packages = group.stream()
                .sorted(Comparator.comparing(SystemPackage::name, Utf8Order.INSTANCE))
                .toList();
        LayerInputs inputs = inputs(packages);
        List<LayerPackage> held = packages.stream()
                .map(each -> new LayerPackage(
                        each.name(),
                        each.version(),
                        Optional.of(new LayerPackage.File(
                                each.fileName(), each.file().sha256()))))
                .toList();
        return layers.findOrWrite(LayerKind.SYSTEM, inputs, held, () -> written(inputs, packages, held));
    }

    private LayerBlob written(LayerInputs inputs, List<SystemPackage> packages, List<LayerPackage> held)
            throws IOException {
        List<Blob> files = InParallel.map(packages, AT_ONCE, each -> fetch.of(each.toString(), each.file()));
        try (Spool spool = blobs.spool()) {
            LayerTree tree = new LayerTree(path -> false);
            for (int i = 0; i < files.size(); i++) {
                unpack(packages.get(i), files.get(i), tree, spool);
            }
            return layers.write(LayerKind.SYSTEM, inputs, held, Runnables.NONE, tree::writeTo);
        }
    }

    private LayerInputs inputs(List<SystemPackage> packages) {
        LayerInputs inputs = LayerInputs.of("system-layer");
        inputs.text().put("systemRules", RULES_VERSION);
        inputs.text().put("suite", suite);
        ArrayNode list = inputs.text().putArray("packages");
        packages.forEach(each -> list.add(each.file().sha256().hex()));
        // A package that the user no longer answers for is to be judged again.
        ArrayNode answered = inputs.text().putArray("accepted");
        packages.stream().map(SystemPackage::name).filter(accepted::contains).forEach(answered::add);
        below.addTo(inputs, packages.stream().map(SystemPackage::name).anyMatch(data::isKnownFor));
        return inputs;
    }

    private void unpack(SystemPackage each, Blob file, LayerTree tree, Spool spool) throws IOException {
        try (DebFile deb = DebFile.open(file.proven(), each.fileName())) {
            Map<String, byte[]> control = deb.control();
            each.requireThat(control);
            MaintainerScripts.of(control).judge(suite, each.name(), accepted.contains(each.name()));
            PackageTree files = PackageTree.of(deb, spool);
            List<DataEntry> made = data.of(each.name(), files);
            Set<String> taken = made.stream().map(DataEntry::path).collect(Collectors.toUnmodifiableSet());
            for (PackageEntry entry : files.entries()) {
                if (!taken.contains(entry.path())) {
                    add(entry, files, tree);
                }
            }
            for (DataEntry entry : made) {
                // A script would keep what it finds.
                if (!below.files().has(entry.path())) {
                    add(entry, tree);
                }
            }
            record(each, control, files, tree);
            facts.keep(each, PackageFacts.of(control, files, each.fileName()));
        }
    }

    private void record(SystemPackage each, Map<String, byte[]> control, PackageTree files, LayerTree tree)
            throws IOException {
        if (below.form() == RecordForm.STATUS_D) {
            file(tree, STATUS_D + each.name(), control.getOrDefault("control", new byte[0]));
            Optional.ofNullable(control.get("md5sums"))
                    .ifPresent(sums -> file(tree, STATUS_D + each.name() + ".md5sums", sums));
            return;
        }
        // The paragraph itself goes into the one file for all packages.
        String prefix = INFO + each.recordName(control) + ".";
        String list = files.listed().stream().map(path -> path + "\n").collect(Collectors.joining());
        file(tree, prefix + "list", list.getBytes(StandardCharsets.UTF_8));
        if (!control.containsKey("md5sums")) {
            file(tree, prefix + "md5sums", files.sums().getBytes(StandardCharsets.UTF_8));
        }
        control.forEach((name, content) -> {
            // dpkg passes over names with a dot, and writes the list itself.
            if (!name.equals("control") && !name.equals("list") && name.indexOf('.') < 0) {
                EntryHeader header = new EntryHeader(
                        prefix + name, SCRIPTS.contains(name) ? 0755 : 0644, 0, 0, EntryHeader.CONSTANT_TIME);
                tree.add(header.path(), layer -> layer.file(header, content));
            }
        });
    }

    private static void add(PackageEntry entry, PackageTree files, LayerTree tree) {
        EntryHeader header =
                new EntryHeader(entry.path(), entry.mode(), entry.uid(), entry.gid(), EntryHeader.CONSTANT_TIME);
        switch (entry.kind()) {
            case FILE -> tree.add(entry.path(), layer -> layer.file(header, entry.size(), files.open(entry)));
            case DIRECTORY -> tree.directory(header);
            case SYMBOLIC_LINK -> tree.add(entry.path(), layer -> layer.link(header, entry.target()));
            case HARD_LINK -> tree.add(entry.path(), layer -> layer.hardLink(header, entry.target()));
        }
    }

    private static void add(DataEntry entry, LayerTree tree) {
        EntryHeader header =
                new EntryHeader(entry.path(), entry.mode(), entry.uid(), entry.gid(), EntryHeader.CONSTANT_TIME);
        switch (entry.kind()) {
            case FILE -> tree.add(entry.path(), layer -> layer.file(header, entry.content()));
            case DIRECTORY -> tree.directory(header);
            case LINK -> tree.add(entry.path(), layer -> layer.link(header, entry.text()));
        }
    }

    private static void file(LayerTree tree, String path, byte[] content) {
        tree.add(path, layer -> layer.file(EntryHeader.file(path), content));
    }
}
