package dev.pycontainer.rootfs;

import static dev.pycontainer.testkit.MinimalElf.X86_64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.base.LayerTar;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.Remembered;
import dev.pycontainer.testkit.CacheFiles;
import dev.pycontainer.testkit.DynamicElf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadLayerIndexTest {

    @TempDir
    Path directory;

    @Test
    void aLayerIsReadOnceEverAndToldTheSameWay() throws IOException {
        TarLayer layer = TarLayer.of(new LayerTar()
                .directory("etc")
                .file("etc/os-release", "ID=debian\n")
                .file("etc/ld.so.conf.d/a.conf", "/opt/ä\n")
                .file("etc/hostname", "box\n")
                .program("usr/bin/tool", rich())
                .hardLink("usr/bin/alias", "usr/bin/tool")
                .link("usr/lib/ä", "../../opt")
                .file("usr/lib/.wh.gone", "")
                .file("usr/lib/empty", ""));

        List<String> first = told(layer);
        List<String> second = told(layer);

        assertThat(second).isEqualTo(first);
        assertThat(layer.opened()).isEqualTo(1);
        assertThat(first)
                .satisfiesExactly(
                        entry -> assertThat(entry).contains("path=etc, type=DIRECTORY"),
                        entry -> assertThat(entry).contains("path=etc/os-release", "text=Optional[ID=debian\n]"),
                        entry -> assertThat(entry).contains("text=Optional[/opt/ä\n]"),
                        entry -> assertThat(entry).contains("path=etc/hostname", "size=4", "text=Optional.empty"),
                        entry -> assertThat(entry)
                                .contains(
                                        "path=usr/bin/tool, type=FILE",
                                        "mode=493",
                                        "interpreter=Optional[/lib/ld]",
                                        "type=3",
                                        "soname=Optional[libtool.so]",
                                        "needed=[liba.so.1, libb.so.2]",
                                        "rpath=Optional[/r]",
                                        "runpath=Optional[/run]",
                                        "versionNeeds={liba.so.1=[A_1, A_2], libb.so.2=[B_1]}",
                                        "versionDefinitions=[T_1, T_2]"),
                        entry -> assertThat(entry).contains("type=HARD_LINK, linkTarget=usr/bin/tool"),
                        entry -> assertThat(entry).contains("path=usr/lib/ä, type=SYMBOLIC_LINK, linkTarget=../../opt"),
                        entry -> assertThat(entry).contains("path=usr/lib/.wh.gone"),
                        entry -> assertThat(entry).contains("path=usr/lib/empty", "size=0"));
    }

    @Test
    void aLargeLibraryGoesThroughAFileThatIsGoneAfterwards() throws IOException {
        byte[] large = Arrays.copyOf(DynamicElf.library(X86_64, "liblarge.so.2"), 5 << 20);

        RootFiles root = RootFiles.of(read().of(List.of(TarLayer.of(new LayerTar().file("opt/large", large)))));

        assertThat(root.nativeFile("/opt/large").orElseThrow().elf().soname()).contains("liblarge.so.2");
        assertThat(new CacheFiles(directory.resolve("blobs")).entries()).isEmpty();
    }

    @Test
    void layersAreToldInTheirOrderWhicheverIsReadFirst() throws IOException {
        List<TarLayer> layers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            layers.add(TarLayer.of(new LayerTar().file("name", DynamicElf.library(X86_64, "lib" + i + ".so"))));
        }

        RootFiles root = RootFiles.of(read().of(layers));

        assertThat(root.nativeFile("/name").orElseThrow().elf().soname()).contains("lib19.so");
    }

    @Test
    void aLayerThatIsNotWhatItsImageSaysIsRefusedAndNotRemembered() throws IOException {
        TarLayer layer = TarLayer.of(new LayerTar().file("name", "content"));
        Digest other = Digest.of("another tar");

        assertThatThrownBy(() -> read().of(List.of(new Mislabelled(layer, other))))
                .isInstanceOf(BuildRefused.class)
                .hasMessageContaining("layer " + layer.descriptor().digest());
        assertThat(directory.resolve("remembered")).doesNotExist();
    }

    private record Mislabelled(TarLayer layer, Digest diffId) implements Layer {

        @Override
        public Descriptor descriptor() {
            return layer.descriptor();
        }

        @Override
        public InputStream open() {
            return layer.open();
        }
    }

    private static byte[] rich() {
        return DynamicElf.of(X86_64)
                .interpreter("/lib/ld")
                .soname("libtool.so")
                .rpath("/r")
                .runpath("/run")
                .needs("liba.so.1", "A_1", "A_2")
                .needs("libb.so.2", "B_1")
                .defines("T_1", "T_2")
                .bytes();
    }

    private List<String> told(TarLayer layer) throws IOException {
        List<String> entries = new ArrayList<>();
        read().of(List.of(layer)).get(0).visit((number, entry) -> {
            assertThat(number).isEqualTo(entries.size());
            entries.add(entry.toString());
        });
        return entries;
    }

    private ReadLayerIndex read() {
        return new ReadLayerIndex(new BlobStore(directory, new Tally()), new Remembered(directory));
    }
}
