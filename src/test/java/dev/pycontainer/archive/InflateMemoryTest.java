package dev.pycontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One inflater works within 64 KiB and its tables, however long the streams are and however many. */
class InflateMemoryTest {

    private static final int STREAMS = 2000;

    private final Inflate inflate = new Inflate();

    @Test
    void allBuffersTogetherHaveNoMoreThan64KiB() throws Exception {
        assertThat(arrays(Inflate.class, inflate)).isPositive().isLessThanOrEqualTo(64 * 1024);
    }

    @Test
    void allTablesTogetherHaveNoMoreThan16KiB() throws Exception {
        long tables = 0;
        for (Field field : Inflate.class.getDeclaredFields()) {
            if (field.getType() == HuffmanTable.class) {
                field.setAccessible(true);
                tables += arrays(HuffmanTable.class, field.get(inflate));
            }
        }
        assertThat(tables).isPositive().isLessThanOrEqualTo(16 * 1024);
    }

    @Test
    void noStreamAllocatesAnything() throws Exception {
        byte[] large = Streams.deflate(RandomContent.of(new Random(1), 300_000), 6, 0);
        byte[] small = Streams.deflate(RandomContent.of(new Random(2), 2000), 6, 0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        passAll(small, large);

        long before = threads.getThreadAllocatedBytes(self);
        passAll(small, large);
        long allocated = threads.getThreadAllocatedBytes(self) - before;

        // The stream that is passed in is an object, too.
        assertThat(allocated / STREAMS).isLessThan(200);
    }

    private void passAll(byte[] small, byte[] large) throws IOException {
        for (int i = 0; i < STREAMS; i++) {
            inflate.pass(new ByteArrayInputStream(i % 100 == 0 ? large : small), ByteSink.NOWHERE, ByteSink.NOWHERE);
        }
    }

    /** The bytes of all arrays that an instance's fields hold, save those that all instances share. */
    private static long arrays(Class<?> type, Object instance) throws IllegalAccessException {
        long bytes = 0;
        for (Field field : type.getDeclaredFields()) {
            field.setAccessible(true);
            if (!Modifier.isStatic(field.getModifiers())
                    && field.getType().isArray()
                    && !field.getName().equals("meanings")) {
                bytes += (long) Array.getLength(field.get(instance)) * width(field.getType());
            }
        }
        return bytes;
    }

    private static int width(Class<?> array) {
        Class<?> component = array.getComponentType();
        return component == byte.class ? Byte.BYTES : component == short.class ? Short.BYTES : Integer.BYTES;
    }
}
