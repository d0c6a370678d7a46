package dev.pycontainer.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Debian's own tools, which tell what a root that they have not made ought to be. */
public final class Dpkg {

    private Dpkg() {}

    /**
     * The packages that dpkg-query finds installed, each as {@code NAME VERSION}, sorted.
     *
     * @param rootfs with a file for each package in {@code var/lib/dpkg/status.d}
     * @param scratch a directory, made here, for the one file that dpkg-query reads
     */
    public static List<String> installed(Path rootfs, Path scratch) {
        try (Stream<Path> records = Files.list(rootfs.resolve("var/lib/dpkg/status.d"))) {
            StringBuilder status = new StringBuilder();
            for (Path file :
                    (Iterable<Path>) records.filter(each -> !each.toString().endsWith(".md5sums"))::iterator) {
                status.append(Files.readString(file).strip()).append("\nStatus: install ok installed\n\n");
            }
            Files.createDirectories(scratch.resolve("info"));
            Files.createDirectories(scratch.resolve("updates"));
            Files.writeString(scratch.resolve("status"), status);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Command.of(
                        "dpkg-query",
                        "--admindir=" + scratch,
                        "--show",
                        "--showformat=${db:Status-Abbrev}${Package} ${Version}\n")
                .run()
                .lines()
                .map(line -> line.replaceFirst("^ii +", ""))
                .sorted()
                .toList();
    }

    /**
     * Unpacks packages as mmdebstrap does, and runs none of their scripts.
     *
     * @param packages each as {@code NAME VERSION}
     * @param without packages that are left out, though others depend on them
     * @param root a directory, made here
     */
    public static Path unpack(String suite, List<String> packages, List<String> without, Path root) {
        // What is there need not be unpacked; and the links of a merged /usr, which a script makes in bookworm.
        String status = without.stream().map(name -> """
                        Package: %s
                        Status: install ok installed
                        Architecture: amd64
                        Version: 999
                        Maintainer: none
                        Provides: awk, debconf-2.0
                        Description: left out

                        """.formatted(name)).collect(Collectors.joining());
        String hook = """
                for name in bin lib lib64 sbin; do mkdir -p "$1/usr/$name"; ln -s "usr/$name" "$1/$name"; done
                printf '%s' "$PRESENT" > "$1/var/lib/dpkg/status"
                """;
        List<Object> words = new ArrayList<>(List.of(
                "mmdebstrap",
                "--quiet",
                "--mode=root",
                "--variant=extract",
                "--architectures=amd64",
                "--skip=output/dev",
                "--setup-hook=" + hook,
                "--include=" + packages.stream().map(it -> it.replace(' ', '=')).collect(Collectors.joining(",")),
                suite,
                root));
        words.addAll(AptMirrors.ofThisMachine().sources(suite));
        Command.of(words.toArray()).with("PRESENT", status).run();
        return root;
    }
}
