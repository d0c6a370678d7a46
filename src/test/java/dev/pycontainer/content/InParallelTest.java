package dev.pycontainer.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
    void noItemsNeedNoThread() throws IOException {
        assertThat(InParallel.map(List.of(), 4, item -> item)).isEmpty();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
