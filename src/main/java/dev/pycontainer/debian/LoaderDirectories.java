package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The directories that ldconfig(8) searches: those of {@code ld.so.conf} and of the files that it includes, then the system's own. */
public final class LoaderDirectories {

    private static final String CONFIGURATION = "/etc/ld.so.conf";
    private static final int MOST_FILES = 1000;
    private static final Pattern BLANKS = Pattern.compile("[ \t]+");
    private static final Pattern INCLUDE = Pattern.compile("include([ \t].*)?");
    private static final Pattern HARDWARE = Pattern.compile("(?i)hwcap[ \t].*");

    private final LoaderFiles files;
    /** Directories by their real paths, as they were written first. */
    private final Map<String, String> directories = new LinkedHashMap<>();

    private int read;

    private LoaderDirectories(LoaderFiles files) {
        this.files = files;
    }

    /**
     * In the order of their search, one for each real path, which is the key: the value is the path as it is written.
     *
     * @param triplet Debian's directory for the machine, such as {@code x86_64-linux-gnu}
     * @throws BuildRefused for a configuration that cannot be followed
     */
    public static Map<String, String> of(LoaderFiles files, String triplet) throws IOException {
        LoaderDirectories found = new LoaderDirectories(files);
        found.readFile(CONFIGURATION);
        for (String directory : List.of("/lib/" + triplet, "/usr/lib/" + triplet, "/lib", "/usr/lib")) {
            found.add(directory);
        }
        return found.directories;
    }

    private void readFile(String path) throws IOException {
        Optional<String> real = files.realPath(path);
        Optional<byte[]> content = real.isEmpty() ? Optional.empty() : files.content(real.get());
        if (content.isEmpty()) {
            return;
        }
        if (++read > MOST_FILES) {
            throw BuildRefused.because("The loader's configuration has more than " + MOST_FILES + " files.")
                    .why("perhaps " + path + " includes itself")
                    .in(CONFIGURATION);
        }
        for (String line : new String(content.get(), StandardCharsets.UTF_8).split("\n", -1)) {
            int comment = line.indexOf('#');
            String text = trimmed(comment < 0 ? line : line.substring(0, comment));
            if (INCLUDE.matcher(text).matches()) {
                for (String pattern :
                        BLANKS.split(text.substring("include".length()).strip(), -1)) {
                    include(pattern.startsWith("/") ? pattern : parent(path) + "/" + pattern);
                }
            } else if (!text.isEmpty() && !HARDWARE.matcher(text).matches()) {
                // "/usr/lib=libc6": the type that may stand behind a directory is for libraries before glibc 2.
                int equals = text.indexOf('=');
                String directory = equals < 0 ? text : trimmed(text.substring(0, equals));
                if (!directory.startsWith("/")) {
                    throw BuildRefused.because("The loader's configuration names \"" + directory
                                    + "\", which is no absolute path.")
                            .in(path);
                }
                add(directory);
            }
        }
    }

    /** A pattern of glob(7), whose files are read in the order of their names' bytes. */
    private void include(String pattern) throws IOException {
        String directory = parent(pattern);
        String name = pattern.substring(directory.length() + 1);
        if (directory.matches(".*[*?\\[\\\\].*") || name.matches(".*[\\[\\\\].*")) {
            throw BuildRefused.because("The loader's configuration includes \"" + pattern + "\".")
                    .why("only * and ? in a file's name are read here")
                    .in(CONFIGURATION);
        }
        Pattern names =
                Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), Pattern.DOTALL);
        Optional<String> real = files.realPath(directory);
        if (real.isEmpty()) {
            return;
        }
        List<String> found = new ArrayList<>(files.names(real.get()));
        found.removeIf(file -> !names.matcher(file).matches() || (file.startsWith(".") && !name.startsWith(".")));
        found.sort(Utf8Order.INSTANCE);
        for (String file : found) {
            readFile(directory + "/" + file);
        }
    }

    private void add(String written) {
        int end = written.length();
        while (end > 0 && written.charAt(end - 1) == '/') {
            end--;
        }
        String directory = written.substring(0, end);
        if (!directory.isEmpty()) {
            files.realPath(directory).ifPresent(real -> directories.putIfAbsent(real, directory));
        }
    }

    /** Without what isspace(3) calls white space. */
    private static String trimmed(String text) {
        return text.replaceAll("^[ \t\u000b\f\r]+|[ \t\u000b\f\r]+$", "");
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
