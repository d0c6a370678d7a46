package dev.pycontainer.testkit;

import dev.pycontainer.debian.DefaultMirror;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where this machine's apt has Debian's archive from, so that the tests ask no other mirror; what it does not say is where the
 * product itself would look.
 *
 * @param main the URL of the archive
 * @param security that of its security updates
 */
record AptMirrors(String main, String security) {

    /** What apt would download first: {@code 'URL/dists/trixie/InRelease' …}. */
    private static final Pattern RELEASE =
            Pattern.compile("(?m)^'(?<url>[^']+?)/dists/(?:bookworm|trixie)(?<security>-security)?/InRelease'");

    private static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /** As apt is configured, with or without lists that it has downloaded. */
    static AptMirrors ofThisMachine() {
        String main = DefaultMirror.MAIN;
        String security = DefaultMirror.SECURITY;
        Matcher release =
                RELEASE.matcher(Command.of("apt-get", "update", "--print-uris").run());
        while (release.find()) {
            if (release.group("security") == null) {
                main = release.group("url");
            } else {
                security = release.group("url");
            }
        }
        return new AptMirrors(main, security);
    }

    /** The lines of {@code sources.list} for a release with its updates. */
    List<String> sources(String suite) {
        String deb = "deb [signed-by=" + KEYRING + "] ";
        return List.of(
                deb + main + " " + suite + " main",
                deb + main + " " + suite + "-updates main",
                deb + security + " " + suite + "-security main");
    }
}
