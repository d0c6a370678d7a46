package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.NearestName;
import java.util.Collection;
import java.util.SortedSet;

/** The extras and groups that the user asks for, held against those that a lock knows. */
final class AskedNames {

    private AskedNames() {}

    /**
     * Refuses the first name that the lock does not know.
     *
     * @param what {@code extra} or {@code group}
     * @param advice what writes a lock that knows it
     */
    static void check(String what, Collection<String> asked, SortedSet<String> known, String advice) {
        asked.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(unknown -> {
            throw BuildRefused.because("The lock knows no " + what + " \"" + unknown + "\".")
                    .why(
                            known.isEmpty()
                                    ? "it has no " + what + "s"
                                    : "its " + what + "s are: " + String.join(", ", known))
                    .todo(NearestName.of(unknown, known)
                            .map(nearest -> "write \"" + nearest + "\", or " + advice)
                            .orElse(advice));
        });
    }
}
