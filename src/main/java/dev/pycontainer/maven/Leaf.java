package dev.pycontainer.maven;

/**
 * One parameter that holds a value, by its dotted path, such as {@code container.environment}.
 *
 * @param kind how its text is read
 * @param meaning one sentence for the reader of the documentation
 */
record Leaf(String path, Kind kind, String meaning) {

    /** Whether an image may be another where this is another: credentials and the places of things make no difference. */
    boolean isInput() {
        return !path.contains(".auth.")
                && !path.startsWith("cache.")
                && !path.startsWith("plan.")
                && !path.startsWith("tar.")
                && !path.equals("outputDirectory")
                && !path.equals("skip")
                && !path.equals("allowInsecureRegistries");
    }

    enum Kind {
        /** Any text. */
        TEXT,
        /** {@code true} or {@code false}. */
        FLAG,
        /** A whole number. */
        NUMBER,
        /** Comma separated, {@code \,} for a comma; or one XML child per value. */
        LIST,
        /** {@code key=value} pairs, comma separated; or one XML child per key. */
        MAP,
        /** One XML child per structure, with a child per field; or comma separated, each as {@code field=value} words. */
        STRUCTURES
    }
}
