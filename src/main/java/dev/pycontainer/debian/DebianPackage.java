package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a binary package says of itself: deb-control(5). Made of a paragraph of {@code Packages}, of a package's own
 * {@code control}, or of dpkg's record of what is installed.
 *
 * <p>Relations are kept as written and read when they are asked for: an index holds tens of thousands of packages, of
 * which a build looks at a hundred.
 *
 * @param architecture {@code all}, or the one that the package was built for
 * @param preDepends the value of the field, empty without one, as are those that follow
 */
public record DebianPackage(
        String name,
        DebianVersion version,
        String architecture,
        MultiArch multiArch,
        boolean essential,
        Priority priority,
        String preDepends,
        String depends,
        String provides,
        String conflicts,
        String breaks,
        String replaces) {

    private static final String ALL = "all";

    /** A name that a package stands for besides its own, and the version that it stands for, where it says so. */
    record Provided(String name, Optional<DebianVersion> version) {}

    public DebianPackage {
        if (!isName(name)) {
            throw BuildRefused.because("\"" + Excerpt.of(name) + "\" is not the name of a package.")
                    .why("deb-control(5) wants letters, digits and the marks + - . with a letter or digit first");
        }
        if (!isArchitecture(architecture)) {
            throw BuildRefused.because("\"" + Excerpt.of(architecture) + "\" is not the name of an architecture.");
        }
    }

    /** The package that a paragraph describes; one without name, version or architecture is refused. */
    public static DebianPackage of(ControlParagraph paragraph) {
        return of(paragraph, DebianVersion::parse, () -> paragraph.required("Architecture"));
    }

    /**
     * The package that a paragraph of a record describes. dpkg only warns of a version with other marks, and of an architecture that
     * is not told, which it takes for the own one.
     */
    static DebianPackage recorded(ControlParagraph paragraph) {
        return of(
                paragraph,
                DebianVersion::recorded,
                () -> paragraph.simple("Architecture").orElse(ALL));
    }

    private static DebianPackage of(
            ControlParagraph paragraph, Function<String, DebianVersion> version, Supplier<String> architecture) {
        try {
            return new DebianPackage(
                    paragraph.required("Package"),
                    version.apply(paragraph.required("Version")),
                    architecture.get(),
                    paragraph.simple("Multi-Arch").map(MultiArch::parse).orElse(MultiArch.NO),
                    paragraph.simple("Essential").filter("yes"::equals).isPresent(),
                    paragraph.simple("Priority").map(Priority::named).orElse(Priority.UNKNOWN),
                    paragraph.folded("Pre-Depends").orElse(""),
                    paragraph.folded("Depends").orElse(""),
                    paragraph.folded("Provides").orElse(""),
                    paragraph.folded("Conflicts").orElse(""),
                    paragraph.folded("Breaks").orElse(""),
                    paragraph.folded("Replaces").orElse(""));
        } catch (BuildRefused e) {
            throw e.in(paragraph.place());
        }
    }

    /**
     * Whether a text may be the name of a package, as dpkg says: upper-case letters and the underscore, which Policy
     * does not allow, are in packages of others than Debian.
     */
    public static boolean isName(String text) {
        return !text.isEmpty()
                && isLetterOrDigit(text.charAt(0))
                && text.chars().allMatch(DebianPackage::isNamePart);
    }

    static boolean isNamePart(int c) {
        return isLetterOrDigit(c) || c == '+' || c == '-' || c == '.' || c == '_';
    }

    /** Whether a text may be the name of an architecture, {@code all} among them. */
    public static boolean isArchitecture(String text) {
        return !text.isEmpty()
                && isLetterOrDigit(text.charAt(0))
                && text.chars().allMatch(c -> isLetterOrDigit(c) || c == '-');
    }

    private static boolean isLetterOrDigit(int c) {
        return VersionPart.isDigit(c) || VersionPart.isLetter(c);
    }

    /** Whether the package is for this architecture, or for all. */
    boolean isFor(String own) {
        return architecture.equals(ALL) || architecture.equals(own);
    }

    /** Pre-Depends and Depends, in this order: what must be there as well, each with its alternatives. */
    List<List<Relation>> requirements(String own) {
        List<List<Relation>> all = new ArrayList<>(read("Pre-Depends", preDepends, own));
        all.addAll(read("Depends", depends, own));
        return all;
    }

    /** What may not be there as well: deb-control(5), "Conflicts". */
    List<Relation> conflicting(String own) {
        return single("Conflicts", conflicts, own);
    }

    /** What does not work any more beside this package: deb-control(5), "Breaks". */
    List<Relation> broken(String own) {
        return single("Breaks", breaks, own);
    }

    /** Whether files of the other package may be in this one as well, and are then its own: deb-control(5), "Replaces". */
    public boolean replaces(DebianPackage other, String own) {
        return single("Replaces", replaces, own).stream()
                .anyMatch(it -> it.name().equals(other.name) && it.means(other, own) && it.fits(other.version));
    }

    /** A paragraph of which the same description is read again. */
    public String paragraph() {
        StringBuilder text = new StringBuilder();
        text.append("Package: ").append(name).append('\n');
        text.append("Version: ").append(version).append('\n');
        text.append("Architecture: ").append(architecture).append('\n');
        text.append("Multi-Arch: ").append(multiArch.word()).append('\n');
        text.append(essential ? "Essential: yes\n" : "");
        text.append("Priority: ").append(priority.word()).append('\n');
        Map<String, String> relations = new LinkedHashMap<>();
        relations.put("Pre-Depends", preDepends);
        relations.put("Depends", depends);
        relations.put("Provides", provides);
        relations.put("Conflicts", conflicts);
        relations.put("Breaks", breaks);
        relations.put("Replaces", replaces);
        relations.forEach((field, value) -> text.append(value.isEmpty() ? "" : field + ": " + value + "\n"));
        return text.toString();
    }

    /** What the package provides: "An optional exact (equal to) version can also be given", deb-control(5). */
    List<Provided> provided(String own) {
        return single("Provides", provides, own).stream()
                // One for another architecture is none here.
                .filter(it -> it.means(this, own))
                .map(it -> new Provided(it.name(), it.constraint().map(constraint -> {
                    if (constraint.operator() != Relation.Operator.EQUAL) {
                        throw BuildRefused.because("`" + it + "` provides no exact version.")
                                .in("Provides of " + this);
                    }
                    return constraint.version();
                })))
                .toList();
    }

    /** Whether the package is what a dependency asks for, by its own name or by one that it provides. */
    boolean meets(Relation relation, String own) {
        return relation.admits(this, own) && isNamedBy(relation, own);
    }

    /** Whether the package is what a conflict speaks of. */
    boolean isForbiddenBy(Relation relation, String own) {
        return relation.means(this, own) && isNamedBy(relation, own);
    }

    // Policy 7.5: a version is compared with that of the package of this name, or with the one that a provider tells
    // for
    // the name; a provider that tells none has none that fits.
    private boolean isNamedBy(Relation relation, String own) {
        if (name.equals(relation.name()) && relation.fits(version)) {
            return true;
        }
        return provides.contains(relation.name())
                && provided(own).stream()
                        .filter(it -> it.name().equals(relation.name()))
                        .anyMatch(it -> relation.constraint().isEmpty()
                                || it.version().filter(relation::fits).isPresent());
    }

    // Only what is depended upon may be "lists of alternative package names".
    private List<Relation> single(String field, String text, String own) {
        return read(field, text, own).stream()
                .map(alternatives -> {
                    if (alternatives.size() > 1) {
                        throw BuildRefused.because("`" + Relations.text(alternatives) + "` may not be alternatives.")
                                .in(field + " of " + this);
                    }
                    return alternatives.get(0);
                })
                .toList();
    }

    private List<List<Relation>> read(String field, String text, String own) {
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            return Relations.parse(text).on(own).all();
        } catch (BuildRefused e) {
            throw e.in(field + " of " + this);
        }
    }

    /** Name and version, such as {@code libc6 2.36-9}. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}
