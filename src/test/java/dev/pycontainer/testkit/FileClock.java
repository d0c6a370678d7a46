package dev.pycontainer.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** The clock by which a file system notes changes, which goes on by milliseconds at a time. */
public final class FileClock {

    private FileClock() {}

    /** Returns as soon as a change in this directory has another time than all those before. */
    public static void waitForTheNextTick(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, "tick", "");
        FileTime written = Files.getLastModifiedTime(probe);
        while (Files.getLastModifiedTime(probe).equals(written)) {
            Files.write(probe, new byte[0]);
        }
        Files.delete(probe);
    }
}
