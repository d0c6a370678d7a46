package dev.pycontainer.maven;

import dev.pycontainer.build.BuildEvents;
import dev.pycontainer.build.BuiltImage;
import dev.pycontainer.build.ImageArchive;
import dev.pycontainer.build.ImagePlan;
import dev.pycontainer.build.PlanReport;
import dev.pycontainer.build.PublishedImage;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.http.RedactedUrl;
import dev.pycontainer.http.RequestLog;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.layer.LayerKind;
import dev.pycontainer.oci.ImageReference;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.index.DownloadEvents;
import dev.pycontainer.packaging.index.Index;
import dev.pycontainer.packaging.lock.LearnedHash;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.store.CacheContent;
import dev.pycontainer.store.CacheEvents;
import dev.pycontainer.store.CacheSize;
import dev.pycontainer.store.DamagedBlob;
import dev.pycontainer.store.PruneCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.maven.plugin.logging.Log;

/** Tells Maven's log what happens: one line a stage, a summary at the end, requests and counts with {@code -X}. */
final class LogEvents implements BuildEvents, RequestLog, CacheEvents {

    /** A pause as long as this looks like a standstill to whoever does not know of it. */
    private static final Duration NOTICEABLE = Duration.ofSeconds(5);

    /** Of lines that hold lists. */
    private static final int WIDTH = 100;

    private final Log log;
    private final long started = System.nanoTime();
    private final AtomicBoolean saidHealed = new AtomicBoolean();

    LogEvents(Log log) {
        this.log = log;
    }

    @Override
    public void pulled(String reference, Digest manifest, int layers) {
        log.info("base       " + reference + " (" + manifest + ", " + count(layers, "layer") + ")");
    }

    @Override
    public void chosePackages(String what, List<String> packages, long bytes, boolean locked) {
        log.info("packages   " + packages.size() + " of " + what + ", " + mebibytes(bytes)
                + (locked ? ", as pycontainer.lock has them" : "; the goal lock would keep:"));
        if (!locked) {
            wrapped(packages).forEach(line -> log.info("           " + line));
        }
    }

