package dev.pycontainer.build;

import dev.pycontainer.archive.ElfDynamic;
import dev.pycontainer.debian.LoaderDirectories;
import dev.pycontainer.debian.LoaderFiles;
import dev.pycontainer.packaging.Libc;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.rootfs.FileTree;
import dev.pycontainer.rootfs.LoaderSettings;
import dev.pycontainer.rootfs.NativeFile;
import dev.pycontainer.rootfs.RootFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an image's loaders search, and which Debian it is, read from its files. */
record LoaderPlaces(RootFiles root, Target target) {

    /** Debian's loaders search the directories of {@link LoaderDirectories} by themselves; those of others these. */
    private static final List<String> OF_OTHER_SYSTEMS = List.of("/lib64", "/usr/lib64");

    private static final Pattern CODENAME = Pattern.compile("(?m)^VERSION_CODENAME=\"?([a-z]+)\"?\\s*$");
    private static final Pattern DEBIAN = Pattern.compile("(?m)^ID=\"?debian\"?\\s*$");

    /** @param libraryPath the directories of {@code LD_LIBRARY_PATH} */
    LoaderSettings settings(List<String> libraryPath) throws IOException {
        List<String> directories = new ArrayList<>();
        if (target.libc() == Libc.GLIBC) {
            directories.addAll(LoaderDirectories.of(new ConfigurationFiles(root), triplet())
                    .values());
            directories.addAll(OF_OTHER_SYSTEMS);
        }
        return new LoaderSettings(target.machine(), target.interpreter(), libraryPath, directories);
    }

    /** The codename of Debian's release; empty where the image is of another system. */
    String suite() {
        String release = root.text("/etc/os-release")
                .or(() -> root.text("/usr/lib/os-release"))
                .orElse("");
        Matcher codename = CODENAME.matcher(release);
        return DEBIAN.matcher(release).find() && codename.find() ? codename.group(1) : "";
    }

    private String triplet() {
        return switch (target.machine()) {
            case "i686" -> "i386-linux-gnu";
            case "armv7l" -> "arm-linux-gnueabihf";
            case "ppc64le" -> "powerpc64le-linux-gnu";
            default -> target.machine() + "-linux-gnu";
        };
    }

    /** The files as the reader of the loader's configuration asks for them. */
    private record ConfigurationFiles(RootFiles root) implements LoaderFiles {

        @Override
        public Optional<String> realPath(String path) {
            return root.find(path).map(FileTree.Found::path);
        }

        @Override
        public Collection<String> names(String directory) {
            return root.names(directory);
        }

        @Override
        public Optional<ElfDynamic> library(String file) {
            return root.nativeFile(file).map(NativeFile::elf);
        }

        @Override
        public Optional<byte[]> content(String file) {
            return root.text(file).map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
