package dev.pycontainer.maven;

import dev.pycontainer.base.PullBase;
import dev.pycontainer.base.ReadTarget;
import dev.pycontainer.build.AssembleImage;
import dev.pycontainer.build.BuildImage;
import dev.pycontainer.build.PushImage;
import dev.pycontainer.build.WriteLayers;
import dev.pycontainer.content.Tally;
import dev.pycontainer.http.Http;
import dev.pycontainer.http.HttpSettings;
import dev.pycontainer.layer.LayerStore;
import dev.pycontainer.packaging.index.DownloadWheel;
import dev.pycontainer.packaging.index.PackageIndex;
import dev.pycontainer.packaging.lock.LockReader;
import dev.pycontainer.packaging.lock.SelectWheels;
import dev.pycontainer.registry.Registries;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import java.io.Closeable;
import java.nio.file.Path;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** The rooms of one run, with the one client, the cache and the tally that they share; closing it ends its threads. */
final class Workshop implements Closeable {

    private final Invocation invocation;
    private final SettingsDecrypter decrypter;
    private final Tally tally = new Tally();
    private final boolean offline;
    private final Http http;

    Workshop(Invocation invocation, SettingsDecrypter decrypter) {
        this.invocation = invocation;
        this.decrypter = decrypter;
        this.offline = invocation.session().isOffline();
        this.http = new Http(HttpSettings.standard().offline(offline), invocation.events(), tally);
    }

    BuildImage build() {
        Path cache = cache();
        BlobStore blobs = new BlobStore(cache, tally);
        Remembered remembered = new Remembered(cache);
        Checks checks = Checks.read(invocation.parameters(), invocation.events()::warned);
        return new BuildImage(
                new LockReader(System.getenv()),
                new PullBase(registries("from"), blobs, remembered, offline),
                new ReadTarget(remembered),
                new SelectWheels(new PackageIndex(http, remembered), ReadWheelhouse.of(invocation), checks.staleLock()),
                new WriteLayers(new LayerStore(blobs, remembered, tally), new DownloadWheel(http, blobs, tally)),
                new AssembleImage(blobs),
                invocation.events(),
                tally);
    }

    PushImage push() {
        return new PushImage(registries("to"), new BlobStore(cache(), tally), invocation.events(), tally);
    }

    private Registries registries(String group) {
        String password = group + ".auth.password";
        invocation
                .parameters()
                .written(password)
                .filter(written -> written.startsWith("<"))
                .ifPresent(written -> invocation.events().passwordInConfiguration(written, "pycontainer." + password));
        ReadCredentials credentials = new ReadCredentials(
                invocation.parameters(), invocation.session().getSettings(), decrypter, System.getenv(), home());
        return new Registries(
                http, credentials.of(group), invocation.parameters().flag("allowInsecureRegistries"), tally);
    }

    private Path cache() {
        return invocation
                .parameters()
                .text("cache.directory")
                .map(invocation::resolve)
                .orElseGet(() -> CacheDirectory.of(System.getProperty("os.name", ""), System.getenv(), home()));
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home", ""));
    }

    @Override
    public void close() {
        http.close();
    }
}
