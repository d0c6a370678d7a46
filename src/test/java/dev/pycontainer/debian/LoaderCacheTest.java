package dev.pycontainer.debian;

import static dev.pycontainer.testkit.DebBytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.archive.ElfDynamic;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.testkit.Command;
import dev.pycontainer.testkit.DynamicElf;
import dev.pycontainer.testkit.MinimalElf;
import dev.pycontainer.testkit.RootDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoaderCacheTest {

    private static final String LIB = "/usr/lib/x86_64-linux-gnu/";

    @TempDir
    Path directory;

    private RootDirectory root;

    @BeforeEach
    void aRootWithDebiansConfiguration() throws IOException {
        root = new RootDirectory(directory)
                .link("/lib", "usr/lib")
                .file("/etc/ld.so.conf", utf8("include /etc/ld.so.conf.d/*.conf\n\n"))
                .file("/etc/ld.so.conf.d/far.conf", utf8("/opt/far\n"))
                .file("/etc/ld.so.conf.d/libc.conf", utf8("# libc default configuration\n/usr/local/lib\n"))
                .file(
                        "/etc/ld.so.conf.d/x86_64-linux-gnu.conf",
                        utf8("# Multiarch support\n/lib/x86_64-linux-gnu\n/usr/lib/x86_64-linux-gnu\n"));
    }

    // What ldconfig of glibc 2.36 writes for the same files, without the section that names it and with that section's
    // offset 0.
    @Test
    void theBytesAreThoseOfLdconfig() throws IOException {
        root.file(LIB + "libtinyone.so.1.2", tiny("libtinyone.so.1.2"))
                .link(LIB + "libtinyone.so.1", "libtinyone.so.1.2")
                .file("/opt/far/libtinytwo.so.2", tiny("libtinytwo.so.2"));

        LoaderCache cache = LoaderCache.of(root, "x86_64");

        assertThat(HexFormat.of().formatHex(cache.bytes())).isEqualTo("""
                        676c6962632d6c642e736f2e6361636865312e31020000003f00000002000000
                        0000000000000000000000000000000003030000690000006000000000000000
                        0000000000000000030300008f00000079000000000000000000000000000000
                        2f6f70742f6661722f6c696274696e7974776f2e736f2e32002f6c69622f7838
                        365f36342d6c696e75782d676e752f6c696274696e796f6e652e736f2e3100
                        """.replace("\n", ""));
        assertThat(cache.links()).isEmpty();
    }

    /** On every machine with glibc, whichever its own machine is: libraries are made for it. */
    @Test
    void ldconfigItselfWritesTheSameAndReadsOurs() throws IOException {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        int machine = arm ? MinimalElf.AARCH64 : MinimalElf.X86_64;
        String lib = "/usr/lib/" + (arm ? "aarch64" : "x86_64") + "-linux-gnu/";
        root.file(lib + "libz.so.1.2.9", DynamicElf.library(machine, "libz.so.1"))
                .file(lib + "libz.so.1.2.13", DynamicElf.library(machine, "libz.so.1"))
                .link(lib + "libz.so", "libz.so.1.2.13")
                .file("/usr/lib/libmade.so.4.1", DynamicElf.library(machine, "libmade.so.4"))
                .file("/usr/local/lib/libpython3.13.so.1.0", DynamicElf.library(machine, "libpython3.13.so.1.0"))
                .link("/usr/local/lib/libpython3.13.so", "libpython3.13.so.1.0")
                .file("/opt/far/libz.so.1", DynamicElf.library(machine, "libz.so.1"))
                .file("/opt/far/libnameless.so", DynamicElf.of(machine).bytes())
                .link("/opt/far/libalias.so.7", "../.." + lib + "libz.so.1.2.13");
        LoaderCache ours = LoaderCache.of(root, arm ? "aarch64" : "x86_64");
        Files.write(directory.resolve("ours"), ours.bytes());

        Command.of("/sbin/ldconfig", "-r", directory, "-C", "/theirs").run();

        byte[] theirs = Files.readAllBytes(directory.resolve("theirs"));
        int length = ours.bytes().length;
        // where their section about themselves begins
        ByteBuffer.wrap(theirs).order(ByteOrder.LITTLE_ENDIAN).putInt(32, 0);
        assertThat(Arrays.copyOf(theirs, length)).isEqualTo(ours.bytes());
        assertThat(Command.of("/sbin/ldconfig", "-p", "-C", directory.resolve("ours"))
                        .run()
                        .lines()
                        .skip(1))
                .hasSize(7)
                .contains("\tlibnameless.so (libc6," + (arm ? "AArch64" : "x86-64") + ") => /opt/far/libnameless.so");
        assertThat(ours.links())
                .isEqualTo(Map.of(lib + "libz.so.1", "libz.so.1.2.13", "/usr/lib/libmade.so.4", "libmade.so.4.1"));
        for (Map.Entry<String, String> link : ours.links().entrySet()) {
            assertThat(Files.readSymbolicLink(directory.resolve(link.getKey().substring(1))))
                    .hasToString(link.getValue());
        }
    }

    @Test
    void armLibrariesHaveTheirOwnFlags() throws IOException {
        root.file("/usr/lib/aarch64-linux-gnu/libx.so.1", DynamicElf.library(MinimalElf.AARCH64, "libx.so.1"))
                .file("/usr/lib/libx86.so.1", DynamicElf.library(MinimalElf.X86_64, "libx86.so.1"));

        byte[] cache = LoaderCache.of(root, "aarch64").bytes();

        assertThat(ByteBuffer.wrap(cache).order(ByteOrder.LITTLE_ENDIAN).getInt(48))
                .isEqualTo(0x0a03);
        assertThat(listed(cache)).containsExactly("libx.so.1 => /lib/aarch64-linux-gnu/libx.so.1");
    }

    @Test
    void theGreatestNameStandsFirstAndOfEqualOnesTheFirstDirectorys() throws IOException {
        for (String path :
                List.of("/usr/lib/libx.so.9", "/opt/far/libx.so.10", LIB + "libx.so.9", "/opt/far/liba.so.1")) {
            root.file(path, DynamicElf.of(MinimalElf.X86_64).bytes());
        }

        assertThat(listed())
                .containsExactly(
                        "libx.so.10 => /opt/far/libx.so.10",
                        "libx.so.9 => /lib/x86_64-linux-gnu/libx.so.9",
                        "libx.so.9 => /lib/libx.so.9",
                        "liba.so.1 => /opt/far/liba.so.1");
    }

    // ldconfig.c, search_dir: of a name the file rather than a link, else the newer; a linker's link keeps its own name
    @Test
    void ofLibrariesOfOneNameTheNewestHasIt() throws IOException {
        byte[] library = DynamicElf.library(MinimalElf.X86_64, "libx.so.1");
        root.file(LIB + "libx.so.1.9", library)
                .file(LIB + "libx.so.1.10", library)
                .link(LIB + "libx.so.1", "libx.so.1.9")
                .link(LIB + "libx.so", "libx.so.1");

        assertThat(listed())
                .containsExactly(
                        "libx.so.1 => /lib/x86_64-linux-gnu/libx.so.1", "libx.so => /lib/x86_64-linux-gnu/libx.so");
        assertThat(LoaderCache.of(root, "x86_64").links()).isEqualTo(Map.of(LIB + "libx.so.1", "libx.so.1.10"));
    }

    @Test
    void aFileHasTheNameRatherThanALinkToAnother() throws IOException {
        root.file("/usr/lib/libold-0.9.so", DynamicElf.library(MinimalElf.X86_64, "libold.so.1"))
                .file("/usr/lib/libold-1.0.so", DynamicElf.library(MinimalElf.X86_64, "libold.so.1"))
                .link("/usr/lib/libold.so.1", "libold-0.9.so")
                .file("/opt/else/libnew.so.10", DynamicElf.library(MinimalElf.X86_64, "libnew.so.10"))
                .link("/usr/lib/libnew.so.10", "/opt/else/libnew.so.10")
                .file("/usr/lib/libnew.so.9", DynamicElf.library(MinimalElf.X86_64, "libnew.so.10"));

        assertThat(LoaderCache.of(root, "x86_64").links())
                .isEqualTo(Map.of("/usr/lib/libold.so.1", "libold-1.0.so", "/usr/lib/libnew.so.10", "libnew.so.9"));
    }

    // "If the path the link points to isn't its soname or it is not the .so symlink for ld(1), we treat it as a normal
    // file."
    @Test
    void aNameThatIsNotTheLibrarysOwnGivesWayToIt() throws IOException {
        root.file("/usr/lib/libdev.so", DynamicElf.library(MinimalElf.X86_64, "libdev.so.1"))
                .file("/opt/else/a", DynamicElf.library(MinimalElf.X86_64, "liba.so.1"))
                .link("/usr/lib/libalias.so", "/opt/else/a")
                .file("/opt/else/b", DynamicElf.library(MinimalElf.X86_64, "libb.so.1.2"))
                .link("/usr/lib/libb.so.1", "/opt/else/b");

        assertThat(listed())
                .containsExactly(
                        "libdev.so.1 => /lib/libdev.so.1",
                        "libb.so.1.2 => /lib/libb.so.1.2",
                        "liba.so.1 => /lib/liba.so.1");
    }

    @Test
    void theOrderOfADirectoryChangesNothing() throws IOException {
        byte[] library = DynamicElf.library(MinimalElf.X86_64, "libx.so.1");
        // two that are equal for the loader
        root.file(LIB + "libx.so.1.1", library).file(LIB + "libx.so.1.01", library);
        for (boolean forwards : new boolean[] {true, false}) {
            LoaderFiles files = new Ordered(root, forwards ? Utf8Order.INSTANCE : Utf8Order.INSTANCE.reversed());

            assertThat(LoaderCache.of(files, "x86_64").links()).isEqualTo(Map.of(LIB + "libx.so.1", "libx.so.1.01"));
        }
    }

    private record Ordered(LoaderFiles files, Comparator<String> order) implements LoaderFiles {

        @Override
        public Optional<String> realPath(String path) {
            return files.realPath(path);
        }

        @Override
        public Collection<String> names(String path) {
            return files.names(path).stream().sorted(order).toList();
        }

        @Override
        public Optional<ElfDynamic> library(String file) throws IOException {
            return files.library(file);
        }

        @Override
        public Optional<byte[]> content(String file) throws IOException {
            return files.content(file);
        }
    }

    @Test
    void aFileThatHasTheLibrarysNameIsNoLinksPlace() throws IOException {
        root.file(LIB + "libx.so.1.2", DynamicElf.library(MinimalElf.X86_64, "libx.so.1"))
                .file(LIB + "libx.so.1", utf8("not a library"));

        assertThat(LoaderCache.of(root, "x86_64").links()).isEmpty();
    }

    @Test
    void aLinkThatLeadsNowhereGivesItsPlace() throws IOException {
        root.file(LIB + "libx.so.1.2", DynamicElf.library(MinimalElf.X86_64, "libx.so.1"))
                .link(LIB + "libx.so.1", "libx.so.1.1");

        assertThat(LoaderCache.of(root, "x86_64").links()).isEqualTo(Map.of(LIB + "libx.so.1", "libx.so.1.2"));
    }

    @Test
    void whatTheLoaderCouldNotLoadOrFindIsLeftOut() throws IOException {
        byte[] library = DynamicElf.library(MinimalElf.X86_64, "libx.so.1");
        byte[] program = library.clone();
        program[16] = 2;
        byte[] debugInformation = library.clone();
        ByteBuffer.wrap(debugInformation).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 56 + 32, 0);
        root.file(LIB + "libx.so.1.debug", debugInformation)
                .file(LIB + "libscript.so", utf8("/* GNU ld script */ GROUP ( libx.so.1 )"))
                .file(LIB + "libprogram.so.1", program)
                .file(LIB + "libarm.so.1", DynamicElf.library(MinimalElf.AARCH64, "libarm.so.1"))
                .file(LIB + "libi386.so.1", new DynamicElf(false, ByteOrder.LITTLE_ENDIAN, 3).bytes())
                .file(LIB + "libx32.so.1", new DynamicElf(false, ByteOrder.LITTLE_ENDIAN, 62).bytes())
                .file(LIB + "libbig.so.1", new DynamicElf(true, ByteOrder.BIG_ENDIAN, 62).bytes())
                .file(LIB + "libdir.so/libx.so.1", library)
                .file(LIB + "libx.so.1.dpkg-new", library)
                .file(LIB + "plugin.so", library)
                .file(LIB + "libé.so.1", library)
                .file(LIB + "libslash.so.1", DynamicElf.library(MinimalElf.X86_64, "../../etc/libslash.so.1"))
                .file(LIB + "libutf.so.1", DynamicElf.library(MinimalElf.X86_64, "libé.so.1"))
                .file(LIB + "libblank.so.1", DynamicElf.library(MinimalElf.X86_64, "lib x.so.1"))
                .file(LIB + "libempty.so.1", DynamicElf.library(MinimalElf.X86_64, ""))
                .file(LIB + "glibc-hwcaps/x86-64-v3/libx.so.1", library)
                .link(LIB + "libgone.so.1", "libgone.so.1.2")
                .link(LIB + "libloop.so.1", "libloop.so.1");

        LoaderCache cache = LoaderCache.of(root, "x86_64");

        assertThat(listed(cache.bytes())).isEmpty();
        assertThat(cache.bytes()).hasSize(48);
        assertThat(cache.links()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "libx.so.1, true",
        "libx.so, true",
        "libx-1.2.so, true",
        "ld-linux-x86-64.so.2, true",
        "ld.so.1, true",
        "ld64.so.2, true",
        "libx.a, false",
        "x.so, false",
        "libx.so.1.#prelink#, false",
        "libx.so.1.#prelink#.Ab3dEf, false",
        "libx.so.1.dpkg-tmp, false"
    })
    void libraryNamesAreThoseThatLdconfigOpens(String name, boolean library) {
        assertThat(LoaderCache.mayBeLibrary(name)).isEqualTo(library);
    }

    // ld.so.conf as parse_conf of ldconfig.c reads it; "~" stands for a line's end
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| /lib/x86_64-linux-gnu /lib",
                "/opt/a# the first~  /opt/b//~~# none | /opt/a /opt/b /lib/x86_64-linux-gnu /lib",
                "/opt/b=libc6~hwcap 1 nosegneg | /opt/b /lib/x86_64-linux-gnu /lib",
                "/usr/lib~/lib~/opt/gone | /usr/lib /lib/x86_64-linux-gnu",
                "include more/*.conf | /opt/b /opt/a /lib/x86_64-linux-gnu /lib",
                "include /etc/more/2.conf /etc/more/?.conf /etc/none/*.conf | /opt/a /opt/b /lib/x86_64-linux-gnu /lib",
                "include /etc/more/.*.conf | /opt/hidden /lib/x86_64-linux-gnu /lib",
                "include | /lib/x86_64-linux-gnu /lib",
                "/~//~/opt/a | /opt/a /lib/x86_64-linux-gnu /lib"
            })
    void directoriesAreThoseOfTheConfigurationThenTheSystems(String configuration, String directories)
            throws IOException {
        Files.createDirectories(directory.resolve("opt/a"));
        Files.createDirectories(directory.resolve("opt/b"));
        Files.createDirectories(directory.resolve("opt/hidden"));
        Files.createDirectories(directory.resolve("usr/lib/x86_64-linux-gnu"));
        root.file("/etc/ld.so.conf", utf8(configuration == null ? "" : configuration.replace('~', '\n')))
                .file("/etc/more/1.conf", utf8("/opt/b"))
                .file("/etc/more/2.conf", utf8("/opt/a\n"))
                .file("/etc/more/.3.conf", utf8("/opt/hidden\n"));

        assertThat(String.join(
                        " ", LoaderDirectories.of(root, "x86_64-linux-gnu").values()))
                .isEqualTo(directories);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "include /etc/ld.so.conf|The loader's configuration has more than 1000 files.",
                "include /etc/*/x.conf|The loader's configuration includes \"/etc/*/x.conf\".",
                "include /etc/[ab].conf|The loader's configuration includes \"/etc/[ab].conf\".",
                "lib/x|The loader's configuration names \"lib/x\", which is no absolute path."
            })
    void aConfigurationThatCannotBeFollowedIsRefused(String configuration, String what) throws IOException {
        root.file("/etc/ld.so.conf", utf8(configuration));

        assertThatThrownBy(this::listed)
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(what + "\n  where  /etc/ld.so.conf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s390x", "i686", "x32"})
    void aMachineThatIsNotKnownIsRefused(String machine) {
        assertThatThrownBy(() -> LoaderCache.of(root, machine))
                .hasMessage("The loader's cache of a base for " + machine + " cannot be written.\n"
                        + "  why    known here are x86_64 and aarch64");
    }

    @Test
    void librariesHaveALimit() throws IOException {
        Optional<ElfDynamic> library =
                ElfDynamic.read(DynamicElf.of(MinimalElf.X86_64).bytes());
        LoaderFiles many = new LoaderFiles() {
            @Override
            public Optional<String> realPath(String path) {
                return path.startsWith("/lib") ? Optional.of(path) : Optional.empty();
            }

            @Override
            public Collection<String> names(String path) {
                return IntStream.rangeClosed(0, 10_000)
                        .mapToObj(n -> "lib" + n + ".so")
                        .toList();
            }

            @Override
            public Optional<ElfDynamic> library(String file) {
                return library;
            }

            @Override
            public Optional<byte[]> content(String file) {
                return Optional.empty();
            }
        };

        assertThatThrownBy(() -> LoaderCache.of(many, "x86_64"))
                .hasMessage("There are more than 10000 libraries in the loader's directories.");
    }

    private List<String> listed() throws IOException {
        return listed(LoaderCache.of(root, "x86_64").bytes());
    }

    /** The entries as {@code ldconfig -p} lists them, without their machine. */
    private static List<String> listed(byte[] cache) {
        ByteBuffer bytes = ByteBuffer.wrap(cache).order(ByteOrder.LITTLE_ENDIAN);
        List<String> entries = new ArrayList<>();
        for (int at = 48; at < 48 + 24 * bytes.getInt(20); at += 24) {
            entries.add(text(cache, bytes.getInt(at + 4)) + " => " + text(cache, bytes.getInt(at + 8)));
        }
        return entries;
    }

    private static String text(byte[] cache, int at) {
        int end = at;
        while (cache[end] != 0) {
            end++;
        }
        return new String(cache, at, end - at, StandardCharsets.UTF_8);
    }

    private static byte[] tiny(String name) throws IOException {
        try (InputStream in = ElfDynamic.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
