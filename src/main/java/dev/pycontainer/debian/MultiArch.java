package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;

/** How a package of one architecture may serve those of another: deb-control(5), field {@code Multi-Arch}. */
public enum MultiArch {
    /** "This value is the default when the field is omitted". */
    NO("no"),
    SAME("same"),
    FOREIGN("foreign"),
    ALLOWED("allowed");

    private final String word;

    MultiArch(String word) {
        this.word = word;
    }

    /** As the field has it. */
    String word() {
        return word;
    }

    static MultiArch parse(String text) {
        for (MultiArch value : values()) {
            if (value.word.equals(text)) {
                return value;
            }
        }
        throw BuildRefused.because("\"" + Excerpt.of(text) + "\" is not a value of the field Multi-Arch.")
                .why("it is one of no, same, foreign and allowed");
    }
}
