package dev.pycontainer.packaging;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Names of extras and dependency groups, which are compared in their normal form (PEP 685, PEP 735). */
public final class Extra {

    private Extra() {}

    /** The normal form of a name from metadata, valid or not: "installation tools MAY normalize invalid extra names". */
    public static String normalized(String name) {
        return PackageName.normalized(name);
    }

    /** The normal form of a name that a user wrote; one that cannot be an extra is refused. */
    public static String of(String name) {
        try {
            return PackageName.of(name).value();
        } catch (BuildRefused e) {
            throw BuildRefused.because("\"" + name + "\" is not the name of an extra or group.")
                    .why(
                            "a name has ASCII letters, digits, `.`, `_` and `-`, and begins and ends with a letter or digit")
                    .causedBy(e);
        }
    }

    /** The normal forms of several names, in the order of their UTF-8 bytes. */
    public static SortedSet<String> normalized(Collection<String> names) {
        SortedSet<String> normal = new TreeSet<>(Utf8Order.INSTANCE);
        names.forEach(name -> normal.add(normalized(name)));
        return Collections.unmodifiableSortedSet(normal);
    }
}
