package dev.pycontainer.testkit;

import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A signed archive of Debian packages in a directory, as a mirror holds it. */
public final class TestArchive {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path directory;
    private final ReleaseKey key;
    private final Instant date;
    private final Map<String, List<String>> paragraphs = new LinkedHashMap<>();

    /** An archive with the distributions of one suite, all of them empty. */
    public TestArchive(Path directory, String suite, ReleaseKey key, Instant date) {
        this.directory = directory;
        this.key = key;
        this.date = date;
        for (String distribution : List.of(suite, suite + "-updates", suite + "-security")) {
            paragraphs.put(distribution, new ArrayList<>());
        }
    }

    /**
     * Puts a package into the pool and its paragraph into the list.
     *
     * @param fields of its control file besides Package, Version and Architecture
     */
    public TestArchive add(
            String distribution, String name, String version, String architecture, String fields, byte[] dataTar)
            throws IOException {
        String control =
                "Package: %s\nVersion: %s\nArchitecture: %s\n%s".formatted(name, version, architecture, fields);
        byte[] deb = DebBytes.of(Map.of("control", control), dataTar);
        String path = "pool/main/%s_%s_%s.deb".formatted(name, version.replaceFirst("^[0-9]+:", ""), architecture);
        write(path, deb);
        return list(
                distribution,
                control
                        + "Filename: %s\nSize: %d\nSHA256: %s\n"
                                .formatted(path, deb.length, Digest.of(deb).hex()));
    }

    /** Puts a paragraph into a distribution's list, whatever it says. */
    public TestArchive list(String distribution, String paragraph) {
        paragraphs.get(distribution).add(paragraph);
        return this;
    }

    /** Writes and signs every distribution; returns the mirror's root. */
    public Path signed(String architecture) throws IOException {
        return signed(architecture, Optional.empty());
    }

    public Path signed(String architecture, Optional<Instant> validUntil) throws IOException {
        for (Map.Entry<String, List<String>> distribution : paragraphs.entrySet()) {
            byte[] packages =
                    DebBytes.xz(String.join("\n", distribution.getValue()).getBytes(StandardCharsets.UTF_8));
            String list = "main/binary-" + architecture + "/Packages.xz";
            String dists = "dists/" + distribution.getKey() + "/";
            write(dists + list, packages);
            write(
                    dists + "main/binary-" + architecture + "/by-hash/SHA256/"
                            + Digest.of(packages).hex(),
                    packages);
            write(dists + "InRelease", key.signed(release(distribution.getKey(), list, packages, validUntil), date));
        }
        return directory;
    }

    private String release(String distribution, String list, byte[] packages, Optional<Instant> validUntil) {
        return """
                Origin: Debian
                Suite: stable
                Codename: %s
                Date: %s
                %sAcquire-By-Hash: yes
                SHA256:
                 %s %d %s
                """.formatted(
                        distribution,
                        DATE.format(date),
                        validUntil
                                .map(until -> "Valid-Until: " + DATE.format(until) + "\n")
                                .orElse(""),
                        Digest.of(packages).hex(),
                        packages.length,
                        list);
    }

    private void write(String path, byte[] content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
