package dev.pycontainer.archive;

import java.util.Arrays;
import java.util.Random;

/** Seeded content of the sorts that deflate has ways for: noise, runs, text, repetitions from near and from the window's edge. */
final class RandomContent {

    private static final String[] WORDS = {
        "import ", "self", ".", "return ", "\n    ", "def ", "(", "):", "numpy", " = "
    };

    private RandomContent() {}

    static byte[] of(Random random, int size) {
        byte[] content = new byte[size];
        for (int at = 0; at < size; ) {
            int length = Math.min(size - at, 1 + random.nextInt(1 + random.nextInt(5000)));
            switch (random.nextInt(5)) {
                case 0 -> {
                    byte[] noise = new byte[length];
                    random.nextBytes(noise);
                    System.arraycopy(noise, 0, content, at, length);
                }
                case 1 -> Arrays.fill(content, at, at + length, (byte) random.nextInt(256));
                case 2 -> words(random, content, at, length);
                case 3 -> copy(content, at, length, at - 32768 + random.nextInt(20) - 10);
                default -> copy(content, at, length, at - 1 - random.nextInt(12));
            }
            at += length;
        }
        return content;
    }

    private static void words(Random random, byte[] content, int at, int length) {
        for (int i = at; i < at + length; ) {
            String word = WORDS[random.nextInt(WORDS.length)];
            for (int k = 0; k < word.length() && i < at + length; k++) {
                content[i++] = (byte) word.charAt(k);
            }
        }
    }

    private static void copy(byte[] content, int at, int length, int from) {
        for (int i = 0; i < length && from >= 0; i++) {
            content[at + i] = content[from + i];
        }
    }
}
