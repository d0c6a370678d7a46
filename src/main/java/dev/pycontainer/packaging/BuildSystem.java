package dev.pycontainer.packaging;

import java.util.List;

/**
 * How a project is built, as in "pyproject.toml specification", "Declaring build system dependencies" (PEP 517, 518).
 *
 * @param requires what the backend needs while it builds
 * @param backend the object reference of the backend, such as {@code hatchling.build}
 * @param backendPath directories of the project that hold the backend, none as a rule
 */
public record BuildSystem(List<Requirement> requires, String backend, List<String> backendPath) {

    /** "If the build-backend key is absent … tools should … setuptools.build_meta:__legacy__" (PEP 517). */
    public static final String DEFAULT_BACKEND = "setuptools.build_meta:__legacy__";

    public BuildSystem {
        requires = List.copyOf(requires);
        backendPath = List.copyOf(backendPath);
    }
}
