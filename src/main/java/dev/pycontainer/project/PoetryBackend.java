package dev.pycontainer.project;

import dev.pycontainer.packaging.TomlTable;
import java.util.ArrayList;
import java.util.List;

/** Poetry, as its page "The pyproject.toml file" says. */
final class PoetryBackend implements BuildBackend {

    /** What Poetry called itself as a build backend before poetry-core stood on its own comes second. */
    static final List<String> REFERENCES = List.of("poetry.core.masonry.api", "poetry.masonry.api");

    @Override
    public List<String> references() {
        return REFERENCES;
    }

    @Override
    public List<String> requirements() {
        return List.of("poetry-core", "poetry");
    }

    @Override
    public SourceRoots roots(TomlTable tool, PackageSearch search) {
        TomlTable poetry = tool.table("poetry");
        if (poetry.isTable("build")) {
            NotEditable.refuse(poetry.table("build"), "script");
        } else {
            NotEditable.refuse(poetry, "build");
        }
        List<String> roots = new ArrayList<>();
        for (TomlTable declared : poetry.tables("packages")) {
            NotEditable.refuse(declared, "to");
            if (isForWheels(declared)) {
                roots.add(NotEditable.directory(declared.text("from").orElse(""), declared.pathOf("from")));
            }
        }
        return roots.isEmpty() ? search.ofNamed(search.ownNames(), "", "src") : search.ofDirectories(roots);
    }

    /** "format": "if no format is specified, it will default to include both sdist and wheel". */
    private static boolean isForWheels(TomlTable declared) {
        List<String> formats =
                declared.isText("format") ? declared.text("format").stream().toList() : declared.texts("format");
        return formats.isEmpty() || formats.contains("wheel");
    }
}
