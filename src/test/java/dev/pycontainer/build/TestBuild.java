package dev.pycontainer.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pycontainer.archive.EntryHeader;
import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.archive.LayerWriter;
import dev.pycontainer.archive.WrittenLayer;
import dev.pycontainer.base.PullBase;
import dev.pycontainer.base.ReadSystem;
import dev.pycontainer.base.ReadTarget;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.debian.ArchiveKeys;
import dev.pycontainer.debian.DirectoryMirror;
import dev.pycontainer.debian.FetchIndex;
import dev.pycontainer.debian.FetchPackage;
import dev.pycontainer.debian.Mirror;
import dev.pycontainer.debian.Mirrors;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.RequestLog;
import dev.pycontainer.layer.FilesModificationTime;
import dev.pycontainer.layer.FindKnownLayers;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerStore;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.ImageReference;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.oci.MediaTypes;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.LibcVersion;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.index.DownloadEvents;
import dev.pycontainer.packaging.index.DownloadWheel;
import dev.pycontainer.packaging.index.FindWheelSize;
import dev.pycontainer.packaging.index.Index;
import dev.pycontainer.packaging.index.Indexes;
import dev.pycontainer.packaging.index.Logins;
import dev.pycontainer.packaging.index.PackageIndex;
import dev.pycontainer.packaging.index.PipCache;
import dev.pycontainer.packaging.index.ReadRequiresDist;
import dev.pycontainer.packaging.lock.LearnedHash;
import dev.pycontainer.packaging.lock.LockFixture;
import dev.pycontainer.packaging.lock.LockReader;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.packaging.lock.Wheelhouse;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.registry.Registries;
import dev.pycontainer.registry.RegistryClient;
import dev.pycontainer.registry.RegistryCredentials;
import dev.pycontainer.rootfs.ReadLayerIndex;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Cache;
import dev.pycontainer.store.CacheEvents;
import dev.pycontainer.store.CacheSize;
import dev.pycontainer.store.DamagedBlob;
import dev.pycontainer.store.Remembered;
import dev.pycontainer.testkit.FileClock;
import dev.pycontainer.testkit.MinimalElf;
import dev.pycontainer.testkit.Stage;
import dev.pycontainer.testkit.TestRegistry;
import dev.pycontainer.testkit.TestWheels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that a build needs, of the test's own: a real registry with a small base, an index with two wheels, a project with
 * a lock, and a cache. Each build and push counts its work anew.
 */
final class TestBuild implements AutoCloseable {

    private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";

    final TestRegistry registry;
    Path project;

    /** Of a base that is pushed. */
    String pathOfBase = "/usr/bin:/bin";

    /** Where Debian's packages are had. */
    final Path mirror;

    /** Which keys sign them. */
    ArchiveKeys keys = ArchiveKeys.ofDebian();

    List<String> packages = List.of();
    Path cache;
    Path output;
    String tag = "1.0";
    List<String> moreTags = List.of();
    ImageFormat format = ImageFormat.OCI;
    LayerForm compression = LayerForm.GZIP;
    Map<String, String> annotations = Map.of();
    Platform platform = Platform.LINUX_AMD64;
    Optional<String> image;
    boolean indexInPlaceOfDefault = true;
    List<String> groups = List.of();
    Optional<List<String>> args = Optional.empty();
    boolean pageTellsSizes = true;
    boolean headTellsSizes = true;
    Optional<Version> python = Optional.empty();
    Optional<LibcVersion> libc = Optional.empty();
    Check.Level pythonGuess = Check.Level.WARN;
    int maximumLayers = 60;
    List<String> excludes = List.of();
    String run = "app.py";
    String appRoot = "/app";
    private final List<Path> wheelhouse = new ArrayList<>();
    private Disk disk = new Disk();
    boolean offline;
    Clock clock = Clock.systemUTC();
    Check.Level unhashed = Check.Level.FAIL;
    Check.Level unmet = Check.Level.FAIL;
    Check.Level staleLock = Check.Level.FAIL;
    Check.Level oldEngines = Check.Level.WARN;
    Check.Level nativeLibraries = Check.Level.WARN;

