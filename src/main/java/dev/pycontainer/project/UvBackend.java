package dev.pycontainer.project;

import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** uv's own backend, as its page "The uv build backend" says. */
final class UvBackend implements BuildBackend {

    @Override
    public List<String> references() {
        return List.of("uv_build");
    }

    @Override
    public List<String> requirements() {
        return List.of("uv-build", "uv");
    }

    @Override
    public SourceRoots roots(TomlTable tool, PackageSearch search) {
        TomlTable build = tool.table("uv").table("build-backend");
        NotEditable.refuse(build, "data");
        String root = NotEditable.directory(build.text("module-root").orElse("src"), build.pathOf("module-root"));
        List<String> roots = new ArrayList<>();
        for (String name : names(build, search)) {
            roots.addAll(search.ofNamed(Set.of(name), root).directories());
        }
        return new SourceRoots(roots);
    }

    private static List<String> names(TomlTable build, PackageSearch search) {
        if (build.isText("module-name")) {
            return build.text("module-name").stream().toList();
        }
        List<String> names = build.texts("module-name");
        // "the package name in lower case, with dots and dashes replaced by underscores"
        return names.isEmpty() ? List.of(search.ownNames().iterator().next()) : names;
    }
}
