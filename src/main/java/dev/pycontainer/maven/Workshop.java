package dev.pycontainer.maven;

import dev.pycontainer.base.PullBase;
import dev.pycontainer.base.ReadSystem;
import dev.pycontainer.base.ReadTarget;
import dev.pycontainer.build.AssembleImage;
import dev.pycontainer.build.BuildImage;
import dev.pycontainer.build.CheckEngines;
import dev.pycontainer.build.CheckNativeLibraries;
import dev.pycontainer.build.CheckRequirements;
import dev.pycontainer.build.CheckYanked;
import dev.pycontainer.build.FindRequirements;
import dev.pycontainer.build.Findings;
import dev.pycontainer.build.GatherInputs;
import dev.pycontainer.build.LockInputs;
import dev.pycontainer.build.PlanImage;
import dev.pycontainer.build.PrepareBase;
import dev.pycontainer.build.PushImage;
import dev.pycontainer.build.ResolveDebian;
import dev.pycontainer.build.UnchangedImage;
import dev.pycontainer.build.WriteArchive;
import dev.pycontainer.build.WriteLayers;
import dev.pycontainer.build.WriteSystemLayers;
import dev.pycontainer.content.Disk;
import dev.pycontainer.content.Tally;
import dev.pycontainer.debian.FetchIndex;
import dev.pycontainer.debian.FetchPackage;
import dev.pycontainer.debian.Mirrors;
import dev.pycontainer.http.EnvironmentProxies;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.http.Proxies;
import dev.pycontainer.http.Retry;
import dev.pycontainer.layer.FindKnownLayers;
import dev.pycontainer.layer.LayerStore;
import dev.pycontainer.packaging.index.DownloadEvents;
import dev.pycontainer.packaging.index.DownloadWheel;
import dev.pycontainer.packaging.index.FindWheelSize;
import dev.pycontainer.packaging.index.Indexes;
import dev.pycontainer.packaging.index.LinkedFiles;
import dev.pycontainer.packaging.index.Logins;
import dev.pycontainer.packaging.index.Netrc;
import dev.pycontainer.packaging.index.PackageIndex;
import dev.pycontainer.packaging.index.PipCache;
import dev.pycontainer.packaging.index.ReadRequiresDist;
import dev.pycontainer.packaging.index.UvVariables;
import dev.pycontainer.packaging.lock.LockReader;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.registry.Registries;
import dev.pycontainer.rootfs.ReadLayerIndex;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Cache;
import dev.pycontainer.store.Remembered;
import java.io.Closeable;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** The rooms of one run, with the one client, the cache and the tally that they share; closing it ends its threads. */
final class Workshop implements Closeable {

    private final Invocation invocation;
    private final Disk disk;
    private final SettingsServers servers;
    private final Tally tally = new Tally();
    private final Cache cache;
    private final Findings findings;
    private final boolean offline;
    private final Http http;

    Workshop(Invocation invocation, SettingsDecrypter decrypter) {
        this.invocation = invocation;
        this.findings = new Findings(invocation.events()::warned);
        this.disk = new Disk(new ReadRequest(invocation).outputs());
        this.offline = invocation.session().isOffline();
        this.cache = new ReadCache(invocation).cache();
        this.servers = new SettingsServers(settings(), decrypter);
        this.http = new Http(
                HttpSettings.standard().offline(offline),
                invocation.events(),
                tally,
                Retry.standard(),
                Proxies.inOrder(
                        List.of(new SettingsProxies(settings(), decrypter), new EnvironmentProxies(System.getenv()))));
    }

    BuildImage build() {
        BlobStore blobs = cache.blobs(tally);
        Remembered remembered = cache.remembered();
        Checks checks = checks();
        Indexes indexes = indexes();
        Logins logins = logins(indexes);
        ReadRequest request = new ReadRequest(invocation);
        PluginIdentity plugin = PluginIdentity.ofThis();
        DownloadWheel download = new DownloadWheel(disk, http, logins, blobs, pipCache(), progress(), tally);
        return new BuildImage(
                disk,
                new UnchangedImage(
                        remembered,
                        blobs,
                        base(blobs, remembered, checks),
                        disk,
                        new UnchangedImage.Configuration(
                                plugin.own(),
                                plugin.libraries() + "\n"
                                        + invocation.parameters().inputs()),
                        findings,
                        invocation.events(),
                        Clock.systemUTC()),
                new CheckEngines(checks.oldEngines()),
                gather(blobs, remembered, checks, indexes, logins),
                new CheckYanked(checks.yanked()),
                FindRequirements.fetched(new ReadRequiresDist(disk, http, logins, blobs, remembered), download),
                new CheckRequirements(checks.unmet()),
                new WriteLayers(
                        new LayerStore(blobs, remembered, tally, request.compression()),
                        download,
                        request.fileFilter(),
                        checks.fileConflict()),
                new CheckNativeLibraries(new ReadLayerIndex(blobs, remembered), remembered, checks.nativeLibraries()),
                new AssembleImage(blobs),
                invocation.events(),
                tally);
    }

