package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheDirectoryTest {

    private static final Path HOME = Path.of("/home/ada");

    @Test
    void onLinuxItFollowsTheXdgSpecification() {
        assertThat(CacheDirectory.of("Linux", Map.of(), HOME)).isEqualTo(Path.of("/home/ada/.cache/pycontainer"));
        assertThat(CacheDirectory.of("Linux", Map.of("XDG_CACHE_HOME", "/var/cache/ada"), HOME))
                .isEqualTo(Path.of("/var/cache/ada/pycontainer"));
        assertThat(CacheDirectory.of("Linux", Map.of("XDG_CACHE_HOME", "relative"), HOME))
                .isEqualTo(Path.of("/home/ada/.cache/pycontainer"));
    }

    @Test
    void elsewhereItIsThePlatformsOwnPlace() {
        assertThat(CacheDirectory.of("Mac OS X", Map.of(), HOME))
                .isEqualTo(Path.of("/home/ada/Library/Caches/pycontainer"));
        assertThat(CacheDirectory.of("Windows 11", Map.of("LOCALAPPDATA", "/c/Local"), HOME))
                .isEqualTo(Path.of("/c/Local/pycontainer/Cache"));
    }
}
