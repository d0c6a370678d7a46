package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Extra;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The {@code conflicts} of a {@code uv.lock}: sets of extras, groups and projects of which one at most is installed.
 *
 * <p>uv resolves each of them apart, and tells the results apart by markers on {@code extra} with encoded names.
 */
record UvConflicts(List<List<Item>> sets) {

    /**
     * An extra or group of a package, or the package's own dependencies.
     *
     * @param name empty for the package itself
     */
    record Item(Kind kind, PackageName owner, String name) {

        enum Kind {
            PROJECT,
            EXTRA,
            GROUP;

            @Override
            public String toString() {
                return Extra.normalized(name());
            }
        }

        static Item ofProject(PackageName owner) {
            return new Item(Kind.PROJECT, owner, "");
        }

        static Item ofExtra(PackageName owner, String name) {
            return new Item(Kind.EXTRA, owner, name);
        }

        static Item ofGroup(PackageName owner, String name) {
            return new Item(Kind.GROUP, owner, name);
        }

        /** The name of the extra that stands for it in markers, such as {@code extra-3-app-cpu}. */
        String encoded() {
            return kind + "-" + owner.value().length() + "-" + owner + (name.isEmpty() ? "" : "-" + name);
        }

        @Override
        public String toString() {
            return kind == Kind.PROJECT ? "project \"" + owner + "\"" : kind + " \"" + name + "\" of " + owner;
        }
    }

    static UvConflicts of(TomlTable top) {
        List<List<Item>> sets = new ArrayList<>();
        for (JsonNode set : top.elements("conflicts")) {
            if (!set.isArray()) {
                throw top.refusedAt("conflicts", "\"conflicts\" is not an array of arrays of tables.");
            }
            List<Item> items = new ArrayList<>();
            for (TomlTable item : top.tablesOf("conflicts", set)) {
                items.add(item(item));
            }
            sets.add(List.copyOf(items));
        }
        return new UvConflicts(List.copyOf(sets));
    }

    private static Item item(TomlTable table) {
        PackageName owner = table.requiredText("package", PackageName::of);
        Optional<String> extra = table.text("extra", Extra::of);
        Optional<String> group = table.text("group", Extra::of);
        return extra.map(name -> Item.ofExtra(owner, name))
                .or(() -> group.map(name -> Item.ofGroup(owner, name)))
                .orElseGet(() -> Item.ofProject(owner));
    }

    /** Whether markers may ask for it. */
    boolean mentions(Item item) {
        return sets.stream().anyMatch(set -> set.contains(item));
    }

    /** Refuses two of one set. */
    void check(Set<Item> active) {
        for (List<Item> set : sets) {
            List<Item> both = set.stream().filter(active::contains).distinct().toList();
            if (both.size() > 1) {
                throw BuildRefused.because("The lock does not allow "
                                + both.stream().map(Item::toString).collect(Collectors.joining(" together with "))
                                + ".")
                        .why("[tool.uv] conflicts of the project keeps them apart, each with versions of its own")
                        .todo("ask for one of them in this image, and build another image for the other");
            }
        }
    }
}
