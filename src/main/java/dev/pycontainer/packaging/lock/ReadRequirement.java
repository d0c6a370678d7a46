package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads one line with a requirement: a specifier, a URL, or a path, told apart as pip does. */
final class ReadRequirement {

    private static final Pattern URL = Pattern.compile("(?is)(?:https?|ftp|file|(?:git|hg|svn|bzr)\\+[a-z-]+):.*");
    private static final Pattern OLD_GIT = Pattern.compile("(?is)git:.*");
    private static final Pattern OTHER_HASH = Pattern.compile("(?:sha384|sha512|md5|sha1|sha224):.*");

    private static final List<String> ARCHIVES = List.of(
            ".whl",
            ".zip",
            ".tar.gz",
            ".tgz",
            ".tar",
            ".tar.bz2",
            ".tbz",
            ".tar.xz",
            ".txz",
            ".tlz",
            ".tar.lz",
            ".tar.lzma");

    private final Map<String, String> environment;

    ReadRequirement(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @param words a line that holds a requirement, behind {@code -e} or not */
    RequirementEntry of(
            RequirementWords words, RequirementOptions options, RequirementEntry.Place place, boolean constraint) {
        for (RequirementOption option : options.given()) {
            if (!option.isOfRequirement() && option != RequirementOption.EDITABLE) {
                throw BuildRefused.because("The option " + option + " stands behind a requirement.")
                        .why("it holds for the whole file, and pip passes over it there")
                        .todo("write it on a line of its own");
            }
        }
        Optional<String> editable = options.one(RequirementOption.EDITABLE);
        if (editable.isPresent() && (!words.requirement().isEmpty() || constraint)) {
            throw BuildRefused.because(
                    constraint
                            ? "A constraint cannot be editable."
                            : "The option --editable stands behind another requirement.");
        }
        Parsed parsed = editable.isPresent() ? editable(editable.get()) : plain(words.requirement());
        if (constraint && (!parsed.extras.isEmpty() || !(parsed.subject instanceof RequirementEntry.Release))) {
            throw BuildRefused.because(
                            parsed.extras.isEmpty()
                                    ? "A constraint refers to a file or URL."
                                    : "A constraint cannot have extras.")
                    .why("a constraint says which versions of a package may be installed")
                    .todo("write the name with a version specifier");
        }
        return new RequirementEntry(place, parsed.subject, parsed.extras, parsed.marker, hashes(options), constraint);
    }

    private record Parsed(RequirementEntry.Subject subject, Set<String> extras, Optional<Marker> marker) {}

    private Parsed plain(String text) {
        // In pip a URL's marker needs a blank behind the semicolon, since a URL may have one itself.
        String separator = URL.matcher(text).matches() ? "; " : ";";
        int at = text.indexOf(separator);
        String what = (at < 0 ? text : text.substring(0, at)).strip();
        String condition = at < 0 ? "" : text.substring(at + separator.length()).strip();
        RequirementUrl.refuseVariable(condition);
        Optional<Marker> marker = condition.isEmpty() ? Optional.empty() : Optional.of(Marker.parse(condition));
        if (URL.matcher(what).matches()) {
            return at(what, Optional.empty(), Set.of(), marker);
        }
        WithExtras path = WithExtras.of(what);
        if (isPath(path.text)) {
            RequirementUrl.refuseVariable(what);
            return new Parsed(new RequirementEntry.Local(Optional.empty(), path.text), path.extras(), marker);
        }
        return named(what, marker);
    }

    private Parsed named(String text, Optional<Marker> marker) {
        int reference = text.indexOf('@');
        RequirementUrl.refuseVariable(reference < 0 ? text : text.substring(0, reference));
        Requirement requirement = reference < 0 ? Requirement.parse(text) : direct(text, reference);
        Optional<String> url = requirement.url();
        return url.isPresent()
                ? at(url.get(), Optional.of(requirement.name()), requirement.extras(), marker)
                : new Parsed(
                        new RequirementEntry.Release(requirement.name(), requirement.specifiers()),
                        requirement.extras(),
                        marker);
    }

    /** A refusal of the whole would repeat the URL, which may hold a password. */
    private static Requirement direct(String text, int reference) {
        String url = text.substring(reference + 1).strip();
        Requirement named = Requirement.parse(text.substring(0, reference) + "@ url");
        if (url.isEmpty() || url.chars().anyMatch(c -> c <= ' ')) {
            throw BuildRefused.because("Requirement \"" + named.name() + "\" refers to no URL.")
                    .why("between the @ and a marker stands one word");
        }
        return Requirement.parse(text.substring(0, reference) + "@ " + url);
    }

    private Parsed at(String reference, Optional<PackageName> name, Set<String> extras, Optional<Marker> marker) {
        if (!URL.matcher(reference).matches() && !RequirementUrl.hasVariable(reference)) {
            return new Parsed(new RequirementEntry.Local(name, reference), extras, marker);
        }
        RequirementUrl url = RequirementUrl.of(reference, environment);
        // "#egg=name[extra]": how a URL told its name before "name @ URL" did.
        WithExtras egg = WithExtras.of(url.fragment("egg").orElse(""));
        Optional<PackageName> told =
                name.isPresent() || egg.text.isEmpty() ? name : Optional.of(PackageName.of(egg.text));
        Set<String> wanted = extras.isEmpty() ? egg.extras() : extras;
        return new Parsed(
                url.hasScheme("file")
                        ? new RequirementEntry.Local(told, url.filePath())
                        : new RequirementEntry.Remote(told, url),
                wanted,
                marker);
    }

    private Parsed editable(String text) {
        int reference = text.indexOf('@');
        if (reference > 0
                && Character.isWhitespace(text.charAt(reference - 1))
                && !looksLikePath(text.substring(0, reference))) {
            return plain(text);
        }
        if (OLD_GIT.matcher(text).matches()) {
            return at("git+" + text, Optional.empty(), Set.of(), Optional.empty());
        }
        if (URL.matcher(text).matches()) {
            if (text.matches("(?is)(?:https?|ftp):.*")) {
                throw BuildRefused.because("An editable requirement refers to an archive.")
                        .why("only a directory or a repository can be installed as editable")
                        .todo("remove the option -e");
            }
            return at(text, Optional.empty(), Set.of(), Optional.empty());
        }
        RequirementUrl.refuseVariable(text);
        WithExtras path = WithExtras.of(text);
        return new Parsed(new RequirementEntry.Local(Optional.empty(), path.text), path.extras(), Optional.empty());
    }

    /** What pip takes for a path: it has a slash or begins with a dot, or is an archive's name. */
    private static boolean isPath(String text) {
        int reference = text.indexOf('@');
        if (reference >= 0 && !looksLikePath(text.substring(0, reference))) {
            return false;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return looksLikePath(text) || ARCHIVES.stream().anyMatch(lower::endsWith);
    }

    private static boolean looksLikePath(String text) {
        return text.contains("/") || text.startsWith(".");
    }

    /** A path or name, and what stands in brackets behind it. */
    private record WithExtras(String text, String list) {

        static WithExtras of(String text) {
            int open = text.endsWith("]") ? text.lastIndexOf('[') : -1;
            return open < 1
                    ? new WithExtras(text, "")
                    : new WithExtras(text.substring(0, open).strip(), text.substring(open + 1, text.length() - 1));
        }

        Set<String> extras() {
            Set<String> extras = new TreeSet<>(Utf8Order.INSTANCE);
            for (String extra : list.split(",", -1)) {
                if (!extra.isBlank()) {
                    extras.add(Extra.of(extra.strip()));
                }
            }
            return extras;
        }
    }

    /** The hashes behind a requirement, {@code --hash=sha256:…}, any number of them. */
    private static List<Digest> hashes(RequirementOptions options) {
        List<Digest> hashes = new ArrayList<>();
        for (String text : options.all(RequirementOption.HASH)) {
            String lower = text.toLowerCase(Locale.ROOT);
            if (OTHER_HASH.matcher(lower).matches()) {
                throw BuildRefused.because(
                                "A hash of kind " + lower.substring(0, lower.indexOf(':')) + " cannot be checked.")
                        .why("files are known by their SHA-256")
                        .todo("lock again with SHA-256 hashes, which pip-compile and uv write");
            }
            hashes.add(Digest.parse(lower));
        }
        return List.copyOf(hashes);
    }
}
