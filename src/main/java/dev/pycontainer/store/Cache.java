package dev.pycontainer.store;

import dev.pycontainer.content.Tally;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A directory of blobs and results that all builds on a machine share, as one run uses it: what the run has found or put
 * there stays until it is closed.
 *
 * <p>Nothing in it has a path or a time in its key, so that a copy of it is as good on another machine.
 */
public final class Cache implements Closeable {

    /**
     * A use is noted, as the file's modification time, where the last one was noted longer ago than this: nothing is
     * written for what is in daily use. So a file may have been used this much later than it tells.
     */
    static final Duration GRAIN = Duration.ofHours(1);

    private final Path directory;
    private final Optional<Path> substitute;
    private final CacheSize maximum;
    private final CacheEvents events;
    private final Clock clock;
    private final Set<Path> distrusted = ConcurrentHashMap.newKeySet();
    private final LongAdder added = new LongAdder();
    private final Flights flights = new Flights(this);
    private @Nullable Run run;
    private List<Path> roots = List.of();

    /**
     * @param directory made when it is first used
     * @param substitute where new entries go if the directory cannot be written
     * @param maximum what remains of it when the run ends, in which the least recently used entries go
     */
    public Cache(Path directory, Path substitute, CacheSize maximum, CacheEvents events) {
        this(directory, Optional.of(substitute), maximum, events, Clock.systemUTC());
    }

    Cache(Path directory, Optional<Path> substitute, CacheSize maximum, CacheEvents events, Clock clock) {
        this.directory = directory;
        this.substitute = substitute;
        this.maximum = maximum;
        this.events = events;
        this.clock = clock;
    }

    /** A cache without bounds that says nothing. */
    static Cache plain(Path directory) {
        return new Cache(directory, Optional.empty(), CacheSize.UNLIMITED, CacheEvents.SILENT, Clock.systemUTC());
    }

    /** Its blobs, of which those read are counted. */
    public BlobStore blobs(Tally tally) {
        return new BlobStore(this, tally);
    }

    /** What it remembers. */
    public Remembered remembered() {
        return new Remembered(this);
    }

    Flights flights() {
        return flights;
    }

    CacheEvents events() {
        return events;
    }

    Clock clock() {
        return clock;
    }

    /** This run's mark, made when it is first asked for: from then on nothing that it uses is removed. */
    synchronized Run run() throws IOException {
        if (run == null) {
            run = begin();
        }
        return run;
    }

    private Run begin() throws IOException {
        try {
            Run begun = Run.begin(directory, clock.instant(), events);
            roots = List.of(begun.cache());
            return begun;
        } catch (IOException fault) {
            if (substitute.isEmpty() || isWritable(directory)) {
                throw fault;
            }
            Run begun = Run.begin(substitute.get(), clock.instant(), events);
            roots = Files.isExecutable(directory) ? List.of(begun.cache(), directory) : List.of(begun.cache());
            events.unwritable(directory, begun.cache());
            return begun;
        }
    }

    /** Of what is not there yet, the directory in which it would be made. */
    private static boolean isWritable(Path place) {
        Path at = place.toAbsolutePath();
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return at != null && (!Files.isDirectory(at) || Files.isWritable(at));
    }

    /** The directories in which entries are looked for, that of new ones first. */
    synchronized List<Path> roots() throws IOException {
        run();
        return roots;
    }

    /**
     * A file of the cache that is there, and is noted as used; one that something else stands in the place of is not.
     *
     * @param name below the cache's directory
     */
    Optional<Found> find(Path root, String name) throws IOException {
        Path file = root.resolve(name);
        if (!distrusted.isEmpty() && distrusted.contains(file)) {
            return Optional.empty();
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (FileSystemException fault) {
            Path parent = AtomicFile.parentOf(file);
            if (!Files.isRegularFile(parent)) {
                throw fault;
            }
            distrust(parent, "it is no directory");
            return Optional.empty();
        }
        if (!attributes.isRegularFile()) {
            distrust(file, "it is no file");
            return Optional.empty();
        }
        return isNoted(file, attributes.lastModifiedTime().toInstant())
                ? Optional.of(new Found(file, attributes.size()))
                : Optional.empty();
    }

    record Found(Path file, long size) {}

    /** Whether the file is still there, so that whoever removes what is not in use sees the note. */
    private boolean isNoted(Path file, Instant last) {
        Instant now = clock.instant();
        if (last.isAfter(now.minus(GRAIN)) && last.isBefore(now.plus(GRAIN))) {
            return true;
        }
        try {
            Files.setLastModifiedTime(file, FileTime.from(now));
        } catch (NoSuchFileException removed) {
            return false;
        } catch (IOException notOurs) {
            // Of a cache that cannot be written, or another user's: it goes the sooner, and is made anew then.
            return true;
        }
        // The note may have been made on a file that was just being removed.
        return Files.exists(file);
    }

    /** Takes a file for damaged: it is removed, or passed over where it cannot be, and that is said. */
    void distrust(Path file, String why) throws IOException {
        events.healed(file, why);
        discard(file);
    }

    /** The same without a word. */
    void discard(Path file) throws IOException {
        try {
            Places.remove(file);
        } catch (IOException notRemoved) {
            if (Files.isWritable(AtomicFile.parentOf(file))) {
                throw notRemoved;
            }
            distrusted.add(file);
        }
    }

    /** Gives a finished temporary file its name, from which on it is an entry. */
    Path publish(Path temporary, String name) throws IOException {
        long size = Files.size(temporary);
        Path file = run().cache().resolve(name);
        Places.directory(AtomicFile.parentOf(file));
        if (Files.isDirectory(file)) {
            distrust(file, "it is no file");
        }
        try {
            AtomicFile.publish(temporary, file, true);
        } catch (IOException fault) {
            throw NamedOutput.named(run().cache(), fault);
        }
        added.add(size);
        return file;
    }

    /** Puts a file there whose bytes are few. */
    void write(String name, AtomicFile.Content content) throws IOException {
        Run here = run();
        Path temporary = here.temporary();
        try {
            try (NamedOutput out = new NamedOutput(here.cache(), temporary)) {
                content.writeTo(out);
                out.finish();
            }
            publish(temporary, name);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Ends the run; what is above the bound goes. */
    @Override
    public synchronized void close() throws IOException {
        if (run == null) {
            return;
        }
        Path cache = run.cache();
        run.close();
        run = null;
        try {
            new KeepBound(cache, maximum, clock, events).after(added.sumThenReset());
        } catch (IOException fault) {
            events.unbounded(cache, fault);
        }
    }
}
