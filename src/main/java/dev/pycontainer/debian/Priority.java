package dev.pycontainer.debian;

/** How much a package belongs to a system, the most first: Debian Policy Manual, section 2.5. */
public enum Priority {
    REQUIRED("required"),
    IMPORTANT("important"),
    STANDARD("standard"),
    OPTIONAL("optional"),
    // "deprecated"
    EXTRA("extra"),
    UNKNOWN("unknown");

    private final String word;

    Priority(String word) {
        this.word = word;
    }

    /** As the field has it. */
    String word() {
        return word;
    }

    /** The priority of this name; one of somebody's own is unknown, as it is to dpkg. */
    static Priority named(String text) {
        for (Priority value : values()) {
            if (value.word.equals(text)) {
                return value;
            }
        }
        return UNKNOWN;
    }
}
