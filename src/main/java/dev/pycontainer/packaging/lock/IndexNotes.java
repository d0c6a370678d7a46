package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.SpecifierSet;
import java.util.Optional;

/**
 * What an index says of a file beside its place and its bytes: the simple repository API.
 *
 * @param yanked the reason, empty text where none was given, where the file was yanked (PEP 592)
 * @param requiresPython the Pythons for which it may be installed (PEP 503)
 * @param metadata where the wheel's {@code METADATA} is served too (PEP 658, PEP 714)
 */
public record IndexNotes(
        Optional<String> yanked, Optional<SpecifierSet> requiresPython, Optional<ServedMetadata> metadata) {

    /** What a lock's own files have, of which no index was asked. */
    public static final IndexNotes NONE = new IndexNotes(Optional.empty(), Optional.empty(), Optional.empty());
}
