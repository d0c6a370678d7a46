package dev.pycontainer.base;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Tally;
import dev.pycontainer.debian.LoaderCache;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.rootfs.TarLayer;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.testkit.CacheFiles;
import dev.pycontainer.testkit.DynamicElf;
import dev.pycontainer.testkit.RootDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadLoaderCacheTest {

    private static final int X86_64 = 62;
    private static final String LIBRARIES = "usr/lib/x86_64-linux-gnu/";

    @TempDir
    Path directory;

    @Test
    void theCacheOfLayersIsThatOfTheRootThatTheyMake() throws Exception {
        byte[] foo = DynamicElf.library(X86_64, "libfoo.so.1");
        byte[] large = Arrays.copyOf(DynamicElf.library(X86_64, "liblarge.so.2"), 5 << 20);
        LayerTar lower = new LayerTar()
                .file("etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf\n")
                .file("etc/ld.so.conf.d/x86_64-linux-gnu.conf", "/usr/local/lib\n/lib/x86_64-linux-gnu\n")
                .link("lib", "usr/lib")
                .file(LIBRARIES + "libfoo.so.1.0", foo)
                .link(LIBRARIES + "libfoo.so.1", "libfoo.so.1.0")
                .file(LIBRARIES + "libgone.so.3", DynamicElf.library(X86_64, "libgone.so.3"));
        LayerTar upper = new LayerTar()
                .file("opt/large/real", large)
                .link(LIBRARIES + "liblarge.so.2", "/opt/large/real")
                .file(LIBRARIES + "libtext.so.1", "no library")
                .file(LIBRARIES + ".wh.libgone.so.3", "");

        LoaderCache cache = read(lower, upper);

        RootDirectory root = new RootDirectory(Files.createDirectory(directory.resolve("root")))
                .file("/etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf\n".getBytes(UTF_8))
                .file(
                        "/etc/ld.so.conf.d/x86_64-linux-gnu.conf",
                        "/usr/local/lib\n/lib/x86_64-linux-gnu\n".getBytes(UTF_8))
                .file("/" + LIBRARIES + "libfoo.so.1.0", foo)
                .link("/" + LIBRARIES + "libfoo.so.1", "libfoo.so.1.0")
                .file("/opt/large/real", large)
                .link("/" + LIBRARIES + "liblarge.so.2", "/opt/large/real")
                .link("/lib", "usr/lib");
        assertThat(cache.bytes()).isEqualTo(LoaderCache.of(root, "x86_64").bytes());
        assertThat(new String(cache.bytes(), ISO_8859_1))
                .contains("/lib/x86_64-linux-gnu/libfoo.so.1", "/lib/x86_64-linux-gnu/liblarge.so.2")
                .doesNotContain("libgone", "libtext");
        assertThat(new CacheFiles(directory.resolve("cache")).entries()).isEmpty();
    }

    private LoaderCache read(LayerTar... tars) throws IOException {
        List<Layer> layers = new ArrayList<>();
        for (LayerTar tar : tars) {
            layers.add(TarLayer.of(tar));
        }
        return new ReadLoaderCache(new BlobStore(directory.resolve("cache"), new Tally())).of(layers, "x86_64");
    }
}
