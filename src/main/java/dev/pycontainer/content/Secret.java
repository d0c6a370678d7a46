package dev.pycontainer.content;

/** A password or token. Its text never appears in a log: Maven prints injected values with {@code toString}. */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "****";
    }
}