    /** What the checks warned of, in all builds. */
    final List<BuildRefused> warnings = new ArrayList<>();

    /** The hashes that the last build learned. */
    List<LearnedHash> learned = List.of();

    /** What the last lock changed. */
    List<String> changes = List.of();

    /** Of the last build or push. */
    Tally tally = new Tally();

    /** How often the last build found damage in the cache. */
    int mended;

    /** Whether the last build found nothing changed, and else the first input that was. */
    boolean unchanged;

    String changedInput = "";

    /** The layers above the base of the last build. */
    List<LayerBlob> layers = List.of();

    private final MockWebServer index = new MockWebServer();
    private final Map<String, byte[]> served = new HashMap<>();

    private final String host;
    private final String indexUrl;

    TestBuild(Path directory) throws IOException {
        registry = TestRegistry.start(directory.resolve("registry"));
        host = registry.host();
        image = Optional.of(baseName());
        project = Files.createDirectories(directory.resolve("project"));
        mirror = Files.createDirectories(directory.resolve("mirror"));
        cache = directory.resolve("cache");
        output = directory.resolve("target").resolve("pycontainer");
        index.setDispatcher(new ServedFiles());
        index.start();
        indexUrl = index.url("/simple").toString();
        pushBase("1", "amd64", MinimalElf.X86_64, "x86_64", LOADER);
        Path wheels = Files.createDirectories(directory.resolve("wheels"));
        String lock = offer(TestWheels.named("alpha", "1.0")
                        .file("alpha/__init__.py", "VERSION = 1\n")
                        .entryPoints("[console_scripts]\nalpha = alpha:main\n")
                        .in(wheels))
                + offer(TestWheels.named("beta", "2.0")
                        .file("beta/__init__.py", "BETA = True\n".repeat(2000))
                        .in(wheels));
        Files.writeString(project.resolve("requirements.txt"), lock);
        Files.writeString(project.resolve("pyproject.toml"), "[project]\nname = \"shop\"\nversion = \"1.0\"\n");
        Files.writeString(project.resolve("app.py"), "print('one')\n");
    }

    /** The same in another process or class realm: with the servers of the first, which must not be closed here. */
    private TestBuild(Path directory, String host, String indexUrl) {
        this.registry = null;
        this.host = host;
        this.indexUrl = indexUrl;
        this.image = Optional.of(baseName());
        this.project = directory.resolve("project");
        this.mirror = directory.resolve("mirror");
        this.cache = directory.resolve("cache");
        this.output = directory.resolve("target").resolve("pycontainer");
    }

    /** What {@link #again} makes it from, in the order of its parameters. */
    List<String> words() {
        return List.of(project.getParent().toString(), host, indexUrl);
    }

    static TestBuild again(List<String> words) {
        return new TestBuild(Path.of(words.get(0)), words.get(1), words.get(2));
    }

    /** The project's lock names these wheels and no others. */
    void lock(TestWheels... wheels) throws IOException {
        Path directory = Files.createDirectories(project.resolveSibling("wheels"));
        StringBuilder lines = new StringBuilder();
        for (TestWheels wheel : wheels) {
            lines.append(offer(wheel.in(directory)));
        }
        Files.writeString(project.resolve("requirements.txt"), lines);
    }

    /** The user has built this wheel. */
    void wheelhouse(TestWheels wheel) throws IOException {
        Path directory = Files.createDirectories(project.resolveSibling("wheelhouse"));
        wheel.in(directory);
        wheelhouse.add(directory);
    }