    PlanImage plan() {
        BlobStore blobs = cache.blobs(tally);
        Remembered remembered = cache.remembered();
        Checks checks = checks();
        Indexes indexes = indexes();
        Logins logins = logins(indexes);
        return new PlanImage(
                new CheckEngines(checks.oldEngines()),
                gather(blobs, remembered, checks, indexes, logins),
                new CheckYanked(checks.yanked()),
                FindRequirements.told(new ReadRequiresDist(disk, http, logins, blobs, remembered)),
                new CheckRequirements(checks.unmet()),
                new FindWheelSize(disk, http, logins, blobs),
                new FindKnownLayers(
                        new LayerStore(blobs, remembered, tally, new ReadRequest(invocation).compression()),
                        new ReadRequest(invocation).fileFilter()),
                invocation.events());
    }

    LockInputs lock() {
        BlobStore blobs = cache.blobs(tally);
        Indexes indexes = indexes();
        Logins logins = logins(indexes);
        return new LockInputs(
                gather(blobs, cache.remembered(), checks(), indexes, logins),
                new FindWheelSize(disk, http, logins, blobs),
                invocation.events(),
                offline);
    }

    private GatherInputs gather(BlobStore blobs, Remembered remembered, Checks checks, Indexes indexes, Logins logins) {
        return new GatherInputs(
                disk,
                new LockReader(disk, System.getenv(), logins::add),
                base(blobs, remembered, checks),
                new ReadTarget(remembered),
                new SelectWheels(
                        new LinkedFiles(http, logins, remembered, new PackageIndex(http, remembered, indexes, logins)),
                        ReadWheelhouse.of(disk, invocation),
                        checks.staleLock()),
                checks.unhashed(),
                checks.pythonGuess(),
                checks.staleLock(),
                invocation.events());
    }

    private PrepareBase base(BlobStore blobs, Remembered remembered, Checks checks) {
        ReadDebian debian = new ReadDebian(disk, invocation, settings(), servers::find, http);
        Mirrors mirrors = debian.mirrors();
        ReadSystem readSystem = new ReadSystem(remembered);
        return new PrepareBase(
                new PullBase(registries("from"), blobs, remembered, offline),
                readSystem,
                new ResolveDebian(new FetchIndex(mirrors, debian::keys, Clock.systemUTC(), blobs), remembered, offline),
                new WriteSystemLayers(
                        new LayerStore(blobs, remembered, tally, new ReadRequest(invocation).compression()),
                        blobs,
                        new FetchPackage(mirrors, blobs, tally),
                        readSystem,
                        debian.acceptScripts()),
                checks.staleLock(),
                invocation.events());
    }

    private Checks checks() {
        return Checks.read(invocation.parameters(), findings);
    }

    private Logins logins(Indexes indexes) {
        return new Logins(
                indexes, List.of(servers, new UvVariables(System.getenv()), new Netrc(System.getenv(), home())));
    }

    PushImage push() {
        return new PushImage(registries("to"), cache.blobs(tally), invocation.events(), tally);
    }

    WriteArchive archive() {
        return new WriteArchive(cache.blobs(tally));
    }

    private Indexes indexes() {
        ReadIndexes read = new ReadIndexes(invocation.parameters(), settings(), System.getenv());
        Indexes indexes = read.all();
        invocation
                .parameters()
                .written(ReadIndexes.PARAMETER)
                .filter(written -> written.startsWith("<") && read.holdsPassword())
                .ifPresent(written ->
                        invocation.events().passwordInConfiguration(written, "pycontainer." + ReadIndexes.PARAMETER));
        read.ofPip().filter(indexes::asksInDefaultPlace).ifPresent(invocation.events()::indexOfPip);
        return indexes;
    }

    private static PipCache pipCache() {
        return PipCache.in(CacheDirectory.ofPip(System.getProperty("os.name", ""), System.getenv(), home()));
    }

    /** Java knows a console only where both its input and its output are one. */
    private DownloadEvents progress() {
        boolean batch = !invocation.session().getRequest().isInteractiveMode();
        Optional<PrintWriter> terminal =
                batch ? Optional.empty() : Optional.ofNullable(System.console()).map(Console::writer);
        return invocation.events().progress(terminal, batch);
    }

    /** A session that no command line began, an IDE's for example, may be without settings. */
    private Settings settings() {
        Settings settings = invocation.session().getSettings();
        return settings == null ? new Settings() : settings;
    }

    private Registries registries(String group) {
        String password = group + ".auth.password";
        invocation
                .parameters()
                .written(password)
                .filter(written -> written.startsWith("<"))
                .ifPresent(written -> invocation.events().passwordInConfiguration(written, "pycontainer." + password));
        ReadCredentials credentials = new ReadCredentials(invocation.parameters(), servers, System.getenv(), home());
        return new Registries(
                http, credentials.of(group), invocation.parameters().flag("allowInsecureRegistries"), tally);
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home", ""));
    }

    @Override
    public void close() throws IOException {
        try (cache) {
            http.close();
        }
    }
}
