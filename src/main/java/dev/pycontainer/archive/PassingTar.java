package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.io.Closeable;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What a layer decodes to, on its way past: its digest, and the proofs of the members in it are computed here.
 *
 * <p>Beyond the first MiB a second thread does it, so that a large wheel is hashed beside its decoding; {@link #close()} ends
 * it. What a check refuses is therefore thrown a little later, by whichever method is called then, and at the latest by {@link
 * #settle()}; it is always the first refusal in the order of the bytes.
 */
final class PassingTar implements Closeable {

    private static final int CHUNK = 1 << 16;
    private static final int CHUNKS_AHEAD = 6;
    private static final int ALONE_UP_TO = 1 << 20;

    /** A part of the tar, with the places where members' contents begin and end. */
    private static final class Chunk {
        private final byte[] bytes = new byte[CHUNK];
        private final List<Mark> marks = new ArrayList<>();
        private int filled;
    }

    /** The content before this place has ended, and what follows is for {@code check}, or where that is null, for nobody. */
    private record Mark(int at, @Nullable ContentCheck check) {}

    private final Deque<Future<Chunk>> ahead = new ArrayDeque<>();
    private Chunk current = new Chunk();
    private long size;
    private @Nullable ExecutorService beside;
    private @Nullable Thread thread;
    private volatile @Nullable RuntimeException refusal;

    // What follows is used by one thread at a time: the one beside, as soon as there is one.
    private final MessageDigest hash = Digest.sha256();
    private @Nullable ContentCheck check;

    void write(byte[] bytes, int offset, int length) {
        size += length;
        for (int done = 0; done < length; ) {
            if (current.filled == CHUNK) {
                passOn();
            }
            int part = Math.min(length - done, CHUNK - current.filled);
            System.arraycopy(bytes, offset + done, current.bytes, current.filled, part);
            current.filled += part;
            done += part;
        }
    }

    /** What is written from here up to {@link #end()} is the content that {@code check} judges. */
    void begin(ContentCheck check) {
        current.marks.add(new Mark(current.filled, check));
    }

    void end() {
        current.marks.add(new Mark(current.filled, null));
    }

    /** Of all bytes so far. */
    long size() {
        return size;
    }

    /** Waits until all that has passed is judged; throws what was refused, each time. */
    void settle() {
        passOn();
        while (!ahead.isEmpty()) {
            current = judged(ahead.remove());
        }
    }

    /** Of all bytes; to be asked once, at the end. */
    Digest digest() {
        settle();
        return Digest.ofHash(hash.digest());
    }

    @Override
    public void close() {
        if (beside != null) {
            beside.shutdownNow();
        }
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void passOn() {
        if (refusal != null) {
            throw refusal;
        }
        Chunk full = current;
        if (beside == null && size <= ALONE_UP_TO) {
            judge(full);
            return;
        }
        if (beside == null) {
            beside = Executors.newSingleThreadExecutor(task -> {
                thread = new Thread(task, "pycontainer-hash");
                thread.setDaemon(true);
                return thread;
            });
        }
        ahead.add(beside.submit(() -> judge(full)));
        current = ahead.size() > CHUNKS_AHEAD ? judged(ahead.remove()) : new Chunk();
    }

    private Chunk judged(Future<Chunk> chunk) {
        try {
            return chunk.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BuildRefused.because("The build was interrupted.").causedBy(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Returns the chunk, empty again; nothing is judged behind a refusal. */
    private Chunk judge(Chunk chunk) {
        if (refusal != null) {
            throw refusal;
        }
        try {
            hash.update(chunk.bytes, 0, chunk.filled);
            int from = 0;
            for (Mark mark : chunk.marks) {
                judge(chunk, from, mark.at);
                if (check != null) {
                    check.finish();
                }
                check = mark.check;
                from = mark.at;
            }
            judge(chunk, from, chunk.filled);
        } catch (RuntimeException refused) {
            refusal = refused;
            throw refused;
        }
        chunk.filled = 0;
        chunk.marks.clear();
        return chunk;
    }

    private void judge(Chunk chunk, int from, int to) {
        if (check != null && to > from) {
            check.update(chunk.bytes, from, to - from);
        }
    }
}