    private static List<String> wrapped(List<String> words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            if (!line.isEmpty() && line.length() + word.length() > WIDTH) {
                lines.add(line + ",");
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : ", ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    @Override
    public void mending(DamagedBlob damaged) {
        log.warn(damaged.what() + " The build begins again.");
    }

    /** Whatever befell a cache befell many of its files: the first is told, the others to whoever asks. */
    @Override
    public void healed(Path entry, String why) {
        String line = "The cache's file " + entry + " was damaged: " + why + ". What it held is fetched or made anew.";
        if (saidHealed.compareAndSet(false, true)) {
            log.warn(line + " Others like it are told with -X.");
        } else {
            log.debug(line);
        }
    }

    @Override
    public void unwritable(Path cache, Path instead) {
        log.warn("The cache " + cache + " cannot be written. What it lacks is kept in " + instead
                + ", for this project alone; cache.directory names another cache.");
    }

    @Override
    public void withoutLocks(Path cache, String why) {
        log.warn("The cache " + cache + " is where files cannot be locked (" + why
                + "). Builds at the same time may do the same work twice, and the cache is not kept within"
                + " cache.maximumSize.");
    }

    @Override
    public void waits(String what) {
        log.info("wait       for another build, which is making the same " + what);
    }

    @Override
    public void unbounded(Path cache, IOException fault) {
        log.warn("The cache " + cache + " was not kept within cache.maximumSize: "
                + Unwritable.explain(fault).what());
    }

    void pruned(PruneCache.Pruned pruned) {
        log.info("pruned     " + count(pruned.entries(), "file") + ", " + new CacheSize(pruned.bytes()));
    }

    /** A cache's content as a table. */
    void cached(Path cache, CacheContent content, CacheSize maximum) {
        List<CacheContent.Kind> rows = new ArrayList<>(content.kinds());
        content.all().ifPresent(rows::add);
        log.info("cache      " + cache + (rows.isEmpty() ? ": nothing yet" : ""));
        int width = rows.stream().mapToInt(kind -> kind.name().length()).max().orElse(0);
        for (CacheContent.Kind kind : rows) {
            log.info(String.format(
                    Locale.ROOT,
                    "           %-" + width + "s %7d files %10s  oldest use %s",
                    kind.name(),
                    kind.files(),
                    new CacheSize(kind.bytes()),
                    kind.oldest().truncatedTo(ChronoUnit.MINUTES)));
        }
        log.info("bound      " + maximum + " (cache.maximumSize)");
    }

    /** A finding that does not end the build. */
    void warned(BuildRefused finding) {
        log.warn(String.valueOf(finding.getMessage()));
    }

    @Override
    public void readTarget(Target target) {
        log.info("target     " + target.implementation() + " " + target.python() + " at " + target.interpreter() + ", "
                + target.libc().toString().toLowerCase(Locale.ROOT) + " " + target.libcVersion() + ", "
                + target.machine());
    }

    @Override
    public void selected(Selection selection) {
        log.info("selection  " + count(selection.wheels().size(), "wheel") + " of "
                + selection.lock().name());
    }

    /** Each as a requirements file takes it. */
    @Override
    public void learned(List<LearnedHash> hashes) {
        if (!hashes.isEmpty()) {
            log.info("unhashed   used for " + count(hashes.size(), "pin")
                    + " without a hash; the goal lock would keep:");
            hashes.forEach(hash -> log.info("           " + hash.requirement()));
        }
    }

    @Override
    public void locked(Path file, List<String> changes) {
        log.info("locked     " + file + (changes.isEmpty() ? ": nothing has changed" : ""));
        changes.forEach(change -> log.info("           " + change));
    }

    @Override
    public void wroteLayers(List<LayerBlob> layers, long downloaded) {
        long written = layers.stream().filter(layer -> !layer.reused()).count();
        log.info("layers     " + count(layers.size(), "layer") + ": " + written + " written, "
                + (layers.size() - written) + " reused; " + count(downloaded, "file") + " downloaded");
    }

    @Override
    public void built(BuiltImage image, List<LayerBlob> layers, Tally tally) {
        long ours = layers.stream().mapToLong(layer -> layer.blob().size()).sum();
        long wheels = layers.stream()
                .filter(layer -> layer.kind() == LayerKind.DEPENDENCIES)
                .count();
        log.info("built      " + image.digest() + ", "
                + mebibytes(image.manifest().layersSize()) + " in "
                + count(image.manifest().layers().size(), "layer") + " (" + mebibytes(ours) + " in "
                + count(layers.size(), "layer") + " above the base, " + wheels + " of wheels), " + seconds());
        log.debug("work       " + tally);
    }

    @Override
    public void changed(String what) {
        log.debug("changed    " + what);
    }

    @Override
    public void unchanged(Digest image, int layers, long size, Tally tally) {
        log.info("unchanged  " + image + ", " + mebibytes(size) + " in " + count(layers, "layer") + ", " + seconds());
        log.debug("work       " + tally);
    }

    @Override
    public void pushed(PublishedImage image, long uploaded, Tally tally) {
        log.info("pushed     " + image.reference() + " as " + String.join(", ", image.tags()) + ": "
                + count(uploaded, "blob") + " and " + count(tally.of(Work.MANIFESTS_UPLOADED), "manifest") + " sent, "
                + seconds());
        log.debug("work       " + tally);
    }

    void archived(ImageArchive archive) {
        String names = archive.names().stream().map(ImageReference::familiar).collect(Collectors.joining(", "));
        log.info(
                "archived   " + archive.file() + ", " + mebibytes(archive.size()) + ", as " + names + ", " + seconds());
        log.info("           docker load -i " + archive.file() + " or podman load -i " + archive.file());
    }

    /** The plan as a table, and as a tree where asked; a warning stands at the end, where it is seen. */
    void planned(ImagePlan plan, boolean withTree, Path file) {
        PlanReport report = new PlanReport(plan);
        report.lines().forEach(log::info);
        if (withTree) {
            log.info("");
            report.tree().forEach(log::info);
        }
        log.info("");
        report.warning().ifPresent(log::warn);
        log.info("planned    " + file + ", " + seconds());
    }

    /** A plugin cannot keep Maven from printing its configuration, only say what is safe instead. */
    void passwordInConfiguration(String written, String property) {
        log.warn(written + " is in the plugin's configuration, which Maven itself prints with -X. A server of"
                + " settings.xml, or the property " + property + ", is not printed.");
    }

    @Override
    public void answered(String method, RedactedUrl url, int status) {
        log.debug("http       " + method + " " + url + " " + status);
    }

    @Override
    public void waits(String method, RedactedUrl url, Duration wait, String why) {
        String line = "wait       " + wait.toSeconds() + " s before " + method + " " + url + " again: " + why;
        if (wait.compareTo(NOTICEABLE) >= 0) {
            log.info(line);
        } else {
            log.debug(line);
        }
    }

    /** The environment has a word on what is installed from where: whoever wonders should find it in the log. */
    void indexOfPip(Index index) {
        log.info("index      " + index + " in the default one's place, as PIP_INDEX_URL says");
    }

    /** @param terminal as in {@link ShowProgress} */
    DownloadEvents progress(Optional<PrintWriter> terminal, boolean batch) {
        return new ShowProgress(log, terminal, batch, System::nanoTime);
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - started) / 1e9);
    }
}
