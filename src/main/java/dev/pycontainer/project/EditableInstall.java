package dev.pycontainer.project;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.wheel.EntryPointScript;
import dev.pycontainer.packaging.wheel.InstallScheme;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Installs a project whose files lie at the app root as pip and uv install one that is editable: a {@code .dist-info}, a
 * path file that names the source roots, and the scripts.
 */
public final class EditableInstall {

    private final InstallScheme scheme;
    private final String appRoot;

    /** @param appRoot where the project's files lie in the image, such as {@code /app} */
    public EditableInstall(InstallScheme scheme, String appRoot) {
        this.scheme = scheme;
        this.appRoot = appRoot;
    }

    /** The files to write below the scheme's prefix, ordered by path; none for a project that is only copied. */
    public List<GeneratedFile> of(Project project, SourceRoots roots) {
        if (!project.isInstalled() || project.pyproject().isEmpty()) {
            return List.of();
        }
        Pyproject pyproject = project.pyproject().get();
        Version version =
                project.version().orElseThrow(() -> new IllegalStateException("an installed project has a version"));
        ProjectMetadata metadata = new ProjectMetadata(project.name(), version, pyproject);
        ProjectEntryPoints entryPoints = ProjectEntryPoints.of(pyproject);
        String distInfo = scheme.sitePackages() + "/" + metadata.directory() + "/";

        List<GeneratedFile> files = new ArrayList<>();
        files.add(text(scheme.sitePackages() + "/_" + metadata.escapedName() + ".pth", pathFile(roots)));
        files.add(new GeneratedFile(distInfo + "METADATA", false, metadata.metadata()));
        files.add(new GeneratedFile(distInfo + "WHEEL", false, ProjectMetadata.wheel()));
        files.add(new GeneratedFile(distInfo + "direct_url.json", false, directUrl()));
        files.add(text(distInfo + "INSTALLER", "pycontainer"));
        if (!entryPoints.groups().isEmpty()) {
            files.add(new GeneratedFile(distInfo + "entry_points.txt", false, entryPoints.file()));
        }
        entryPoints
                .scripts()
                .forEach((name, entryPoint) ->
                        files.add(new GeneratedFile("bin/" + name, true, EntryPointScript.of(scheme, entryPoint))));
        files.add(text(distInfo + "RECORD", recordOf(files, distInfo + "RECORD")));
        files.sort(Comparator.comparing(GeneratedFile::path, Utf8Order.INSTANCE));
        return List.copyOf(files);
    }

    private static GeneratedFile text(String path, String content) {
        return new GeneratedFile(path, false, content.getBytes(StandardCharsets.UTF_8));
    }

    /** "Path configuration files" of the module {@code site}: a directory a line. */
    private String pathFile(SourceRoots roots) {
        return String.join("\n", roots.below(appRoot)) + "\n";
    }

    /** "Direct URL Data Structure", "Local directories" (PEP 610): an editable install MUST be recorded so. */
    private byte[] directUrl() {
        try {
            ObjectNode url = Json.object();
            url.put("url", new URI("file", "", appRoot, null).toASCIIString());
            url.putObject("dir_info").put("editable", true);
            return Json.compact(url);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("an absolute path is the path of a URI", e);
        }
    }

    /** "Recording installed projects", "The RECORD file": all files, this one without hash and size. */
    private String recordOf(Collection<GeneratedFile> files, String itself) {
        List<String> rows = new ArrayList<>();
        for (GeneratedFile file : files) {
            byte[] hash = Digest.sha256().digest(file.content());
            String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            rows.add(recorded(file.path()) + ",sha256=" + encoded + "," + file.content().length);
        }
        rows.add(recorded(itself) + ",,");
        rows.sort(Utf8Order.INSTANCE);
        return String.join("\n", rows) + "\n";
    }

    /** A path relative to site-packages, as a field of a CSV file. */
    private String recorded(String path) {
        String sitePackages = scheme.sitePackages() + "/";
        String relative = path.startsWith(sitePackages)
                ? path.substring(sitePackages.length())
                : "../".repeat(scheme.sitePackages().split("/", -1).length) + path;
        boolean isPlain = relative.chars().noneMatch(c -> c == ',' || c == '"');
        return isPlain ? relative : "\"" + relative.replace("\"", "\"\"") + "\"";
    }
}
