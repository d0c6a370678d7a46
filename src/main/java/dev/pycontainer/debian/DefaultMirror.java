package dev.pycontainer.debian;

/** The mirror that is asked where none is configured: the only host of Debian's that the product knows. */
public final class DefaultMirror {

    private static final String HOST = "https://deb.debian.org/";

    /** The archive of the releases and their updates. */
    public static final String MAIN = HOST + "debian";

    /** The archive of security updates. */
    public static final String SECURITY = HOST + "debian-security";

    private DefaultMirror() {}
}
