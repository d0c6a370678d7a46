package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Version;
import java.util.List;

/**
 * The Python versions that pdm writes as {@code requires_python}: specifiers, of which {@code ||} joins several.
 *
 * @param alternatives of which one must hold; none stands for every version
 */
record PdmRange(String text, List<SpecifierSet> alternatives) {

    static PdmRange parse(String text) {
        return text.isBlank() || text.strip().equals("*")
                ? new PdmRange(text, List.of())
                : new PdmRange(
                        text,
                        List.of(text.split("\\|\\|", -1)).stream()
                                .map(SpecifierSet::parse)
                                .toList());
    }

    boolean contains(Version python) {
        return alternatives.isEmpty() || alternatives.stream().anyMatch(range -> range.contains(python));
    }
}
