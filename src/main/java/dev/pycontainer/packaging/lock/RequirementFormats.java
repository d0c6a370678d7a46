package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.PackageName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Of which packages pip takes no wheels: what {@code --no-binary} and {@code --only-binary} say, the last word counting. */
final class RequirementFormats {

    private static final String ALL = ":all:";
    private static final String NONE = ":none:";

    private final Set<String> noBinary = new TreeSet<>();
    private final Set<String> onlyBinary = new TreeSet<>();

    void noBinary(String value) {
        change(value, noBinary, onlyBinary);
    }

    void onlyBinary(String value) {
        change(value, onlyBinary, noBinary);
    }

    /** "Accepts either :all: to disable all binary packages, :none: to empty the set, or one or more package names". */
    private static void change(String value, Set<String> target, Set<String> other) {
        List<String> names = List.of(value.split(",", -1));
        int all = names.lastIndexOf(ALL);
        if (all >= 0) {
            other.clear();
            target.clear();
            target.add(ALL);
            names = names.subList(all + 1, names.size());
            // What stands behind :all: says nothing more, unless it takes it back.
            if (!names.contains(NONE)) {
                return;
            }
        }
        for (String name : names) {
            if (name.equals(NONE)) {
                target.clear();
            } else {
                String normal = PackageName.of(name).value();
                other.remove(normal);
                target.add(normal);
            }
        }
    }

    /** Refuses a package whose wheels are not to be taken. */
    void check(PackageName name) {
        boolean isOfAll = noBinary.contains(ALL) && !onlyBinary.contains(name.value());
        if (isOfAll || noBinary.contains(name.value())) {
            throw BuildRefused.because("Package \"" + name + "\" is to be installed without a wheel.")
                    .why("the option --no-binary says so; a source distribution would have to be built, which runs its"
                            + " code on this machine")
                    .todo("remove the option, or build the wheel yourself and name it in the requirements file");
        }
    }
}