    BuiltImage build() throws IOException {
        // Only a file that lay there before the build began is known to be what the build has read.
        FileClock.waitForTheNextTick(project.getParent());
        tally = new Tally();
        disk = new Disk(List.of(output));
        mended = 0;
        unchanged = false;
        changedInput = "";
        Findings findings = new Findings(warnings::add);
        try (Http http = http();
                Cache opened = new Cache(cache, output.resolve("cache"), CacheSize.UNLIMITED, CacheEvents.SILENT)) {
            BlobStore blobs = opened.blobs(tally);
            Remembered remembered = opened.remembered();
            DownloadWheel download =
                    new DownloadWheel(disk, http, Logins.none(), blobs, PipCache.none(), DownloadEvents.SILENT, tally);
            String configured = String.join(
                    "\n", excludes + " " + wheelhouse, unhashed + " " + pythonGuess + " " + staleLock + " " + unmet);
            BuildImage build = new BuildImage(
                    disk,
                    new UnchangedImage(
                            remembered,
                            blobs,
                            base(http, blobs, remembered),
                            disk,
                            new UnchangedImage.Configuration(
                                    Optional.empty(), configured + nativeLibraries + oldEngines),
                            findings,
                            new Heard(),
                            clock),
                    new CheckEngines(new Check("checks.oldEngines", oldEngines, findings)),
                    gather(http, blobs, remembered, findings),
                    new CheckYanked(new Check("checks.yanked", Check.Level.FAIL, finding -> {})),
                    FindRequirements.fetched(
                            new ReadRequiresDist(disk, http, Logins.none(), blobs, remembered), download),
                    new CheckRequirements(new Check("checks.unmet", unmet, findings)),
                    new WriteLayers(
                            new LayerStore(blobs, remembered, tally, compression),
                            download,
                            FileFilter.of(excludes, "layers.excludes"),
                            new Check("checks.fileConflict", Check.Level.WARN, findings)),
                    new CheckNativeLibraries(
                            new ReadLayerIndex(blobs, remembered),
                            remembered,
                            new Check("checks.nativeLibraries", nativeLibraries, findings)),
                    new AssembleImage(blobs),
                    new Heard(),
                    tally);
            return build.of(request());
        }
    }

