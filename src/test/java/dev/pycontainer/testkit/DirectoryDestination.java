package dev.pycontainer.testkit;

import dev.pycontainer.archive.ContentCheck;
import dev.pycontainer.archive.ZipArchive;
import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.packaging.wheel.WheelDestination;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory to install to, so that other installers' results can be compared with ours. */
public final class DirectoryDestination implements WheelDestination {

    private final Path prefix;

    public DirectoryDestination(Path prefix) {
        this.prefix = prefix;
    }

    @Override
    public void generated(String path, boolean executable, long size, InputStream content) throws IOException {
        write(path, executable, content.readNBytes((int) size));
    }

    private void write(String path, boolean executable, byte[] content) throws IOException {
        Path file = prefix.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    @Override
    public void member(String path, boolean executable, ZipArchive archive, ZipMember member, ContentCheck check)
            throws IOException {
        byte[] content = archive.read(member, Integer.MAX_VALUE);
        check.update(content, 0, content.length);
        check.finish();
        write(path, executable, content);
    }
}
