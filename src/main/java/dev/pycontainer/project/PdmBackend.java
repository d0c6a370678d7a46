package dev.pycontainer.project;

import dev.pycontainer.packaging.TomlTable;
import java.util.List;

/** PDM's backend, as its page "Build Configuration" says. */
final class PdmBackend implements BuildBackend {

    @Override
    public List<String> references() {
        return List.of("pdm.backend");
    }

    @Override
    public List<String> requirements() {
        return List.of("pdm-backend");
    }

    @Override
    public SourceRoots roots(TomlTable tool, PackageSearch search) {
        TomlTable pdm = tool.table("pdm");
        TomlTable build = pdm.table("build");
        NotEditable.refuse(build, "custom-hook", "run-setuptools", "is-purelib", "wheel-data");
        NotEditable.refuse(pdm.table("version"), "write_to");
        // "package-dir": "If not given, PDM will look at src … if it exists, or the project root".
        boolean hasSrc = search.importableIn("src").findAny().isPresent();
        String root = build.text("package-dir").orElse(hasSrc ? "src" : "");
        return search.ofDirectories(List.of(NotEditable.directory(root, build.pathOf("package-dir"))));
    }
}
