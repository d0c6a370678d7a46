package dev.pycontainer.packaging.index;

/** What an index says in its own words, fit to be shown: one line, no control characters, not too long. */
final class IndexWords {

    private static final int LONGEST = 300;

    private IndexWords() {}

    static String shown(String words) {
        String line = words.replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
