package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The options of pip's requirements files: those that change nothing here, the hashes, and the rest, refused by name. */
final class RequirementOptions {

    // Wheels with known hashes are all that is ever taken, so that these ask for what is done anyway.
    private static final Set<String> HARMLESS = Set.of("--require-hashes", "--prefer-binary", "--pre", "--only-binary");

    private static final Set<String> INDEXES =
            Set.of("-i", "--index-url", "--extra-index-url", "--no-index", "-f", "--find-links", "--trusted-host");

    private static final Set<String> FILES = Set.of("-r", "--requirement", "--requirements", "-c", "--constraint");

    private RequirementOptions() {}

    /** Passes a line of options alone, if none of them changes what is installed. */
    static void check(List<String> words) {
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            String option = nameOf(word);
            if (!HARMLESS.contains(option)) {
                throw refused(option);
            }
            if (option.equals("--only-binary") && !word.contains("=") && rest.hasNext()) {
                rest.next();
            }
        }
    }

    /** The hashes behind a requirement, {@code --hash=sha256:…} or {@code --hash sha256:…}, any number of them. */
    static List<Digest> hashes(List<String> words) {
        List<Digest> hashes = new ArrayList<>();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            String option = nameOf(word);
            if (!option.equals("--hash")) {
                throw refused(option);
            }
            int equals = word.indexOf('=');
            hashes.add(hash(equals >= 0 ? word.substring(equals + 1) : rest.hasNext() ? rest.next() : ""));
        }
        return hashes;
    }

    private static Digest hash(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.matches("(?:sha384|sha512|md5|sha1|sha224):.*")) {
            throw BuildRefused.because(
                            "A hash of kind " + lower.substring(0, lower.indexOf(':')) + " cannot be checked.")
                    .why("files are known by their SHA-256")
                    .todo("lock again with SHA-256 hashes, which pip-compile and uv write");
        }
        return Digest.parse(lower);
    }

    private static BuildRefused refused(String option) {
        if (INDEXES.contains(option)) {
            return BuildRefused.because("The option " + option + " cannot be read yet.")
                    .why("packages without a URL are looked for in the default index alone")
                    .todo("remove it where the default index has every package, or use uv.lock");
        }
        if (FILES.contains(option)) {
            return BuildRefused.because("The option " + option + " cannot be read yet.")
                    .why("a lock is one file, which holds every package")
                    .todo("name the file that holds every package as python.lock, or write one with"
                            + " `pip-compile --generate-hashes`");
        }
        if (option.equals("-e") || option.equals("--editable")) {
            return BuildRefused.because("The option " + option + " cannot be read.")
                    .why("an editable requirement is not a package with a hash")
                    .todo("remove it: the project itself is installed anyway");
        }
        return BuildRefused.because("The option " + option + " cannot be read.")
                .why("it may change what is installed")
                .todo("remove it from the file");
    }

    /** The option alone: its value may be a URL with a password, and is never repeated. */
    private static String nameOf(String word) {
        if (word.startsWith("--")) {
            int equals = word.indexOf('=');
            return equals < 0 ? word : word.substring(0, equals);
        }
        return word.startsWith("-") ? word.substring(0, Math.min(2, word.length())) : "without a name";
    }
}
