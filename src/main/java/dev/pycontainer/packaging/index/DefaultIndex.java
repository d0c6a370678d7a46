package dev.pycontainer.packaging.index;

/** The index that is asked where a lock names none: the only public host that the product knows. */
final class DefaultIndex {

    /** The base URL of the simple API, without a slash at its end. */
    static final String URL = "https://pypi.org/simple";

    private DefaultIndex() {}
}
