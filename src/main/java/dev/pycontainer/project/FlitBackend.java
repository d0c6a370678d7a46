package dev.pycontainer.project;

import dev.pycontainer.packaging.TomlTable;
import java.util.List;

/** Flit, as its page "The pyproject.toml config file" says. */
final class FlitBackend implements BuildBackend {

    @Override
    public List<String> references() {
        return List.of("flit_core.buildapi");
    }

    @Override
    public List<String> requirements() {
        return List.of("flit-core");
    }

    @Override
    public SourceRoots roots(TomlTable tool, PackageSearch search) {
        TomlTable flit = tool.table("flit");
        NotEditable.refuse(flit, "external-data");
        return flit.table("module")
                .text("name")
                .map(name -> search.ofNamed(List.of(name), "src", ""))
                .orElseGet(() -> search.ofNamed(search.ownNames(), "src", ""));
    }
}
