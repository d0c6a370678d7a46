package dev.pycontainer.debian;

/** A script that is beyond the shell that is read here; it never leaves this room. */
final class NotUnderstood extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;

    NotUnderstood(int line) {
        this.line = line;
    }

    /** Where it is, from 1. */
    int line() {
        return line;
    }
}
