package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Specifier;
import dev.pycontainer.packaging.Utf8Text;
import dev.pycontainer.packaging.Version;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A requirements file in pip's hash-checking mode: every requirement pinned to one version and hashed. */
final class RequirementsLock implements Lock {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z0-9_]+}");
    private static final String HASHING =
            "`pip-compile --generate-hashes` or `uv pip compile --universal --generate-hashes`";

    private final LockFile file;
    private final List<Pin> pins;

    private RequirementsLock(LockFile file, List<Pin> pins) {
        this.file = file;
        this.pins = pins;
    }

    private record Pin(RequirementLine line, Requirement requirement, Version version, List<Digest> hashes) {
        boolean holdsIn(MarkerEnvironment environment) {
            return requirement.marker().isEmpty() || requirement.marker().get().evaluate(environment);
        }

        LockedPackage toPackage() {
            return new LockedPackage(
                    requirement.name(),
                    Optional.of(version),
                    new LockedFiles.Hashed(hashes),
                    List.of(),
                    requirement.extras().stream().sorted(Utf8Order.INSTANCE).toList(),
                    List.of());
        }
    }

    static RequirementsLock read(LockFile file, byte[] content) {
        List<Pin> pins = new ArrayList<>();
        for (RequirementLine line : RequirementLine.of(textOf(content))) {
            try {
                read(line, pins);
            } catch (BuildRefused refused) {
                throw refused.in(line.place());
            }
        }
        return new RequirementsLock(file, List.copyOf(pins));
    }

    private static String textOf(byte[] content) {
        try {
            return Utf8Text.of(content);
        } catch (CharacterCodingException e) {
            throw BuildRefused.because("The lock file is not UTF-8 text.").causedBy(e);
        }
    }

    private static void read(RequirementLine line, List<Pin> pins) {
        if (VARIABLE.matcher(line.text()).find()) {
            throw BuildRefused.because("A variable of the environment stands in the lock.")
                    .why("the same files must give the same image, whatever the environment holds")
                    .todo("write the value itself");
        }
        if (line.requirement().isEmpty()) {
            RequirementOptions.check(line.options());
            return;
        }
        pins.add(pin(line));
    }

    private static Pin pin(RequirementLine line) {
        String text = line.requirement();
        // Checked before anything is repeated in a message: a URL may hold a password.
        if (text.contains("://") || text.startsWith(".") || text.startsWith("/") || text.endsWith(".whl")) {
            throw BuildRefused.because("A requirement refers to a file or URL, which cannot be read yet.")
                    .why("packages are taken from the index, by name, version and hash")
                    .todo("pin a release of the package by name");
        }
        Requirement requirement = Requirement.parse(text);
        if (requirement.url().isPresent()) {
            throw BuildRefused.because(
                            "Requirement \"" + requirement.name() + "\" refers to a URL, which cannot be read yet.")
                    .todo("pin a release of the package by name");
        }
        Version version = versionOf(requirement);
        List<Digest> hashes = RequirementOptions.hashes(line.options());
        if (hashes.isEmpty()) {
            throw BuildRefused.because("Requirement \"" + requirement.name() + "\" " + version + " is unhashed.")
                    .why("without a hash the index decides what is installed, today and tomorrow")
                    .todo("write the file with " + HASHING);
        }
        return new Pin(line, requirement, version, hashes);
    }

    private static Version versionOf(Requirement requirement) {
        List<Specifier> clauses = requirement.specifiers().clauses();
        if (clauses.size() == 1) {
            Specifier clause = clauses.get(0);
            boolean exact = clause.operator() == Specifier.Operator.ARBITRARY
                    || (clause.operator() == Specifier.Operator.EQUAL
                            && !clause.version().endsWith(".*"));
            if (exact) {
                return Version.parse(clause.version());
            }
        }
        throw BuildRefused.because("Requirement \"" + requirement.name() + "\" is not pinned to one version.")
                .why(clauses.isEmpty() ? "it allows every version" : "it allows " + requirement.specifiers())
                .todo("write the file with " + HASHING);
    }

    @Override
    public LockFile file() {
        return file;
    }

    @Override
    public Needed select(Wanted wanted) {
        refuse("extra", wanted.extras());
        refuse("group", wanted.groups());
        MarkerEnvironment environment = wanted.target().markers();
        SortedMap<PackageName, Pin> needed = new TreeMap<>();
        for (Pin pin : pins) {
            if (pin.holdsIn(environment)) {
                Pin first = needed.putIfAbsent(pin.requirement().name(), pin);
                if (first != null) {
                    throw twice(first, pin);
                }
            }
        }
        return new Needed(needed.values().stream().map(Pin::toPackage).toList(), List.of());
    }

    @Override
    public List<StaleEntry> stale(Wanted wanted) {
        return List.of();
    }

    private static void refuse(String what, Iterable<String> asked) {
        for (String name : asked) {
            throw BuildRefused.because("The lock knows no " + what + " \"" + name + "\".")
                    .why("a requirements file has neither extras nor groups")
                    .todo("write them into the file when it is made, for example `uv pip compile --" + what + " " + name
                            + "`");
        }
    }

    private static BuildRefused twice(Pin first, Pin second) {
        return BuildRefused.because("Package \"" + second.requirement().name() + "\" is pinned twice.")
                .why("line " + first.line().number() + " pins " + first.version() + ", line "
                        + second.line().number() + " pins " + second.version() + ", and both hold for the target")
                .todo("write the file with " + HASHING);
    }
}
