package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.Map;

/** Looks whether a chosen package and another one that is there may be there together: Policy, sections 7.3 and 7.4. */
final class ConflictCheck {

    private final String architecture;
    private final PresentPackages present;
    private final Map<String, ChosenPackage> chosen;

    ConflictCheck(String architecture, PresentPackages present, Map<String, ChosenPackage> chosen) {
        this.architecture = architecture;
        this.present = present;
        this.chosen = chosen;
    }

    /** Refuses what a package says that it conflicts with or breaks, where one of the two is chosen. */
    void mustHold(DebianPackage one) {
        mustNotBeThere(one, "conflicts with", one.conflicting(architecture));
        mustNotBeThere(one, "breaks", one.broken(architecture));
    }

    private void mustNotBeThere(DebianPackage one, String verb, List<Relation> relations) {
        for (Relation relation : relations) {
            for (DebianPackage other : present.called(relation.name())) {
                // "A special exception is made for packages which declare a conflict with their own package name, or
                // with
                // a virtual package which they provide".
                if (!other.name().equals(one.name())
                        && other.isForbiddenBy(relation, architecture)
                        && (isChosen(one) || isChosen(other))) {
                    throw BuildRefused.because(one + " " + verb + " " + other + ".")
                            .why("its control file says `" + relation + "`; " + reason(one) + ", " + reason(other))
                            .todo("leave out one of the packages that were asked for, or use another base image");
                }
            }
        }
    }

    private boolean isChosen(DebianPackage there) {
        ChosenPackage choice = chosen.get(there.name());
        return choice != null && choice.description().equals(there);
    }

    private String reason(DebianPackage there) {
        ChosenPackage choice = chosen.get(there.name());
        return choice == null ? "the base has " + there.name() : choice.reason();
    }
}
