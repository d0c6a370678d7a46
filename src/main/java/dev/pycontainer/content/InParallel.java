package dev.pycontainer.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The same deed for each of several items, a few at a time, with the result that one after the other would have. */
public final class InParallel {

    /** What is done with one item. */
    @FunctionalInterface
    public interface Deed<T, R> {
        R of(T item) throws IOException;
    }

    private InParallel() {}

    /**
     * The results in the order of the items. Of several failures the first in that order is thrown, whichever came first
     * by the clock; all threads have ended when this returns or throws.
     *
     * @param atOnce the greatest number of threads
     */
    public static <T, R> List<R> map(List<T> items, int atOnce, Deed<T, R> deed) throws IOException {
        if (items.isEmpty()) {
            return List.of();
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(atOnce, items.size()));
        try {
            List<Future<R>> open = new ArrayList<>();
            for (T item : items) {
                open.add(pool.submit(() -> deed.of(item)));
            }
            List<R> done = new ArrayList<>();
            for (Future<R> next : open) {
                done.add(result(next));
            }
            return List.copyOf(done);
        } finally {
            end(pool);
        }
    }

    private static <R> R result(Future<R> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BuildRefused.because("The build was interrupted.").causedBy(e);
        } catch (ExecutionException e) {
            Throwable failure = e.getCause();
            if (failure instanceof IOException io) {
                throw io;
            }
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a deed throws nothing else", failure);
        }
    }

    /** Breaks off what still runs, and waits for it: connections and file channels end at an interrupt. */
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
