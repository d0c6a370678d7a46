package dev.pycontainer.project;

import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.SpecifierSet;
import dev.pycontainer.packaging.Version;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A Python project: a directory with {@code pyproject.toml}, or with {@code requirements.txt} alone.
 *
 * @param directory absolute
 * @param name as its author writes it
 * @param version always present where the project is installed
 * @param isInstalled whether it is installed into the environment; the files of any other project are only copied
 */
public record Project(
        Path directory, String name, Optional<Version> version, boolean isInstalled, Optional<Pyproject> pyproject) {

    public Optional<SpecifierSet> requiresPython() {
        return pyproject.flatMap(Pyproject::requiresPython);
    }
}
