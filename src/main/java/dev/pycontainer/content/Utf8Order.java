package dev.pycontainer.content;

import java.util.Comparator;

/** The one order of names that reaches a digest: by UTF-8 bytes, the same for every locale and file system. */
public final class Utf8Order implements Comparator<String> {

    public static final Comparator<String> INSTANCE = new Utf8Order();

    private Utf8Order() {}

    @Override
    public int compare(String left, String right) {
        // Without pairs of surrogates the order is that of UTF-16 units, which the JDK compares several at a time.
        if (!hasPairs(left) && !hasPairs(right)) {
            return left.compareTo(right);
        }
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return rank(a) - rank(b);
            }
        }
        return left.length() - right.length();
    }

    /** At once for Latin-1, of which nearly all names are. */
    private static boolean hasPairs(String text) {
        return text.codePointCount(0, text.length()) != text.length();
    }

    /** Surrogates sort below U+E000…U+FFFF as UTF-16 units, but above them as UTF-8 bytes. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
