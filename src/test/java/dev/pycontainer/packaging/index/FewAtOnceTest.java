package dev.pycontainer.packaging.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FewAtOnceTest {

    @Test
    void resultsStandInTheOrderOfTheItems() {
        List<Integer> items = IntStream.range(0, 100).boxed().toList();

        assertThat(FewAtOnce.all(items, item -> item * 2))
                .isEqualTo(items.stream().map(item -> item * 2).toList());
    }

    @Test
    void noMoreThanFourRunAtOnce() {
        AtomicInteger running = new AtomicInteger();

        List<Integer> counts = FewAtOnce.all(IntStream.range(0, 200).boxed().toList(), item -> {
            int now = running.incrementAndGet();
            running.decrementAndGet();
            return now;
        });

        assertThat(counts).allMatch(count -> count <= 4);
    }

    @Test
    void anInterruptEndsAllAndStaysSet() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        Thread caller = Thread.currentThread();

        assertThatThrownBy(() -> FewAtOnce.all(List.of(1), item -> {
                    caller.interrupt();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                    return item;
                }))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The build was interrupted while it waited for a package index.");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted).hasValue(1);
    }
}
