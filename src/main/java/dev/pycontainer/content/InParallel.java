package dev.pycontainer.content;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same deed for each of several items, a few at a time, with the result that one after the other would have. */
public final class InParallel {

    /** What is done with one item; E is the one checked exception that it may throw. */
    @FunctionalInterface
    public interface Deed<T, R, E extends Exception> {
        R of(T item) throws E;
    }

    private InParallel() {}

    /**
     * The results in the order of the items. Of several failures the first in that order is thrown, whichever came first
     * by the clock; all threads have ended when this returns or throws.
     *
     * @param atOnce the greatest number of threads
     */
    public static <T, R, E extends Exception> List<R> map(
            List<T> items, int atOnce, Deed<? super T, ? extends R, E> deed) throws E {
        if (items.isEmpty()) {
            return List.of();
        }
        Collection<Thread> threads = new ConcurrentLinkedQueue<>();
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(atOnce, items.size()), task -> {
            Thread thread = new Thread(task, "pycontainer-worker");
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        });
        try {
            List<Future<R>> open = new ArrayList<>();
            for (T item : items) {
                open.add(pool.submit(() -> deed.of(item)));
            }
            List<R> done = new ArrayList<>();
            for (Future<R> next : open) {
                done.add(InParallel.<R, E>result(next));
            }
            return List.copyOf(done);
        } finally {
            end(pool, threads);
        }
    }

    @SuppressWarnings("unchecked") // what is neither an Error nor unchecked can only be the deed's own E
    private static <R, E extends Exception> R result(Future<R> future) throws E {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BuildRefused.because("The build was interrupted.").causedBy(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (E) e.getCause();
        }
    }

    /** Breaks off what still runs, and waits until no thread is left: connections and channels end at an interrupt. */
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
