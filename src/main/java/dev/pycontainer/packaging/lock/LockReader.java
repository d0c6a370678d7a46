package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BoundedInputStream;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads a lock file by the format that its name stands for. */
public final class LockReader {

    /** Every format that is known; a new one is a class and its line here. */
    static final List<LockFormat> FORMATS = List.of(
            LockFormat.ofTool("uv.lock", "uv\\.lock", UvLock::read),
            LockFormat.ofTool(
                    "pylock.toml",
                    "pylock\\.(?:[^.]+\\.)?toml",
                    (disk, file, content, environment) -> Pylock.read(file, content)),
            LockFormat.ofTool(
                    "poetry.lock",
                    "poetry\\.lock",
                    (disk, file, content, environment) -> PoetryLock.read(file, content)),
            LockFormat.ofTool(
                    "pdm.lock", "pdm\\.lock", (disk, file, content, environment) -> PdmLock.read(file, content)),
            LockFormat.ofTool("Pipfile.lock", "Pipfile\\.lock", PipfileLock::read),
            LockFormat.ofRequirements("requirements.txt", RequirementsLock::read));

    private static final long LIMIT = 64L << 20;

    private final Disk disk;
    private final Map<String, String> environment;
    private final Consumer<LockCredentials> credentials;

    /** @param environment the variables that some formats let stand for parts of an index's URL */
    public LockReader(Disk disk, Map<String, String> environment) {
        this(disk, environment, login -> {});
    }

    /** @param credentials told of each login that a lock's URL takes from the environment */
    public LockReader(Disk disk, Map<String, String> environment, Consumer<LockCredentials> credentials) {
        this.disk = disk;
        this.environment = Map.copyOf(environment);
        this.credentials = credentials;
    }

    /** The lock in this file; what is not a lock, or cannot be read without guessing, is refused by name. */
    public Lock read(Path file) {
        LockFormat format = FORMATS.stream()
                .filter(candidate -> candidate.mayBe(file))
                .findFirst()
                .orElseThrow(() -> BuildRefused.because("\"" + file + "\" is not a lock file that can be read.")
                        .why("its name stands for none of the known formats")
                        .todo("name one of: "
                                + FORMATS.stream().map(LockFormat::kind).collect(Collectors.joining(", "))));
        byte[] content = contentOf(disk, file);
        LockFile identity = new LockFile(file, format.kind(), Digest.of(content));
        try {
            Lock lock = format.reader().read(disk, identity, content, environment);
            lock.credentials().forEach(credentials);
            return lock;
        } catch (BuildRefused refused) {
            throw refused.in(identity.name());
        }
    }

    static byte[] contentOf(Disk disk, Path file) {
        try (InputStream in = new BoundedInputStream(disk.open(file), LIMIT, "The lock file " + file)) {
            // In one piece as far as the file is as large as it says.
            byte[] content = new byte[(int) Math.min(disk.size(file), LIMIT)];
            int length = in.readNBytes(content, 0, content.length);
            byte[] rest = in.readAllBytes();
            return length == content.length && rest.length == 0 ? content : joined(content, length, rest);
        } catch (NoSuchFileException absent) {
            throw BuildRefused.because("The lock file " + file + " does not exist.")
                    .todo("name the file relative to the project's directory, or leave it out to have it found");
        } catch (IOException e) {
            throw BuildRefused.because("The lock file " + file + " cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private static byte[] joined(byte[] content, int length, byte[] rest) {
        byte[] whole = Arrays.copyOf(content, length + rest.length);
        System.arraycopy(rest, 0, whole, length, rest.length);
        return whole;
    }
}
