package dev.pycontainer.maven;

import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Which plugin this is: another one may build another image.
 *
 * @param own the plugin's jar, whose bytes tell; none where its classes lie in a directory, as in its own tests
 * @param libraries the names of the jars that it runs with, which have their versions in them
 */
record PluginIdentity(Optional<Path> own, List<String> libraries) {

    static PluginIdentity ofThis() {
        return new PluginIdentity(jar(), jarNames());
    }

    private static Optional<Path> jar() {
        CodeSource source = PluginIdentity.class.getProtectionDomain().getCodeSource();
        try {
            return Optional.of(Path.of(source.getLocation().toURI())).filter(Files::isRegularFile);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class was loaded from a URL that is none", e);
        }
    }

    private static List<String> jarNames() {
        List<String> names = new ArrayList<>();
        if (PluginIdentity.class.getClassLoader() instanceof URLClassLoader realm) {
            for (URL url : realm.getURLs()) {
                names.add(url.getPath().substring(url.getPath().lastIndexOf('/') + 1));
            }
        }
        Collections.sort(names);
        return names;
    }
}
