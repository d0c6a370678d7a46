package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.TomlTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * The logins that uv's variables give for the {@code [[tool.uv.index]]} of a project, which its lock names by their URLs
 * alone.
 */
final class UvIndexLogins {

    private UvIndexLogins() {}

    /** @param directory of the lock, where the project or the workspace's root lies */
    static List<LockCredentials> of(Disk disk, Path directory, Map<String, String> environment) {
        if (!UvIndexVariables.anyIn(environment)) {
            return List.of();
        }
        return pyprojectIn(disk, directory)
                .map(pyproject -> pyproject.read(file -> of(file, new UvIndexVariables(environment))))
                .orElse(List.of());
    }

    private static List<LockCredentials> of(TomlTable file, UvIndexVariables variables) {
        List<LockCredentials> credentials = new ArrayList<>();
        for (TomlTable index : file.table("tool").table("uv").tables("index")) {
            Optional<String> url = index.text("url").filter(text -> HttpUrl.parse(text) != null);
            Optional<String> name = index.text("name");
            if (url.isPresent() && name.isPresent()) {
                variables
                        .login(name.get())
                        .map(login -> new LockCredentials(IndexUrl.of(url.get()), login))
                        .ifPresent(credentials::add);
            }
        }
        return credentials;
    }

    private static Optional<Pyproject> pyprojectIn(Disk disk, Path directory) {
        try {
            return Pyproject.in(disk, directory);
        } catch (IOException e) {
            throw BuildRefused.because(directory.resolve(Pyproject.FILE) + " cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }
}
