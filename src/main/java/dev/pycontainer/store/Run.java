package dev.pycontainer.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mark of one run in a cache: a directory {@code running/ID} with a file {@code lock} that is locked as long as the run
 * lives. What the run has not finished yet lies there too, so that a killed one's is removed by the next, whatever it is.
 *
 * <p>ID begins with the process, which must not open a lock of its own a second time, and the time at which the run began.
 */
final class Run implements Closeable {

    private static final String LOCK = "lock";

    /** This process: its number and when it began, for numbers come again, in containers soon. */
    private static final String PROCESS = ProcessHandle.current().pid() + "-"
            + ProcessHandle.current()
                    .info()
                    .startInstant()
                    .orElse(Instant.EPOCH)
                    .toEpochMilli();

    private static final Pattern ID = Pattern.compile("[0-9]+-[0-9]+-([0-9]{1,15})-[0-9a-f-]+");

    /** Where there are no locks, a run that has written nothing for so long is taken for dead. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path cache;
    private final Path directory;
    private final FileChannel lock;
    private final Instant began;
    private final LockWords words;

    private Run(Path cache, Path directory, FileChannel lock, Instant began, LockWords words) {
        this.cache = cache;
        this.directory = directory;
        this.lock = lock;
        this.began = began;
        this.words = words;
    }

    /** Marks a run that begins now, and removes what killed ones have left. */
    static Run begin(Path cache, Instant now, CacheEvents events) throws IOException {
        Files.createDirectories(cache);
        Path real = cache.toRealPath();
        LockWords words = new LockWords(real, events);
        Path running = Places.directory(real.resolve("running"));
        return gate(real, words).holding("start", () -> {
            alive(real, now, words);
            Path directory = running.resolve(PROCESS + "-" + now.toEpochMilli() + "-" + UUID.randomUUID());
            Files.createDirectory(directory);
            FileChannel lock =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                LockFile.tried(lock);
            } catch (IOException noLocks) {
                words.withoutLocks(noLocks);
            }
            return new Run(real, directory, lock, now, words);
        });
    }

    /** Who holds it knows which runs there are: none begins. */
    static LockFile gate(Path cache, LockWords words) throws IOException {
        return new LockFile(Places.directory(cache.resolve("locks")).resolve("runs"), words);
    }

    /**
     * When the runs that are alive began; called by the gate's holder. What is left of others is removed.
     *
     * @param cache absolute and without links
     */
    static List<Instant> alive(Path cache, Instant now, LockWords words) throws IOException {
        List<Instant> began = new ArrayList<>();
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(cache.resolve("running"))) {
            for (Path run : runs) {
                String name = run.getFileName().toString();
                Matcher id = ID.matcher(name);
                if (id.matches() && (name.startsWith(PROCESS + "-") || isAlive(run, now, words))) {
                    began.add(Instant.ofEpochMilli(Long.parseLong(id.group(1))));
                } else {
                    Places.remove(run);
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        return began;
    }

    private static boolean isAlive(Path run, Instant now, LockWords words) throws IOException {
        try (FileChannel lock = FileChannel.open(run.resolve(LOCK), StandardOpenOption.WRITE)) {
            return !LockFile.tried(lock);
        } catch (NoSuchFileException endedOrBeginning) {
            // Nobody begins while the gate is held; without locks nobody holds it.
            return words.areWithoutLocks() && isYoung(run, now);
        } catch (IOException noLocks) {
            words.withoutLocks(noLocks);
            return isYoung(run, now);
        }
    }

    private static boolean isYoung(Path run, Instant now) throws IOException {
        return Files.getLastModifiedTime(run).toInstant().isAfter(now.minus(ABANDONED));
    }

    /** The cache's directory, absolute and without links. */
    Path cache() {
        return cache;
    }

    Instant began() {
        return began;
    }

    LockWords words() {
        return words;
    }

    /** A name for a file that gets its own by being renamed, or goes with the run. */
    Path temporary() {
        return directory.resolve(UUID.randomUUID().toString());
    }

    /** Takes the mark away, with all that is left in it. */
    @Override
    public void close() throws IOException {
        try {
            lock.close();
        } finally {
            Places.remove(directory);
        }
    }
}
