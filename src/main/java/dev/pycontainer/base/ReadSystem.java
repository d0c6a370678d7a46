package dev.pycontainer.base;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.debian.DebianPackage;
import dev.pycontainer.debian.DebianSuite;
import dev.pycontainer.debian.InstalledFiles;
import dev.pycontainer.debian.InstalledFilesForm;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.rootfs.FileTree;
import dev.pycontainer.store.Flights;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Reads from a base's layers the Debian system that it is, so that packages can be added to it; a base that is none is refused
 * by name.
 *
 * <p>The layers of one base are read once ever: what they told is remembered by the digest of its configuration, which names
 * them all. What is large and seldom asked for is remembered apart.
 */
public final class ReadSystem {

    /** Raised whenever the same layers would tell something else. */
    private static final int RULES_VERSION = 1;

    private static final String SYSTEM = "base-system";
    private static final String FILES = "base-files";
    private static final String RECORDS = "base-records";

    private final Remembered remembered;

    public ReadSystem(Remembered remembered) {
        this.remembered = remembered;
    }

    /** What the base is, and what is installed in it. */
    public BaseSystem of(Base base) throws IOException {
        Digest config = Digest.of(base.config().bytes());
        return remembered
                .flights()
                .once(
                        Flights.Kind.READING,
                        key(config),
                        () -> recalled(config),
                        () -> read(base, config).system());
    }

    private Optional<BaseSystem> recalled(Digest config) throws IOException {
        Optional<byte[]> known = remembered.recall(SYSTEM, key(config));
        return known.isPresent() ? Optional.of(BaseSystemForm.read(config, known.get())) : Optional.empty();
    }

    /** What lies in the base, and whose it is. */
    public InstalledFiles files(Base base) throws IOException {
        Digest config = Digest.of(base.config().bytes());
        Optional<byte[]> known = remembered.recall(FILES, key(config));
        return known.isPresent()
                ? InstalledFilesForm.read(known.get())
                : read(base, config).records().files();
    }

    /** The files of dpkg's own record that change with every package, by their paths; none in another form of record. */
    public SortedMap<String, byte[]> records(Base base) throws IOException {
        Digest config = Digest.of(base.config().bytes());
        Optional<byte[]> known = remembered.recall(RECORDS, key(config));
        return known.isPresent()
                ? BaseSystemForm.readRecords(known.get())
                : read(base, config).records().extended();
    }

    private record Read(BaseSystem system, ReadRecords records) {}

    private static Digest key(Digest config) {
        return Digest.of(SYSTEM + RULES_VERSION + "\0" + config);
    }

    private Read read(Base base, Digest config) throws IOException {
        try {
            BaseFiles files = BaseFiles.read(base.layers(), ReadRecords.LIKELY);
            DebianSuite suite = suite(files);
            requireMergedUsr(files);
            ReadRecords records = ReadRecords.of(files);
            String architecture = architecture(base.config().platform(), records.installed());
            Read read =
                    new Read(new BaseSystem(config, suite, architecture, records.form(), records.installed()), records);
            remembered.keep(FILES, key(config), InstalledFilesForm.write(records.files()));
            remembered.keep(RECORDS, key(config), BaseSystemForm.write(records.extended()));
            remembered.keep(SYSTEM, key(config), BaseSystemForm.write(read.system()));
            return read;
        } catch (BuildRefused refused) {
            throw refused.in("base " + base.reference());
        }
    }

    private static DebianSuite suite(BaseFiles files) throws IOException {
        // os-release(5): "The file /etc/os-release takes precedence over /usr/lib/os-release."
        Optional<FileTree.Found> file = files.find("/etc/os-release")
                .or(() -> files.find("/usr/lib/os-release"))
                .filter(found -> found.node().isFile());
        if (file.isEmpty()) {
            throw noPackageFits("The base does not say that it is Debian, and only to Debian packages can be added.")
                    .why("it has no /etc/os-release");
        }
        OsRelease release = OsRelease.parse(new String(ReadRecords.content(files, file.get()), StandardCharsets.UTF_8));
        if (!release.id().equals("debian")) {
            throw noPackageFits("The base is " + release.name() + ", and only to Debian packages can be added.")
                    .why(file.get().path() + " has ID=" + release.id());
        }
        String codename = release.codename().orElse("");
        if (!DebianSuite.codenames().contains(codename)) {
            throw BuildRefused.because("The base is "
                            + (codename.isEmpty() ? release.name() + " without a codename" : "Debian " + codename)
                            + ", to which no package can be added.")
                    .why("known are " + String.join(" and ", DebianSuite.codenames())
                            + ": what scripts would do, and where files lie, differs between releases")
                    .todo("use a variant of the image for one of them, such as python:3.13-slim-trixie");
        }
        return DebianSuite.named(codename);
    }

    private static BuildRefused noPackageFits(String what) {
        return BuildRefused.because(what)
                .todo(
                        "use the Debian variant of the image, such as python:3.13-slim, or install what is needed in an image of"
                                + " your own with the distribution's package manager, and make that the base");
    }

    /** base-files' list: links that must be there, and those that may not be anything else. */
    private static void requireMergedUsr(BaseFiles files) {
        for (String name : List.of("lib", "bin", "sbin", "lib64")) {
            Optional<FileTree.Found> found = files.findName("/" + name);
            boolean merged = found.filter(it -> it.node().isLink()).isPresent()
                    && files.find("/" + name)
                            .filter(it -> it.path().equals("/usr/" + name))
                            .isPresent();
            if (!merged && (found.isPresent() || name.equals("lib"))) {
                throw BuildRefused.because("The base's /" + name + " is no link to /usr/" + name
                                + ", and to such a system no package can be added.")
                        .why("Debian 12 and later have a merged /usr, and packages are unpacked for it")
                        .todo(
                                "use a base that is made of Debian packages as debootstrap does, such as python:3.13-slim; of"
                                        + " distroless' images those of Debian 13 have such links");
            }
        }
    }

    private static String architecture(Platform platform, List<DebianPackage> installed) {
        String architecture = switch (platform.normalized().toString()) {
            case "linux/386" -> "i386";
            case "linux/arm/v5" -> "armel";
            case "linux/arm/v7" -> "armhf";
            case "linux/ppc64le" -> "ppc64el";
            default -> platform.architecture();
        };
        Set<String> told = new TreeSet<>();
        installed.stream()
                .map(DebianPackage::architecture)
                .filter(it -> !it.equals("all"))
                .forEach(told::add);
        if (!told.isEmpty() && !told.contains(architecture)) {
            throw BuildRefused.because("The base says that it is " + platform + ", but its packages are for "
                            + String.join(" and ", told) + ".")
                    .why("Debian's name of " + platform + " is " + architecture)
                    .todo("use a base whose packages are for its own platform");
        }
        return architecture;
    }
}
