package dev.pycontainer.project;

import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.List;

/** Poetry, as its page "The pyproject.toml file" says. */
final class PoetryBackend implements BuildBackend {

    @Override
    public List<String> references() {
        return List.of("poetry.core.masonry.api");
    }

    @Override
    public List<String> requirements() {
        return List.of("poetry-core");
    }

    @Override
    public SourceRoots roots(TomlTable tool, PackageSearch search) {
        TomlTable poetry = tool.table("poetry");
        NotEditable.refuse(poetry, "build", "scripts", "plugins");
        List<String> roots = new ArrayList<>();
        for (TomlTable declared : poetry.tables("packages")) {
            NotEditable.refuse(declared, "to");
            roots.add(NotEditable.directory(declared.text("from").orElse(""), declared.pathOf("from")));
        }
        return roots.isEmpty() ? search.ofNamed(search.ownNames(), "", "src") : search.ofDirectories(roots);
    }
}