    /** As {@code mvn clean} does. */
    void clean() throws IOException {
        try (Stream<Path> walk = Files.walk(output)) {
            for (Path path : (Iterable<Path>) walk.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    /** The cache is left with what it remembers. */
    void deleteBlobs() throws IOException {
        try (Stream<Path> walk = Files.walk(cache.resolve("blobs"))) {
            for (Path path : (Iterable<Path>) walk.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    /** The project and the cache are copied to another place, as one machine hands them to another. */
    void moveTo(Path directory) throws IOException {
        Stage.copy(project, directory.resolve("project"));
        Stage.copy(cache, directory.resolve("cache"));
        project = directory.resolve("project");
        cache = directory.resolve("cache");
        output = directory.resolve("target/pycontainer");
    }

    /** Runs the goal {@code lock}. */
    void lockInputs() throws IOException {
        tally = new Tally();
        try (Http http = http()) {
            BlobStore blobs = new BlobStore(cache, tally);
            new LockInputs(
                            gather(http, blobs, new Remembered(cache)),
                            new FindWheelSize(disk, http, Logins.none(), blobs),
                            new Heard(),
                            offline)
                    .of(request());
        }
    }

    private GatherInputs gather(Http http, BlobStore blobs, Remembered remembered) {
        return gather(http, blobs, remembered, new Findings(warnings::add));
    }

    private GatherInputs gather(Http http, BlobStore blobs, Remembered remembered, Findings findings) {
        return new GatherInputs(
                disk,
                new LockReader(disk, Map.of()),
                base(http, blobs, remembered),
                new ReadTarget(remembered),
                new SelectWheels(
                        new PackageIndex(http, remembered, indexes(), Logins.none()),
                        new Wheelhouse(disk, wheelhouse, List.of()),
                        LockFixture.FRESH),
                new Check("checks.unhashed", unhashed, findings),
                new Check("checks.pythonGuess", pythonGuess, findings),
                new Check("checks.staleLock", staleLock, findings),
                new Heard());
    }

    private PrepareBase base(Http http, BlobStore blobs, Remembered remembered) {
        Mirror archive = new DirectoryMirror(mirror);
        Mirrors mirrors = new Mirrors(archive, archive, List.of());
        ReadSystem readSystem = new ReadSystem(remembered);
        return new PrepareBase(
                new PullBase(registries(http), blobs, remembered, false),
                readSystem,
                new ResolveDebian(new FetchIndex(mirrors, () -> keys, Clock.systemUTC(), blobs), remembered, offline),
                new WriteSystemLayers(
                        new LayerStore(blobs, remembered, tally, compression),
                        blobs,
                        new FetchPackage(mirrors, blobs, tally),
                        readSystem,
                        Set.of()),
                new Check("checks.staleLock", staleLock, warnings::add),
                new Heard());
    }

    /** The test's own index in the default one's place. */
    private Indexes indexes() {
        return new Indexes(
                !indexInPlaceOfDefault
                        ? List.of()
                        : List.of(Index.of(Indexes.DEFAULT_ID, indexUrl, List.of(), Optional.empty(), "the test")));
    }

    /** Runs the goal {@code plan}. */
    ImagePlan plan() throws IOException {
        tally = new Tally();
        try (Http http = http()) {
            BlobStore blobs = new BlobStore(cache, tally);
            Remembered remembered = new Remembered(cache);
            return new PlanImage(
                            new CheckEngines(new Check("checks.oldEngines", oldEngines, warnings::add)),
                            gather(http, blobs, remembered),
                            new CheckYanked(new Check("checks.yanked", Check.Level.FAIL, finding -> {})),
                            FindRequirements.told(
                                    new ReadRequiresDist(new Disk(), http, Logins.none(), blobs, remembered)),
                            new CheckRequirements(new Check("checks.unmet", unmet, warnings::add)),
                            new FindWheelSize(new Disk(), http, Logins.none(), blobs),
                            new FindKnownLayers(
                                    new LayerStore(blobs, remembered, tally, compression),
                                    FileFilter.of(excludes, "layers.excludes")),
                            new Heard())
                    .of(request());
        }
    }

    String planJson() throws IOException {
        return Files.readString(output.resolve("plan.json"));
    }

    PublishedImage push() throws IOException {
        return push(BuiltImage.in(output), host);
    }

    PublishedImage push(BuiltImage image, String host) throws IOException {
        return push(image, destination(host));
    }

    PublishedImage push(BuiltImage image, Destination destination) throws IOException {
        tally = new Tally();
        try (Http http = http()) {
            return new PushImage(registries(http), new BlobStore(cache, tally), new Heard(), tally)
                    .to(destination, image, output);
        }
    }

    /** Writes the image that was built last into an archive. */
    ImageArchive archive(Path file) throws IOException {
        return archive(file, BuiltImage.in(output), destination(host));
    }

    ImageArchive archive(Path file, BuiltImage image, Destination destination) throws IOException {
        return new WriteArchive(new BlobStore(cache, tally)).to(file, image, destination);
    }

    /** A base for arm64, from which the next builds are made. */
    void baseForArm64() throws IOException {
        pushBase("arm64", "arm64", MinimalElf.AARCH64, "aarch64", "/lib/ld-linux-aarch64.so.1");
        image = Optional.of(host + "/base:arm64");
        platform = Platform.parse("linux/arm64");
    }

    String baseName() {
        return host + "/base:1";
    }

    Destination destination(String host) {
        List<String> tags = new ArrayList<>(List.of(tag));
        tags.addAll(moreTags);
        ImageReference repository = ImageReference.parse(host + "/team/shop");
        return new Destination(repository.name() + ":" + tag, Optional.of(repository.withTag(tag)), tags);
    }

    /** The layers' digests above the base, the lowest first. */
    List<Digest> layerDigests() {
        return layers.stream().map(layer -> layer.blob().digest()).toList();
    }

    ObjectNode config(BuiltImage image) throws IOException {
        return Json.readObject(Files.readAllBytes(cached(image.imageId())), "the configuration");
    }

    Path cached(Digest digest) {
        return cache.resolve("blobs/sha256")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
    }

    /** The digest of the wheel's file. */
    Digest wheel(String name) {
        return served.entrySet().stream()
                .filter(file -> file.getKey().contains("/" + name + "-"))
                .map(file -> Digest.of(file.getValue()))
                .findFirst()
                .orElseThrow();
    }

    long count(Work work) {
        return tally.of(work);
    }

    @Override
    public void close() {
        index.close();
        registry.close();
    }

    private BuildRequest request() {
        return new BuildRequest(
                new BuildRequest.Python(
                        project,
                        "shop",
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        groups,
                        List.of(),
                        List.of(),
                        "/opt/venv",
                        Optional.of(run)),
                new BuildRequest.From(image, platform, packages, python, libc),
                destination(host),
                container(appRoot, format, annotations, args),
                FilesModificationTime.FROM_CONTENT,
                maximumLayers,
                compression,
                output,
                Instant.EPOCH);
    }

    /** The project in a directory, with nothing asked of it. */
    static BuildRequest.Python python(Path project) {
        return new BuildRequest.Python(
                project,
                "shop",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "/opt/venv",
                Optional.empty());
    }

    static ContainerSettings container(ImageFormat format, Map<String, String> annotations) {
        return container("/app", format, annotations, Optional.empty());
    }

    private static ContainerSettings container(
            String appRoot, ImageFormat format, Map<String, String> annotations, Optional<List<String>> args) {
        return new ContainerSettings(
                appRoot,
                Optional.empty(),
                args,
                Map.of(),
                Map.of(),
                annotations,
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                format,
                Optional.empty(),
                Optional.empty());
    }

    private Http http() {
        return new Http(HttpSettings.standard(), RequestLog.SILENT, tally);
    }

    private Registries registries(Http http) {
        return new Registries(http, RegistryCredentials.inOrder(List.of()), false, tally);
    }

    /** Debian's layout in one layer: glibc 2.36, and a Python 3.11.2 that tells no more than a real one must. */
    /** Gives the base's tag to another image, of the same files. */
    void moveTagOfBase() throws IOException {
        pathOfBase = "/usr/local/bin:/usr/bin:/bin";
        pushBase("1", "amd64", MinimalElf.X86_64, "x86_64", LOADER);
    }

    private void pushBase(String name, String architecture, int machine, String triplet, String loader)
            throws IOException {
        String libraries = "usr/lib/" + triplet + "-linux-gnu/";
        String loaderName = loader.substring(loader.lastIndexOf('/') + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WrittenLayer written;
        try (LayerWriter tar = new LayerWriter(bytes, LayerForm.GZIP)) {
            tar.link(EntryHeader.link("bin"), "usr/bin");
            tar.file(EntryHeader.file("etc/group"), "root:x:0:\n".getBytes(UTF_8));
            tar.file(EntryHeader.file("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n".getBytes(UTF_8));
            tar.link(EntryHeader.link("lib"), "usr/lib");
            tar.link(EntryHeader.link("lib64"), "usr/lib64");
            tar.link(EntryHeader.link("usr/bin/python3"), "python3.11");
            tar.file(EntryHeader.executable("usr/bin/python3.11"), MinimalElf.executable(machine, loader, "3.11.2"));
            tar.file(EntryHeader.executable(libraries + loaderName), MinimalElf.library(machine));
            tar.file(
                    EntryHeader.executable(libraries + "libc.so.6"),
                    MinimalElf.library(
                            machine, "GNU C Library (Debian GLIBC 2.36-9+deb12u14) stable release version 2.36."));
            tar.link(EntryHeader.link("usr" + loader), "/" + libraries + loaderName);
            written = tar.finish();
        }
        ObjectNode config = Json.object();
        config.put("os", "linux").put("architecture", architecture);
        config.putObject("config").putArray("Env").add("PATH=" + pathOfBase);
        config.putObject("rootfs")
                .put("type", "layers")
                .putArray("diff_ids")
                .add(written.diffId().toString());
        byte[] configBytes = Json.compact(config);
        Descriptor configBlob = Descriptor.of(MediaTypes.OCI_CONFIG, Digest.of(configBytes), configBytes.length);
        byte[] layer = bytes.toByteArray();
        Descriptor layerBlob = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, Digest.of(layer), layer.length);
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        json.set("config", configBlob.toJson());
        json.putArray("layers").add(layerBlob.toJson());
        try (Http http = http()) {
            RegistryClient client = registries(http).toPush(ImageReference.parse(baseName()));
            client.uploadBlob(layerBlob, () -> new ByteArrayInputStream(layer));
            client.uploadBlob(configBlob, () -> new ByteArrayInputStream(configBytes));
            client.putManifest(Manifest.of(json), name);
        }
        registry.clearLog();
    }

    /** Puts the wheel on the index; the line of a lock that names it. */
    private String offer(Path wheel) throws IOException {
        byte[] bytes = Files.readAllBytes(wheel);
        String fileName = wheel.getFileName().toString();
        String[] parts = fileName.split("-", -1);
        served.put("/files/" + fileName, bytes);
        ObjectNode page = Json.object();
        page.putObject("meta").put("api-version", "1.0");
        page.put("name", parts[0]);
        ArrayNode files = page.putArray("files");
        ObjectNode file = files.addObject();
        file.put("filename", fileName).put("url", "/files/" + fileName);
        if (pageTellsSizes) {
            file.put("size", bytes.length);
        }
        file.putObject("hashes").put("sha256", Digest.of(bytes).hex());
        served.put("/simple/" + parts[0] + "/", Json.compact(page));
        return "%s==%s --hash=sha256:%s\n"
                .formatted(parts[0], parts[1], Digest.of(bytes).hex());
    }

    /** Answers with the bytes that stand under the path. */
    private final class ServedFiles extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            byte[] bytes = served.get(request.getUrl().encodedPath());
            if (bytes != null && request.getMethod().equals("HEAD")) {
                return headTellsSizes
                        ? new MockResponse.Builder()
                                .setHeader("Content-Length", bytes.length)
                                .build()
                        : new MockResponse.Builder().code(405).build();
            }
            return bytes == null
                    ? new MockResponse.Builder().code(404).build()
                    : new MockResponse.Builder()
                            .setHeader("Content-Type", "application/vnd.pypi.simple.v1+json")
                            .body(new Buffer().write(bytes))
                            .build();
        }
    }

    /** Keeps what the tests ask for. */
    private final class Heard implements BuildEvents {
        @Override
        public void chosePackages(String what, List<String> packages, long bytes, boolean locked) {}

        @Override
        public void pulled(String reference, Digest manifest, int count) {}

        @Override
        public void mending(DamagedBlob damaged) {
            mended++;
        }

        @Override
        public void readTarget(Target target) {}

        @Override
        public void selected(Selection selection) {}

        @Override
        public void learned(List<LearnedHash> hashes) {
            learned = hashes;
        }

        @Override
        public void locked(Path file, List<String> changed) {
            changes = changed;
        }

        @Override
        public void wroteLayers(List<LayerBlob> written, long downloaded) {
            layers = written;
        }

        @Override
        public void changed(String what) {
            changedInput = what;
        }

        @Override
        public void unchanged(Digest image, int layers, long size, Tally work) {
            unchanged = true;
        }

        @Override
        public void built(BuiltImage image, List<LayerBlob> written, Tally work) {}

        @Override
        public void pushed(PublishedImage image, long uploaded, Tally work) {}
    }
}
