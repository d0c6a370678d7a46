package dev.pycontainer.maven;

import dev.pycontainer.packaging.index.DownloadEvents;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.maven.plugin.logging.Log;

/**
 * Shows downloads while they last: on a terminal one line that changes, elsewhere a line for each large file at its end,
 * with {@code -B} none but at debug level.
 */
final class ShowProgress implements DownloadEvents {

    /** Files below it, in bytes, come and go before anybody could read about them. */
    private static final long LARGE = 10 << 20;

    /** Between two drawings, in nanoseconds. */
    private static final long MOMENT = 100_000_000;

    private final Log log;
    private final Optional<PrintWriter> terminal;
    private final boolean batch;
    private final LongSupplier clock;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private long drawnAt = Long.MIN_VALUE;
    private int drawnWidth;

    /**
     * @param terminal where there is one that shows what it is told at once
     * @param clock in nanoseconds
     */
    ShowProgress(Log log, Optional<PrintWriter> terminal, boolean batch, LongSupplier clock) {
        this.log = log;
        this.terminal = terminal;
        this.batch = batch;
        this.clock = clock;
    }

    private static final class Running {
        private final OptionalLong size;
        private final long since;
        private long received;

        Running(OptionalLong size, long since) {
            this.size = size;
            this.since = since;
        }

        double rate(long now) {
            return received / Math.max((now - since) / 1e9, 1e-3);
        }
    }

    @Override
    public synchronized void begun(String file, OptionalLong size) {
        running.put(file, new Running(size, clock.getAsLong()));
    }

    @Override
    public synchronized void received(String file, long bytes) {
        Running one = running.get(file);
        if (one != null) {
            one.received += bytes;
        }
        long now = clock.getAsLong();
        if (terminal.isPresent() && (drawnAt == Long.MIN_VALUE || now - drawnAt >= MOMENT)) {
            drawnAt = now;
            draw(terminal.get(), line(now));
        }
    }

    @Override
    public synchronized void ended(String file) {
        Running done = running.remove(file);
        if (running.isEmpty()) {
            terminal.ifPresent(this::erase);
        }
        if (done == null) {
            return;
        }
        String line = "download   " + file + ", " + mebibytes((double) done.received) + ", "
                + mebibytes(done.rate(clock.getAsLong())) + "/s";
        if (terminal.isEmpty() && !batch && done.received >= LARGE) {
            log.info(line);
        } else {
            log.debug(line);
        }
    }

    /** All files together: how much is here, how much is to come, and how fast. */
    private String line(long now) {
        long received = 0;
        long size = 0;
        boolean sized = true;
        double rate = 0;
        for (Running one : running.values()) {
            received += one.received;
            size += one.size.orElse(0);
            sized &= one.size.isPresent();
            rate += one.rate(now);
        }
        String what = running.size() == 1 ? running.keySet().iterator().next() : running.size() + " wheels";
        return "download   " + what + ", " + mebibytes((double) received)
                + (sized ? " of " + mebibytes((double) size) : "") + ", " + mebibytes(rate) + "/s";
    }

    private void draw(PrintWriter out, String line) {
        out.print("\r" + line + " ".repeat(Math.max(0, drawnWidth - line.length())));
        out.flush();
        drawnWidth = line.length();
    }

    private void erase(PrintWriter out) {
        if (drawnWidth > 0) {
            out.print("\r" + " ".repeat(drawnWidth) + "\r");
            out.flush();
            drawnWidth = 0;
        }
    }

    private static String mebibytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (1 << 20));
    }
}
