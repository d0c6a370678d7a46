package dev.pycontainer.debian;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The value of a relationship field, such as {@code Depends}: Debian Policy Manual, section 7.1.
 *
 * @param all what stands between the commas: the alternatives of each, the preferred first
 */
record Relations(List<List<Relation>> all) {

    private static final Relations NONE = new Relations(List.of());

    Relations {
        all = all.stream().map(List::copyOf).toList();
    }

    /** Reads a field's value, which may be folded; an empty one has no relations, and what is none is refused. */
    static Relations parse(String text) {
        return text.isBlank() ? NONE : new Relations(new RelationParser(text).all());
    }

    /**
     * What counts on an architecture: "For binary relationship fields [...] the architecture restriction syntax is
     * only supported in the source package control file", and here obeyed wherever it stands.
     */
    Relations on(String architecture) {
        return new Relations(all.stream()
                .map(alternatives -> alternatives.stream()
                        .filter(it -> it.appliesOn(architecture))
                        .toList())
                .filter(alternatives -> !alternatives.isEmpty())
                .toList());
    }

    static String text(List<Relation> alternatives) {
        return alternatives.stream().map(Relation::toString).collect(Collectors.joining(" | "));
    }

    @Override
    public String toString() {
        return all.stream().map(Relations::text).collect(Collectors.joining(", "));
    }
}
