package dev.pycontainer.packaging.lock;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Which command of the project's own tool writes a lock file, by the traces that the tool leaves in the project.
 *
 * @param files of the project's directory
 * @param workspace the root of the workspace of uv that the project is a member of
 */
record LockCommand(Optional<JsonNode> pyproject, List<Path> files, Optional<Path> workspace) {

    String advice() {
        if (workspace.isPresent()) {
            return "run `uv lock` in " + workspace.get() + ", the root of the project's workspace, and commit uv.lock";
        }
        return "run `" + command() + "` and commit the file that it writes";
    }

    private String command() {
        String backend = text("/build-system/build-backend");
        if (has("/tool/uv") || backend.equals("uv_build")) {
            return "uv lock";
        }
        if (has("/tool/poetry") || backend.startsWith("poetry.")) {
            return "poetry lock";
        }
        if (has("/tool/pdm") || backend.startsWith("pdm.")) {
            return "pdm lock";
        }
        Set<String> names = files.stream().map(FindLock::nameOf).collect(Collectors.toSet());
        if (names.contains("Pipfile")) {
            return "pipenv lock";
        }
        if (has("/tool/pip-tools") || names.contains("requirements.in")) {
            String source = names.contains("requirements.in") ? "requirements.in" : "pyproject.toml";
            return "pip-compile --generate-hashes -o requirements.txt " + source;
        }
        return "uv lock";
    }

    private boolean has(String pointer) {
        return pyproject.filter(tree -> !tree.at(pointer).isMissingNode()).isPresent();
    }

    private String text(String pointer) {
        return pyproject.map(tree -> tree.at(pointer).asString("")).orElse("");
    }
}
