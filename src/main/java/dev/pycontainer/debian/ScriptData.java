package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What packages' scripts would have left in a fresh tree, as entries that are a function of the package's own files, its name,
 * the release and the architecture.
 *
 * <p>Above a base that is there already the scripts would keep what they find: whoever adds to one leaves such entries out.
 *
 * <p>An entry takes the place of what the package itself has there: base-files has {@code var/run} as a directory, which its
 * script replaces by a link. A directory that is there keeps what is in it.
 */
public final class ScriptData {

    private static final int STICKY = 01777;
    private static final int PRIVATE = 0700;

    private static final String CERTIFICATES = "usr/share/ca-certificates/";

    private static final Set<String> SUITES = Set.of("bookworm", "trixie");

    private static final Set<String> PACKAGES = Set.of(
            "base-files",
            "ca-certificates",
            "fontconfig-config",
            "libc-bin",
            "libblas3",
            "liblapack3",
            "mariadb-common",
            "python3.11-minimal",
            "python3.13-minimal",
            "readline-common",
            "tzdata",
            "unixodbc-common");

    private static final Map<String, String> MULTIARCH =
            Map.of("amd64", "x86_64-linux-gnu", "arm64", "aarch64-linux-gnu");

    private final String suite;
    private final String architecture;

    /**
     * @param suite the codename of the release, such as {@code trixie}
     * @param architecture Debian's name of it, such as {@code amd64}
     */
    public ScriptData(String suite, String architecture) {
        this.suite = suite;
        this.architecture = architecture;
    }

    /** Whether something is known that the package's scripts would leave, so that the package's files are worth a look. */
    public boolean isKnownFor(String packageName) {
        return SUITES.contains(suite) && PACKAGES.contains(packageName);
    }

    /** In the order of their paths' UTF-8 bytes; none for a package of which nothing is known. */
    public List<DataEntry> of(String packageName, PackageContent content) throws IOException {
        List<DataEntry> entries = new ArrayList<>(isKnownFor(packageName) ? entries(packageName, content) : List.of());
        entries.sort((a, b) -> Utf8Order.INSTANCE.compare(a.path(), b.path()));
        return List.copyOf(entries);
    }

    private List<DataEntry> entries(String packageName, PackageContent content) throws IOException {
        return switch (packageName) {
            case "base-files" -> root();
            case "ca-certificates" -> certificates(content);
            case "fontconfig-config" -> fonts();
            case "libc-bin" ->
                List.of(DataEntry.file(
                        "etc/nsswitch.conf", required(packageName, content, "usr/share/libc-bin/nsswitch.conf")));
            case "libblas3" -> library("libblas.so.3", "blas");
            case "liblapack3" -> library("liblapack.so.3", "lapack");
            case "mariadb-common" -> alternative("etc/mysql/my.cnf", "my.cnf", "/etc/mysql/mariadb.cnf");
            case "python3.11-minimal" -> List.of(DataEntry.link("usr/bin/python3", "python3.11"));
            case "python3.13-minimal" -> List.of(DataEntry.link("usr/bin/python3", "python3.13"));
            case "readline-common" ->
                List.of(DataEntry.file("etc/inputrc", required(packageName, content, "usr/share/readline/inputrc")));
            case "tzdata" -> timeZone();
            case "unixodbc-common" -> List.of(DataEntry.file("etc/odbcinst.ini", new byte[0]));
            default -> List.of();
        };
    }

    private static byte[] required(String packageName, PackageContent content, String file) throws IOException {
        if (!content.files().contains(file)) {
            throw BuildRefused.because("The Debian package " + packageName + " has no file \"" + file + "\".")
                    .why("its script would copy it to its place");
        }
        return content.read(file);
    }

    /** base-files and base-passwd, which is never unpacked. No shell reads the profiles, no login writes the logs. */
    private List<DataEntry> root() {
        List<DataEntry> entries = new ArrayList<>();
        for (String merged : List.of("bin", "lib", "sbin")) {
            entries.add(DataEntry.link(merged, "usr/" + merged));
        }
        if (architecture.equals("amd64")) {
            // The x86-64 psABI: programs name their loader /lib64/ld-linux-x86-64.so.2.
            entries.add(DataEntry.link("lib64", "usr/lib64"));
        }
        for (String directory : List.of(
                "boot",
                "dev",
                "etc/opt",
                "home",
                "media",
                "mnt",
                "opt",
                "proc",
                "run",
                "srv",
                "sys",
                "usr/local",
                "usr/local/bin",
                "usr/local/etc",
                "usr/local/games",
                "usr/local/include",
                "usr/local/lib",
                "usr/local/sbin",
                "usr/local/share",
                "usr/local/share/man",
                "usr/local/src",
                "var/opt")) {
            entries.add(DataEntry.directory(directory));
        }
        if (suite.equals("trixie")) {
            entries.add(DataEntry.directory("usr/local/libexec"));
        }
        entries.add(DataEntry.link("usr/local/man", "share/man"));
        entries.add(DataEntry.directory("root", PRIVATE));
        entries.add(DataEntry.directory("tmp", STICKY));
        entries.add(DataEntry.directory("var/tmp", STICKY));
        entries.add(DataEntry.directory("run/lock", STICKY));
        entries.add(DataEntry.link("var/run", "/run"));
        entries.add(DataEntry.link("var/lock", "/run/lock"));
        entries.add(DataEntry.link("etc/dpkg/origins/default", "debian"));
        entries.addAll(accounts());
        return entries;
    }

