package dev.pycontainer.debian;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Suites of a few packages, each written as {@code name version} and the fields that matter. */
final class TinyArchive {

    private final String architecture;
    private final Map<String, List<String>> suites = new LinkedHashMap<>();
    private String suite = "trixie";

    TinyArchive(String architecture) {
        this.architecture = architecture;
    }

    static TinyArchive amd64() {
        return new TinyArchive("amd64");
    }

    /** What follows belongs to this suite. */
    TinyArchive in(String name) {
        suite = name;
        return this;
    }

    /** Adds a package; the fields may name another architecture. */
    TinyArchive has(String nameAndVersion, String... fields) {
        String[] words = nameAndVersion.split(" ", 2);
        String text = paragraph(architecture, nameAndVersion, fields)
                + "Filename: pool/" + words[0] + "_" + words[1].replace(':', '_') + ".deb\n"
                + "Size: 100\n"
                + "SHA256: " + "0".repeat(64) + "\n";
        suites.computeIfAbsent(suite, it -> new ArrayList<>()).add(text);
        return this;
    }

    PackageIndex index() {
        return read(suites);
    }

    /** The same packages in another order. */
    PackageIndex shuffled(long seed) {
        Map<String, List<String>> shuffled = new LinkedHashMap<>();
        suites.forEach((suite, paragraphs) -> {
            List<String> other = new ArrayList<>(paragraphs);
            Collections.shuffle(other, new Random(seed));
            shuffled.put(suite, other);
        });
        return read(shuffled);
    }

    private PackageIndex read(Map<String, List<String>> paragraphs) {
        List<PackageList> lists = new ArrayList<>();
        paragraphs.forEach((suite, texts) -> lists.add(list(suite, String.join("\n", texts))));
        try {
            return PackageIndex.read(architecture, lists);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PackageList list(String suite, String text) {
        return new PackageList(suite, () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A package as a base has it, or as its own control file tells it. */
    static DebianPackage installed(String nameAndVersion, String... fields) {
        String text = paragraph("amd64", nameAndVersion, fields) + "Status: install ok installed\n";
        try {
            return DebianPackage.of(
                    ReadControl.only(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "status"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String paragraph(String architecture, String nameAndVersion, String... fields) {
        String[] words = nameAndVersion.split(" ", 2);
        String own = String.join("\n", fields);
        return "Package: " + words[0] + "\nVersion: " + words[1] + "\n"
                + (own.contains("Architecture:") ? "" : "Architecture: " + architecture + "\n")
                + (own.isEmpty() ? "" : own + "\n");
    }
}
