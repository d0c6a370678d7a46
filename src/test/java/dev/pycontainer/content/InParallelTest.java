package dev.pycontainer.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InParallelTest {

    @Test
    void resultsComeInTheOrderOfTheItems() throws IOException {
        CountDownLatch second = new CountDownLatch(1);

        List<String> results = InParallel.map(List.of("first", "second"), 2, item -> {
            if (item.equals("second")) {
                second.countDown();
            } else {
                await(second); // the first ends after the second
            }
            return item + "!";
        });

        assertThat(results).containsExactly("first!", "second!");
    }

    @Test
    void theFirstFailureByOrderIsThrownThoughAnotherCameBeforeIt() {
        CountDownLatch later = new CountDownLatch(1);

        assertThatThrownBy(() -> InParallel.map(List.of("a", "b"), 2, item -> {
                    if (item.equals("b")) {
                        later.countDown();
                    } else {
                        await(later);
                    }
                    throw new IOException(item);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("a");
    }

    @Test
    void noItemsNeedNoThread() {
        assertThat(InParallel.map(List.of(), 4, item -> item)).isEmpty();
    }

    @Test
    void noMoreRunAtOnceThanAllowed() {
        AtomicInteger running = new AtomicInteger();

        List<Integer> counts = InParallel.map(IntStream.range(0, 200).boxed().toList(), 4, item -> {
            int now = running.incrementAndGet();
            running.decrementAndGet();
            return now;
        });

        assertThat(counts).hasSize(200).allMatch(count -> count <= 4);
    }

    @Test
    void anInterruptEndsAllAndStaysSet() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        Thread caller = Thread.currentThread();

        assertThatThrownBy(() -> InParallel.map(List.of(1), 4, item -> {
                    caller.interrupt();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                    return item;
                }))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The build was interrupted.");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted).hasValue(1);
    }

    @Test
    void noThreadIsLeftWhenItReturnsOrThrows() {
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();

        assertThatThrownBy(() -> InParallel.map(List.of(1, 2, 3), 2, item -> {
                    threads.add(Thread.currentThread());
                    throw new IOException("item " + item);
                }))
                .hasMessage("item 1");
        InParallel.map(List.of(1, 2, 3), 2, item -> threads.add(Thread.currentThread()));

        assertThat(threads).isNotEmpty().noneMatch(Thread::isAlive);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
