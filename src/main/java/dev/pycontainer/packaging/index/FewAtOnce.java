package dev.pycontainer.packaging.index;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Waits for several hosts' answers at a time, as if it had asked one after the other. */
final class FewAtOnce {

    private static final int THREADS = 4;

    private FewAtOnce() {}

    /**
     * The results in the order of the items. Of several failures the first in that order is thrown, whichever came first
     * by the clock; all threads have ended when this returns or throws.
     */
    static <T, R> List<R> all(List<T> items, Function<? super T, ? extends R> work) {
        Collection<Thread> threads = new ConcurrentLinkedQueue<>();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "pycontainer-index");
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        });
        try {
            List<Future<R>> open = new ArrayList<>();
            for (T item : items) {
                open.add(pool.submit(() -> work.apply(item)));
            }
            List<R> done = new ArrayList<>();
            for (Future<R> next : open) {
                done.add(result(next));
            }
            return List.copyOf(done);
        } finally {
            end(pool, threads);
        }
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BuildRefused.because("The build was interrupted while it waited for a package index.")
                    .causedBy(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the work throws no other exception", e.getCause());
        }
    }

    /** Breaks off what still runs, and waits until no thread is left: connections end at an interrupt. */
    private static void end(ExecutorService pool, Collection<Thread> threads) {
        pool.shutdownNow();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
