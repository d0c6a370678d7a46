package dev.pycontainer.store;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A file whose lock one thread at a time holds: of all threads of this process, of all class realms in it, and of all
 * processes. A killed process holds none.
 *
 * <p>The file stays: removing it would let two hold locks of one name.
 *
 * @param file absolute and without links, so that it has this one name in the whole process
 */
record LockFile(Path file, LockWords words) {

    /** Longer than a layer takes; whoever is waited for may have been stopped, and to go on costs double work alone. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** As long as this nobody wonders. */
    private static final Duration UNNOTICED = Duration.ofSeconds(3);

    private static final int SHORTEST_PAUSE = 1;
    private static final int LONGEST_PAUSE = 50;

    /** What is done by whoever holds the lock. */
    @FunctionalInterface
    interface Deed<T> {
        T get() throws IOException;
    }

    /**
     * Does the deed while nobody else does one with this file. Where the file system has no locks, this holds within the
     * process alone.
     *
     * @param what the deed is about, for those who wait
     */
    <T> T holding(String what, Deed<T> deed) throws IOException {
        // Locks belong to the process, and closing any channel of a file ends all that the process has on it. So one
        // thread at a time may have the file open; and strings are what two realms share.
        synchronized (("dev.pycontainer " + file).intern()) {
            Optional<FileChannel> channel = locked(what);
            try {
                return deed.get();
            } finally {
                if (channel.isPresent()) {
                    channel.get().close();
                }
            }
        }
    }

    private Optional<FileChannel> locked(String what) throws IOException {
        FileChannel channel = open();
        try {
            if (isLocked(channel, what)) {
                return Optional.of(channel);
            }
        } catch (IOException noLocks) {
            words.withoutLocks(noLocks);
        } catch (BuildRefused interrupted) {
            channel.close();
            throw interrupted;
        }
        channel.close();
        return Optional.empty();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /**
     * Asks again and again instead of waiting: the kernel takes two processes for deadlocked as soon as each has a thread
     * that waits for one of the other's locks (fcntl(2), EDEADLK), whatever their other threads do.
     */
    private boolean isLocked(FileChannel channel, String what) throws IOException {
        long begin = System.nanoTime();
        boolean told = false;
        for (int pause = SHORTEST_PAUSE; !tried(channel); pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            long waited = System.nanoTime() - begin;
            if (waited > PATIENCE.toNanos()) {
                return false;
            }
            if (!told && waited > UNNOTICED.toNanos()) {
                words.waits(what);
                told = true;
            }
            sleep(pause);
        }
        return true;
    }

    /** Whether the lock is this channel's now. */
    static boolean tried(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException here) {
            // Held in this process, by the file's other name.
            return false;
        }
    }

    private static void sleep(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BuildRefused.because("The build was interrupted.").causedBy(e);
        }
    }
}
