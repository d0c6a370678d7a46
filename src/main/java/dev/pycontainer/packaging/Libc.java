package dev.pycontainer.packaging;

/** The C library that a Python stands on, which decides between manylinux (PEP 600) and musllinux (PEP 656) wheels. */
public enum Libc {
    GLIBC("glibc", "manylinux"),
    MUSL("musl", "musllinux");

    private final String word;
    private final String platform;

    Libc(String word, String platform) {
        this.word = word;
        this.platform = platform;
    }

    /** What the platform tags of its wheels begin with. */
    String platform() {
        return platform;
    }

    @Override
    public String toString() {
        return word;
    }
}
