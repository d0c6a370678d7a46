package dev.pycontainer.testkit;

import dev.pycontainer.archive.ElfDynamic;
import dev.pycontainer.debian.LoaderFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory taken for the root of a file system: its links lead nowhere out of it. */
public record RootDirectory(Path root) implements LoaderFiles {

    private static final int MOST_LINKS = 40;

    public RootDirectory file(String path, byte[] content) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return this;
    }

    public RootDirectory link(String path, String target) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, Path.of(target));
        return this;
    }

    @Override
    public Optional<String> realPath(String path) {
        Deque<String> rest = new ArrayDeque<>(List.of(path.split("/", -1)));
        Path here = root;
        int links = 0;
        while (!rest.isEmpty()) {
            String name = rest.pop();
            Path next = here.resolve(name);
            if (name.equals("..")) {
                here = here.equals(root) ? root : here.getParent();
            } else if (Files.isSymbolicLink(next)) {
                String target = readLink(next);
                here = target.startsWith("/") ? root : here;
                String[] names = target.split("/", -1);
                for (int i = names.length - 1; i >= 0; i--) {
                    rest.push(names[i]);
                }
                if (++links > MOST_LINKS) {
                    return Optional.empty();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.empty();
                }
                here = next;
            }
        }
        return Optional.of("/" + root.relativize(here));
    }

    @Override
    public Collection<String> names(String directory) {
        Path path = root.resolve(directory.substring(1));
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(path)) {
            return list.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<ElfDynamic> library(String file) throws IOException {
        Path path = root.resolve(file.substring(1));
        return Files.isRegularFile(path) ? ElfDynamic.read(Files.readAllBytes(path)) : Optional.empty();
    }

    @Override
    public Optional<byte[]> content(String file) throws IOException {
        Path path = root.resolve(file.substring(1));
        return Files.isRegularFile(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
    }

    private static String readLink(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
