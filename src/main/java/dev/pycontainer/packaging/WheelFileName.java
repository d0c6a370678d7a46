package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A wheel's file name, taken apart: binary distribution format, "File name convention" and "Escaping and Unicode".
 *
 * @param build absent where the name has none, which sorts before every build
 * @param tags the compressed tag set expanded, in the order of the file name
 * @param fileName as it was read
 */
public record WheelFileName(
        PackageName name, Version version, Optional<BuildTag> build, Set<WheelTag> tags, String fileName) {

    private static final String EXTENSION = ".whl";

    private static final Pattern PYTHON_TAG = Pattern.compile("[A-Za-z]+[0-9]+(?:\\.[A-Za-z]+[0-9]+)*+");
    private static final Pattern VARIANT_LABEL = Pattern.compile("[0-9a-z._]{1,16}");

    /** No real wheel has a hundredth of it, and a hostile name must not fill the memory. */
    private static final int MOST_TAGS = 10_000;

    public WheelFileName {
        tags = tags.size() == 1 ? Set.copyOf(tags) : Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    }

    /** Reads {@code {distribution}-{version}(-{build tag})?-{python tag}-{abi tag}-{platform tag}.whl}. */
    public static WheelFileName parse(String fileName) {
        if (!fileName.endsWith(EXTENSION)) {
            throw refused(fileName, "it does not end with .whl");
        }
        String stem = fileName.substring(0, fileName.length() - EXTENSION.length());
        List<String> parts = List.of(stem.split("-", -1));
        refuseVariant(fileName, parts);
        if (parts.size() != 5 && parts.size() != 6) {
            throw refused(
                    fileName,
                    "its name has " + parts.size() + " parts instead of 5, or 6 with a build tag:"
                            + " distribution-version-build-python-abi-platform");
        }
        int tags = parts.size() - 3;
        return new WheelFileName(
                distribution(fileName, parts.get(0)),
                version(fileName, parts.get(1)),
                parts.size() == 6 ? Optional.of(build(fileName, parts.get(2))) : Optional.empty(),
                expanded(fileName, parts.subList(tags, parts.size())),
                fileName);
    }

    /**
     * The same for a wheel that stands beside another, mostly of the same version, whose name and version are then not
     * read again.
     */
    public static WheelFileName parse(String fileName, Optional<WheelFileName> beside) {
        return beside.flatMap(other -> other.sibling(fileName)).orElseGet(() -> parse(fileName));
    }

    /** Whether both are of one distribution in one version. */
    public boolean isOfSameVersion(WheelFileName other) {
        return name.equals(other.name) && version.equals(other.version);
    }

    private Optional<WheelFileName> sibling(String other) {
        int end = fileName.indexOf('-', fileName.indexOf('-') + 1) + 1;
        if (!other.endsWith(EXTENSION) || !other.regionMatches(0, fileName, 0, end)) {
            return Optional.empty();
        }
        List<String> tags = List.of(other.substring(end, Math.max(end, other.length() - EXTENSION.length()))
                .split("-", -1));
        // With a build tag, or whatever else, it is read as any name is.
        return tags.size() == 3
                ? Optional.of(new WheelFileName(name, version, Optional.empty(), expanded(other, tags), other))
                : Optional.empty();
    }

    // PEP 825 appends the label of a variant: one part more, and a Python tag stands where a build tag would.
    private static void refuseVariant(String fileName, List<String> parts) {
        int tags = parts.size() - 4;
        if ((tags == 2 || tags == 3)
                && PYTHON_TAG.matcher(parts.get(tags)).matches()
                && VARIANT_LABEL.matcher(parts.get(tags + 3)).matches()) {
            throw BuildRefused.because("\"" + fileName + "\" is a wheel variant, which is not supported.")
                    .why("its name ends with the variant label \"" + parts.get(tags + 3) + "\" (PEP 825)")
                    .todo("lock a version that has a wheel without a variant label");
        }
    }

    // "In distribution names, any run of -_. characters should be replaced with _ […] Tools consuming wheels must be
    // prepared to accept . (FULL STOP) and uppercase letters": so that two underscores in a row are nobody's escaping.
    private static PackageName distribution(String fileName, String text) {
        if (text.contains("__")) {
            throw refused(fileName, "its distribution \"" + text + "\" has two underscores in a row");
        }
        try {
            return PackageName.of(text);
        } catch (BuildRefused e) {
            throw refused(fileName, "its distribution \"" + text + "\" is not a package name")
                    .causedBy(e);
        }
    }

    // "Version numbers should be normalised […]" In the wild: older build tools wrote an underscore for every hyphen,
    // so that 1.0-1 (a post-release) became 1.0_1.
    private static Version version(String fileName, String text) {
        return Version.tryParse(text)
                .or(() -> Version.tryParse(text.replace('_', '-')))
                .orElseThrow(() -> refused(fileName, "its version \"" + text + "\" does not follow PEP 440"));
    }

    private static BuildTag build(String fileName, String text) {
        try {
            return BuildTag.parse(text);
        } catch (BuildRefused e) {
            throw refused(
                            fileName,
                            "its third part of six, \"" + text + "\", is not a build tag, which begins with a digit")
                    .causedBy(e);
        }
    }

    // Platform compatibility tags, "Compressed Tag Sets": each interpreter with each ABI with each platform.
    private static Set<WheelTag> expanded(String fileName, List<String> parts) {
        List<String> interpreters = members(fileName, parts.get(0));
        List<String> abis = members(fileName, parts.get(1));
        List<String> platforms = members(fileName, parts.get(2));
        if ((long) interpreters.size() * abis.size() * platforms.size() > MOST_TAGS) {
            throw refused(fileName, "its tags stand for more than " + MOST_TAGS + " combinations");
        }
        for (String interpreter : interpreters) {
            if (Character.isDigit(interpreter.charAt(0))) {
                throw refused(fileName, "its Python tag \"" + interpreter + "\" begins with a digit");
            }
        }
        if (interpreters.size() == 1 && abis.size() == 1 && platforms.size() == 1) {
            return Set.of(new WheelTag(interpreters.get(0), abis.get(0), platforms.get(0)));
        }
        Set<WheelTag> tags = new LinkedHashSet<>();
        for (String interpreter : interpreters) {
            for (String abi : abis) {
                for (String platform : platforms) {
                    tags.add(new WheelTag(interpreter, abi, platform));
                }
            }
        }
        return tags;
    }

    private static List<String> members(String fileName, String set) {
        List<String> members = set.indexOf('.') < 0 ? List.of(set) : List.of(set.split("\\.", -1));
        for (String member : members) {
            if (!isWord(member)) {
                throw refused(
                        fileName, "its tag \"" + set + "\" has a member that is not made of letters, digits and _");
            }
        }
        return members;
    }

    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!SourceText.isWordPart(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static BuildRefused refused(String fileName, String why) {
        return BuildRefused.because("\"" + fileName + "\" is not a wheel's file name.")
                .why(why);
    }

    @Override
    public String toString() {
        return fileName;
    }
}
