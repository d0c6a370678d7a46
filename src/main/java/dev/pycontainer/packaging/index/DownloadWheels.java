package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.packaging.lock.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Sees to it that the store holds every wheel of a selection, a few downloads at a time. */
public final class DownloadWheels {

    private static final int AT_ONCE = 4;

    private final DownloadWheel download;

    public DownloadWheels(DownloadWheel download) {
        this.download = download;
    }

    /**
     * The wheels in the order of the selection. Of several failures the first in that order is thrown, whichever came
     * first by the clock; all threads have ended when this returns or throws.
     */
    public List<DownloadedWheel> all(Selection selection) {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, DownloadWheels::thread);
        try {
            List<Future<DownloadedWheel>> open = new ArrayList<>();
            for (SelectedWheel wheel : selection.wheels()) {
                open.add(pool.submit(() -> download.of(wheel)));
            }
            List<DownloadedWheel> done = new ArrayList<>();
            for (Future<DownloadedWheel> next : open) {
                done.add(result(next));
            }
            return List.copyOf(done);
        } finally {
            end(pool);
        }
    }

    private static DownloadedWheel result(Future<DownloadedWheel> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BuildRefused.because("The build was interrupted while wheels were downloaded.")
                    .causedBy(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a download throws nothing else", e.getCause());
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "pycontainer-download");
        thread.setDaemon(true);
        return thread;
    }

    /** Breaks off what still runs, and waits for it: connections end at an interrupt. */
    private static void end(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
