package dev.pycontainer.content;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How much work one run has done, counted and never timed; tests assert it, the summary prints it. */
public final class Tally {

    private final Map<Work, LongAdder> counts = new EnumMap<>(Work.class);

    public Tally() {
        for (Work work : Work.values()) {
            counts.put(work, new LongAdder());
        }
    }

    public void count(Work work) {
        add(work, 1);
    }

    public void add(Work work, long amount) {
        counter(work).add(amount);
    }

    public long of(Work work) {
        return counter(work).sum();
    }

    private LongAdder counter(Work work) {
        LongAdder counter = counts.get(work);
        if (counter == null) {
            throw new IllegalStateException("every kind of work has its counter");
        }
        return counter;
    }

    /** All counts, such as {@code blobs-read=0 wheels-opened=2}, in the order of {@link Work}. */
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', '-') + "="
                        + entry.getValue().sum())
                .collect(Collectors.joining(" "));
    }
}
