package dev.pycontainer.testkit;

import java.util.Locale;
import java.util.concurrent.Callable;

/** Tells how long the steps of a long test take. */
public final class Timed {

    private Timed() {}

    /** What the step results in; prints its name and its seconds. */
    public static <T> T timed(String step, Callable<T> work) throws Exception {
        long begin = System.nanoTime();
        T result = work.call();
        System.out.printf(Locale.ROOT, "%s: %.1f s%n", step, (System.nanoTime() - begin) / 1e9);
        return result;
    }
}
