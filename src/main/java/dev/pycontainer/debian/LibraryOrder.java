package dev.pycontainer.debian;

/** How the loader compares the names of libraries, by which it searches its cache: numbers by their value, not their digits. */
final class LibraryOrder {

    private LibraryOrder() {}

    /**
     * Below zero, zero or above, for names in ASCII. Numbers are {@code int}s that overflow, as the loader's are; so this is no order
     * that a sorting of the JDK could be trusted with.
     */
    static int compare(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length()) {
            boolean number = isDigit(left, i);
            if (number != isDigit(right, j)) {
                return number ? 1 : -1;
            }
            if (number) {
                int x = 0;
                int y = 0;
                for (; isDigit(left, i); i++) {
                    x = x * 10 + left.charAt(i) - '0';
                }
                for (; isDigit(right, j); j++) {
                    y = y * 10 + right.charAt(j) - '0';
                }
                if (x != y) {
                    return x - y;
                }
            } else if (left.charAt(i) != at(right, j)) {
                return left.charAt(i) - at(right, j);
            } else {
                i++;
                j++;
            }
        }
        return -at(right, j);
    }

    private static boolean isDigit(String name, int at) {
        return at(name, at) >= '0' && at(name, at) <= '9';
    }

    private static char at(String name, int at) {
        return at < name.length() ? name.charAt(at) : 0;
    }
}