    /** base-passwd's numbers, for those that files and services in an image have; and the product's own user. */
    private static List<DataEntry> accounts() {
        return List.of(
                DataEntry.file("etc/passwd", """
                        root:x:0:0:root:/root:/usr/sbin/nologin
                        www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
                        nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
                        nonroot:x:65532:65532:nonroot:/home/nonroot:/usr/sbin/nologin
                        """.getBytes(StandardCharsets.UTF_8)),
                DataEntry.file("etc/group", """
                        root:x:0:
                        tty:x:5:
                        mail:x:8:
                        www-data:x:33:
                        shadow:x:42:
                        utmp:x:43:
                        staff:x:50:
                        nogroup:x:65534:
                        nonroot:x:65532:
                        """.getBytes(StandardCharsets.UTF_8)),
                new DataEntry("home/nonroot", DataEntry.Kind.DIRECTORY, 0775, 65532, 0, ""));
    }

    /**
     * As update-ca-certificates writes it where no list was before: sorted by bytes, each certificate ended by a line feed. The
     * links beside the bundle are for programs that look certificates up by hash, and openssl writes them.
     */
    private static List<DataEntry> certificates(PackageContent content) throws IOException {
        List<String> files = new ArrayList<>(content.files());
        files.removeIf(it -> !it.startsWith(CERTIFICATES) || !it.endsWith(".crt"));
        if (files.isEmpty()) {
            throw BuildRefused.because("The Debian package ca-certificates has no certificate.")
                    .why("below " + CERTIFICATES + " there is no file .crt");
        }
        files.sort(Utf8Order.INSTANCE);
        StringBuilder bundle = new StringBuilder();
        StringBuilder list = new StringBuilder("""
                # This file lists certificates that you wish to use or to ignore to be
                # installed in /etc/ssl/certs.
                # update-ca-certificates(8) will update /etc/ssl/certs by reading this file.
                #
                # This is autogenerated by dpkg-reconfigure ca-certificates.
                # Certificates should be installed under /usr/share/ca-certificates
                # and files with extension '.crt' is recognized as available certs.
                #
                # line begins with # is comment.
                # line begins with ! is certificate filename to be deselected.
                #
                """);
        for (String file : files) {
            String certificate = new String(content.read(file), StandardCharsets.ISO_8859_1);
            bundle.append(certificate).append(certificate.isEmpty() || certificate.endsWith("\n") ? "" : "\n");
            list.append(file, CERTIFICATES.length(), file.length()).append('\n');
        }
        return List.of(
                DataEntry.file(
                        "etc/ssl/certs/ca-certificates.crt", bundle.toString().getBytes(StandardCharsets.ISO_8859_1)),
                DataEntry.file("etc/ca-certificates.conf", list.toString().getBytes(StandardCharsets.UTF_8)),
                // openssl's own, by which OpenSSL and so Python find the bundle: its built-in directory is
                // /usr/lib/ssl.
                DataEntry.link("usr/lib/ssl/cert.pem", "/etc/ssl/certs/ca-certificates.crt"),
                DataEntry.link("usr/lib/ssl/certs", "/etc/ssl/certs"));
    }

    private List<DataEntry> timeZone() {
        DataEntry zone = DataEntry.link("etc/localtime", "/usr/share/zoneinfo/Etc/UTC");
        // Later releases only keep a file that is there.
        return suite.equals("bookworm")
                ? List.of(zone, DataEntry.file("etc/timezone", "Etc/UTC\n".getBytes(StandardCharsets.UTF_8)))
                : List.of(zone);
    }

    private List<DataEntry> library(String name, String directory) {
        String triplet = MULTIARCH.get(architecture);
        if (triplet == null) {
            throw BuildRefused.because("Where " + name + " lies on the architecture " + architecture + " is not known.")
                    .why("known are " + String.join(" and ", new TreeSet<>(MULTIARCH.keySet())));
        }
        String libraries = "usr/lib/" + triplet + "/";
        return alternative(libraries + name, name + "-" + triplet, "/" + libraries + directory + "/" + name);
    }

    /** The two links of update-alternatives(1), for the only one or the one that precedes. */
    private static List<DataEntry> alternative(String link, String name, String path) {
        return List.of(
                DataEntry.link(link, "/etc/alternatives/" + name), DataEntry.link("etc/alternatives/" + name, path));
    }

    /** The answers that its questions have by default: slight hinting, no bitmap fonts. */
    private List<DataEntry> fonts() {
        String bitmaps = suite.equals("bookworm") ? "70-no-bitmaps.conf" : "70-no-bitmaps-except-emoji.conf";
        return List.of(available("10-hinting-slight.conf"), available(bitmaps));
    }

    private static DataEntry available(String configuration) {
        return DataEntry.link("etc/fonts/conf.d/" + configuration, "/usr/share/fontconfig/conf.avail/" + configuration);
    }
}
