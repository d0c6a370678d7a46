package dev.pycontainer.debian;

import dev.pycontainer.archive.ArArchive;
import dev.pycontainer.archive.ArMember;
import dev.pycontainer.archive.PackedStream;
import dev.pycontainer.archive.TarEntry;
import dev.pycontainer.archive.TarLimits;
import dev.pycontainer.archive.TarReader;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Debian binary package of format 2, as in deb(5): {@code debian-binary}, {@code control.tar} and {@code data.tar}, in this order.
 *
 * <p>Read as hostile input: one of each, no member of another name before {@code data.tar}, unless it begins with an underscore, and
 * none of the kind again behind it. What a package holds is bounded whatever it says of itself.
 *
 * <p>Several threads may read one package.
 */
public final class DebFile implements Closeable {

    private static final Pattern VERSION = Pattern.compile("([0-9]{1,9})\\.[0-9]{1,9}\n(?s:.*)");
    private static final int LONGEST_VERSION = 4096;

    private static final String CONTROL = "control.tar";
    private static final String DATA = "data.tar";

    /** Some twenty names have a meaning. They are held in memory: the longest md5sums have 10 MB. */
    private static final TarLimits CONTROL_LIMITS = new TarLimits(100, 255, 1 << 16);

    private static final long LARGEST_CONTROL = 32L << 20;

    /** The icon themes, which have the most files, have some 100,000. */
    private static final TarLimits DATA_LIMITS = new TarLimits(500_000, 4096, 1 << 20);

    private final ArArchive archive;
    private final String name;
    private final ArMember control;
    private final ArMember data;

    private DebFile(ArArchive archive, String name) throws IOException {
        this.archive = archive;
        this.name = name;
        Iterator<ArMember> members = archive.members().iterator();
        readVersion(archive, members);
        this.control = next(members, CONTROL);
        this.data = next(members, DATA);
        members.forEachRemaining(DebFile::requireNoneOfTheKind);
    }

    /** @param name what the package is called in messages, such as its file name */
    public static DebFile open(Path file, String name) throws IOException {
        ArArchive archive = ArArchive.open(file, name);
        try {
            return new DebFile(archive, name);
        } catch (BuildRefused refused) {
            archive.close();
            throw refused.in(name);
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /**
     * The content of the files in {@code control.tar} by their names, {@code control} always among them: 32 MiB at most.
     *
     * @throws BuildRefused also for what is neither a file nor the tar's own root, as dpkg refuses it
     */
    public SortedMap<String, byte[]> control() throws IOException {
        try (TarReader tar = new TarReader(unpacked(control), CONTROL_LIMITS)) {
            SortedMap<String, byte[]> files = new TreeMap<>(Utf8Order.INSTANCE);
            long size = 0;
            for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
                TarEntry entry = next.get();
                if (entry.path().isEmpty()) {
                    continue;
                }
                if (!entry.isFile() || entry.path().indexOf('/') >= 0) {
                    throw BuildRefused.because("The entry \"" + entry.path() + "\" is no plain file.");
                }
                size += entry.size();
                if (size > LARGEST_CONTROL || size < 0) {
                    throw BuildRefused.because(
                            "The files are larger than " + LARGEST_CONTROL + " bytes together, the limit for them.");
                }
                if (files.put(entry.path(), tar.content().readAllBytes()) != null) {
                    throw BuildRefused.because("There are two files \"" + entry.path() + "\".");
                }
            }
            if (!files.containsKey("control")) {
                throw BuildRefused.because("There is no file \"control\".");
            }
            return Collections.unmodifiableSortedMap(files);
        } catch (BuildRefused refused) {
            throw refused.in(control.name()).in(name);
        }
    }

    /**
     * The package's files as a tar that is unpacked while it is read; closing it closes nothing of the package.
     *
     * <p>Owners, links and kinds are for the reader to judge. Its refusals do not know the package's name: whoever reads adds it.
     */
    public TarReader data() {
        return new TarReader(unpacked(data), DATA_LIMITS);
    }

    /** What the package is called in messages. */
    public String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }

    private InputStream unpacked(ArMember member) {
        return PackedStream.open(archive.stream(member), member.name(), member.size());
    }

    /** Lines may follow the version, and a greater minor version changes nothing for its readers. */
    private static void readVersion(ArArchive archive, Iterator<ArMember> members) throws IOException {
        ArMember first = members.hasNext() ? members.next() : null;
        if (first == null || !first.name().equals("debian-binary")) {
            throw BuildRefused.because("The file is no Debian package.").why("its first member is not debian-binary");
        }
        byte[] bytes = archive.stream(first).readNBytes(LONGEST_VERSION);
        Matcher version = VERSION.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        if (!version.matches()) {
            throw BuildRefused.because("The file is no Debian package.").why("its debian-binary holds no version");
        }
        if (!version.group(1).equals("2")) {
            throw BuildRefused.because("The Debian package has a format of major version " + version.group(1) + ".")
                    .why("what is read here is format 2");
        }
    }

    private static ArMember next(Iterator<ArMember> members, String kind) {
        while (members.hasNext()) {
            ArMember member = members.next();
            if (isOf(kind, member)) {
                PackedStream.requireForm(member.name());
                return member;
            }
            // deb(5): what older programs can safely ignore begins with an underscore.
            if (!member.name().startsWith("_")) {
                throw BuildRefused.because(
                        "The Debian package has a member \"" + member.name() + "\" where its " + kind + " should be.");
            }
        }
        throw BuildRefused.because("The Debian package has no " + kind + ".");
    }

    private static void requireNoneOfTheKind(ArMember member) {
        for (String kind : List.of(CONTROL, DATA)) {
            if (isOf(kind, member)) {
                throw BuildRefused.because("The Debian package has two members " + kind + ".")
                        .why("\"" + member.name() + "\" follows where the package should be complete");
            }
        }
    }

    private static boolean isOf(String kind, ArMember member) {
        return member.name().equals(kind) || member.name().startsWith(kind + ".");
    }
}
