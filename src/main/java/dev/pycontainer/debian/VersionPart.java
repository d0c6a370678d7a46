package dev.pycontainer.debian;

/** The upstream version or the revision of a Debian version: deb-version(7), "Sorting algorithm". */
final class VersionPart implements Comparable<VersionPart> {

    private final String text;

    VersionPart(String text) {
        this.text = text;
    }

    // "The strings are compared from left to right. First the initial part of each string consisting entirely of
    // non-digit characters [...] Then the initial part of the remainder of each string which consists entirely of digit
    // characters [...] These two steps are repeated until a difference is found or both strings are exhausted."
    @Override
    public int compareTo(VersionPart other) {
        int left = 0;
        int right = 0;
        while (left < text.length() || right < other.text.length()) {
            while (isNonDigit(left) || other.isNonDigit(right)) {
                int order = Integer.compare(weight(left), other.weight(right));
                if (order != 0) {
                    return order;
                }
                left++;
                right++;
            }
            left = afterZeros(left);
            right = other.afterZeros(right);
            int leftEnd = afterDigits(left);
            int rightEnd = other.afterDigits(right);
            int order = Integer.compare(leftEnd - left, rightEnd - right);
            if (order == 0) {
                order = text.substring(left, leftEnd).compareTo(other.text.substring(right, rightEnd));
            }
            if (order != 0) {
                return order;
            }
            left = leftEnd;
            right = rightEnd;
        }
        return 0;
    }

    // "The lexical comparison is a comparison of ASCII values modified so that all the letters sort earlier than all
    // the
    // non-letters and so that a tilde sorts before anything, even the end of a part."
    private int weight(int index) {
        if (!isNonDigit(index)) {
            return 0;
        }
        char c = text.charAt(index);
        if (c == '~') {
            return -1;
        }
        return isLetter(c) ? c : c + 0x100;
    }

    private boolean isNonDigit(int index) {
        return index < text.length() && !isDigit(text.charAt(index));
    }

    private int afterZeros(int index) {
        int end = index;
        while (end < text.length() && text.charAt(end) == '0') {
            end++;
        }
        return end;
    }

    private int afterDigits(int index) {
        int end = index;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    /** The same for parts that are equal in order: of the text without the leading zeros of each number. */
    int hash() {
        int hash = 0;
        int index = 0;
        while (index < text.length()) {
            if (isNonDigit(index)) {
                hash = 31 * hash + text.charAt(index);
                index++;
            } else {
                int start = afterZeros(index);
                index = afterDigits(start);
                // "An empty string [...] counts as zero", so zero has the hash of nothing.
                hash = start == index
                        ? hash
                        : 31 * hash + text.substring(start, index).hashCode();
            }
        }
        return hash;
    }
}
