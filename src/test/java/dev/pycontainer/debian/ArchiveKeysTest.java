package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ArchiveKeysTest {

    @Test
    void keysOfDebianAreNotReadBeforeTheyAreAskedFor() throws Exception {
        // given
        try (ClassesAskedFor classes = new ClassesAskedFor()) {
            Class<?> type = classes.loadClass(ArchiveKeys.class.getName());

            // when
            Object keys = type.getMethod("ofDebian").invoke(null);

            // then: that takes a quarter of a second, for which a build that has its packages would wait
            String certificate = "org.bouncycastle.openpgp.api.OpenPGPCertificate";
            assertThat(classes.names).contains(ArchiveKeys.class.getName()).doesNotContain(certificate);
            assertThat((List<?>) type.getMethod("fingerprints").invoke(keys)).isNotEmpty();
            assertThat(classes.names).contains(certificate);
        }
    }

    /** Loads every class of the class path itself, and tells which. */
    private static final class ClassesAskedFor extends URLClassLoader {

        private final List<String> names = new ArrayList<>();

        ClassesAskedFor() {
            super(
                    Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                            .map(ClassesAskedFor::url)
                            .toArray(URL[]::new),
                    ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            names.add(name);
            return Objects.requireNonNull(super.findClass(name));
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}
