package dev.pycontainer.packaging.index;

/** The index that is asked where a lock names none: the only public host that the product knows. */
public final class DefaultIndex {

    /** The base URL of the simple API, without a slash at its end. */
    static final String URL = "https://pypi.org/simple";

    private DefaultIndex() {}

    /** Whether a lock that names this URL means the default index. */
    public static boolean is(String url) {
        return URL.equals(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }
}
