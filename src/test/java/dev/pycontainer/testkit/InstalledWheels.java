package dev.pycontainer.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The files that wheels own in a virtual environment, as their RECORDs list them, in a form that two installers' work
 * can be compared by: content and mode of each file, and only the meaning of what an installer writes itself.
 */
public final class InstalledWheels {

    private static final Pattern SCRIPT = Pattern.compile(
            "(?s)(?<shebang>#![^\\n]*)\\n.*from (?<module>[\\w.]+) import (?<name>\\w+).*sys\\.exit\\((?<call>[\\w.]+)\\(\\)\\).*");

    private final Path rootfs;
    private final Path prefix;
    private final Map<String, String> files = new TreeMap<>();
    private final Set<String> requested = new TreeSet<>();

    private InstalledWheels(Path rootfs, Path prefix) {
        this.rootfs = rootfs;
        this.prefix = prefix;
    }

    /**
     * Reads {@code /opt/venv}.
     *
     * @param rootfs the root of an image's files
     * @param exceptProject the project's own name, normalised as in its dist-info; its files are left out
     */
    public static InstalledWheels in(Path rootfs, String exceptProject) throws IOException {
        InstalledWheels wheels = new InstalledWheels(rootfs, rootfs.resolve("opt/venv"));
        Path sitePackages = wheels.prefix.resolve("lib/python3.11/site-packages");
        try (Stream<Path> entries = Files.list(sitePackages)) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (name.endsWith(".dist-info") && !name.startsWith(exceptProject + "-")) {
                    wheels.add(entry);
                }
            }
        }
        return wheels;
    }

    /** From path below the prefix to mode and content; without REQUESTED. */
    public Map<String, String> files() {
        return files;
    }

    /** The paths of the REQUESTED files, which say that a user asked for the package. */
    public Set<String> requested() {
        return requested;
    }

    private void add(Path distInfo) throws IOException {
        Path record = distInfo.resolve("RECORD");
        Set<String> scripts = entryPointScripts(distInfo);
        Set<String> rows = new TreeSet<>();
        try (Reader reader = Files.newBufferedReader(record);
                CSVParser parser = CSVParser.parse(reader, CSVFormat.DEFAULT)) {
            for (CSVRecord row : parser) {
                Path file = distInfo.resolveSibling(row.get(0)).normalize();
                String path = prefix.relativize(file).toString();
                if (path.endsWith(".dist-info/REQUESTED")) {
                    requested.add(path);
                } else {
                    boolean installersOwn =
                            file.equals(record) || file.equals(distInfo.resolve("INSTALLER")) || scripts.contains(path);
                    rows.add(installersOwn ? path + " by the installer" : path + " " + row.get(1) + " " + row.get(2));
                    files.put(path, mode(file) + " " + (installersOwn ? "" : sha256(file)));
                }
            }
        }
        for (String script : scripts) {
            files.put(script, mode(prefix.resolve(script)) + " " + meaning(Files.readString(prefix.resolve(script))));
        }
        files.put(prefix.relativize(record).toString(), mode(record) + " " + String.join("\n", rows));
    }

    /** {@code bin/NAME} for each entry of the groups that become scripts. */
    private static Set<String> entryPointScripts(Path distInfo) throws IOException {
        Path file = distInfo.resolve("entry_points.txt");
        Set<String> scripts = new HashSet<>();
        if (Files.exists(file)) {
            String group = "";
            for (String line : Files.readAllLines(file, UTF_8)) {
                if (line.strip().startsWith("[")) {
                    group = line.strip();
                } else if (line.contains("=")
                        && Set.of("[console_scripts]", "[gui_scripts]").contains(group)) {
                    scripts.add("bin/" + line.substring(0, line.indexOf('=')).strip());
                }
            }
        }
        return scripts;
    }

    private static String meaning(String script) {
        Matcher matcher = SCRIPT.matcher(script);
        if (!matcher.matches()) {
            throw new AssertionError("This is no entry point script as installers write it:\n" + script);
        }
        return Stream.of("shebang", "module", "name", "call")
                .map(matcher::group)
                .collect(Collectors.joining(" "));
    }

    private String mode(Path file) throws IOException {
        if (!file.startsWith(rootfs)) {
            throw new AssertionError(file + " lies outside of " + rootfs);
        }
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
