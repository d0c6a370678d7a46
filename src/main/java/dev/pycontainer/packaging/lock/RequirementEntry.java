package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.MarkerEnvironment;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.SpecifierSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One requirement or constraint.
 *
 * @param place file and line, for refusals
 * @param extras those of the package that are asked for
 * @param hashes any of which a file may have; none where the line gives none
 */
record RequirementEntry(
        Place place,
        Subject subject,
        Set<String> extras,
        Optional<Marker> marker,
        List<Digest> hashes,
        boolean constraint) {

    /**
     * A line of one of the files.
     *
     * @param file empty for the lock itself, else its path from the lock's directory
     */
    record Place(String file, String line) {

        /** Does something with the line; a refusal is placed there. */
        <T> T at(Supplier<T> deed) {
            try {
                return deed.get();
            } catch (BuildRefused refused) {
                throw in(refused);
            }
        }

        BuildRefused in(BuildRefused refused) {
            BuildRefused placed = refused.in(line);
            return file.isEmpty() ? placed : placed.in(file);
        }

        @Override
        public String toString() {
            return file.isEmpty() ? line : file + " " + line;
        }
    }

    /** What is required. */
    sealed interface Subject {}

    /** Releases of a package, from an index. */
    record Release(PackageName name, SpecifierSet specifiers) implements Subject {}

    /**
     * What is behind a URL.
     *
     * @param name where the line tells it
     */
    record Remote(Optional<PackageName> name, RequirementUrl url) implements Subject {}

    /** @param path of a file or project, from the project's directory; in pip from the current one */
    record Local(Optional<PackageName> name, String path) implements Subject {}

    boolean holdsIn(MarkerEnvironment environment) {
        return marker.isEmpty() || place.at(() -> marker.get().evaluate(environment));
    }

    boolean isHashed() {
        return !hashes.isEmpty();
    }
}
