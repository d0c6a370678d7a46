package dev.pycontainer.debian;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One library in {@code /etc/ld.so.cache}.
 *
 * @param key the name that the loader searches for
 * @param flags for which machine it is
 */
record LoaderCacheEntry(String key, String path, int flags) {

    private static final byte[] MAGIC = "glibc-ld.so.cache1.1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 48;
    private static final int ENTRY = 24;
    private static final byte LITTLE_ENDIAN = 2;

    /**
     * The file of these entries, whose order is kept: {@code struct cache_file_new} of glibc's {@code dl-cache.h}, without extensions,
     * which the loader takes for absent where their offset is 0.
     */
    static byte[] file(List<LoaderCacheEntry> entries) {
        int stringsAt = HEADER + ENTRY * entries.size();
        Strings strings = Strings.of(entries);
        ByteBuffer file = ByteBuffer.allocate(stringsAt + strings.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.put(MAGIC).putInt(entries.size()).putInt(strings.size()).put(LITTLE_ENDIAN);
        file.position(HEADER);
        for (LoaderCacheEntry entry : entries) {
            file.putInt(entry.flags())
                    .putInt(stringsAt + strings.at(entry.key()))
                    .putInt(stringsAt + strings.at(entry.path()));
            // the oldest kernel, and the hardware that is needed: neither is used any more
            file.putInt(0).putLong(0);
        }
        strings.into(file);
        return file.array();
    }

    /** A table in which a string that another one ends with has no place of its own, as in glibc's {@code stringtable.c}. */
    private static final class Strings {
        private final Map<String, Integer> offsets = new HashMap<>();
        private final List<byte[]> whole = new ArrayList<>();
        private int size;

        static Strings of(List<LoaderCacheEntry> entries) {
            Set<String> all = new HashSet<>();
            entries.forEach(entry -> all.addAll(List.of(entry.key(), entry.path())));
            Strings strings = new Strings();
            byte[] last = {};
            int lastAt = 0;
            for (String text : all.stream().sorted(Strings::backwards).toList()) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                if (!endsWith(last, bytes)) {
                    lastAt = strings.size;
                    last = bytes;
                    strings.whole.add(bytes);
                    strings.size += bytes.length + 1;
                }
                strings.offsets.put(text, lastAt + last.length - bytes.length);
            }
            return strings;
        }

        int size() {
            return size;
        }

        int at(String text) {
            return offsets.getOrDefault(text, 0);
        }

        void into(ByteBuffer file) {
            whole.forEach(bytes -> file.put(bytes).put((byte) 0));
        }

        /** From their ends, the greatest first, and the longer before what it ends with. */
        private static int backwards(String left, String right) {
            byte[] a = left.getBytes(StandardCharsets.UTF_8);
            byte[] b = right.getBytes(StandardCharsets.UTF_8);
            for (int i = 1; i <= Math.min(a.length, b.length); i++) {
                int difference = (b[b.length - i] & 0xff) - (a[a.length - i] & 0xff);
                if (difference != 0) {
                    return difference;
                }
            }
            return b.length - a.length;
        }

        private static boolean endsWith(byte[] whole, byte[] end) {
            for (int i = 1; i <= end.length; i++) {
                if (i > whole.length || whole[whole.length - i] != end[end.length - i]) {
                    return false;
                }
            }
            return whole.length > 0;
        }
    }
}
