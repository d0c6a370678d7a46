package dev.pycontainer.store;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the file system said of many files, directories and links at once. As long as it says so of all of them, they are what
 * they were, with all that is in them; nothing is opened and no directory is listed to know it.
 *
 * <p>Paths are absolute: it holds on one machine only.
 */
public final class FileStates {

    /** @param state nothing where there was nothing */
    private record Seen(
            String path, boolean isFollowed, @Nullable FileState state) {}

    private final List<Seen> seen;

    private FileStates(List<Seen> seen) {
        this.seen = seen;
    }

    /**
     * @param since a time of the file system's clock
     * @return nothing where one has been changed since, or where the file system does not tell enough
     */
    static Optional<FileStates> of(Collection<Path> paths, long since) throws IOException {
        Set<Path> directories = new HashSet<>();
        List<Seen> seen = new ArrayList<>();
        for (Path path : paths) {
            FileState state = stateOf(path, LinkOption.NOFOLLOW_LINKS);
            if (state == null) {
                continue;
            }
            seen.add(new Seen(path.toString(), false, state));
            if (Files.isSymbolicLink(path)) {
                seen.add(new Seen(path.toString(), true, stateOf(path)));
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                directories.add(path);
            }
        }
        for (Path path : paths) {
            // What appears in a directory changes its times.
            if (!directories.contains(path.getParent()) && stateOf(path, LinkOption.NOFOLLOW_LINKS) == null) {
                seen.add(new Seen(path.toString(), false, null));
            }
        }
        boolean isSteady =
                FileState.IS_WHOLE && seen.stream().allMatch(file -> file.state == null || file.state.isBefore(since));
        return isSteady ? Optional.of(new FileStates(seen)) : Optional.empty();
    }

    /** Whether the file system says the same of all of them now. */
    public boolean areSame() throws IOException {
        for (Seen file : seen) {
            Path path;
            try {
                path = Path.of(file.path);
            } catch (InvalidPathException unnameable) {
                // It was written down by a JVM that was not started with LC_ALL=C, as this one was.
                return false;
            }
            FileState now = file.isFollowed ? stateOf(path) : stateOf(path, LinkOption.NOFOLLOW_LINKS);
            if (file.state == null ? now != null : !file.state.equals(now)) {
                return false;
            }
        }
        return true;
    }

    /** Nothing where there is nothing, or where it cannot be reached. */
    private static @Nullable FileState stateOf(Path path, LinkOption... options) throws IOException {
        try {
            return FileState.of(path, options);
        } catch (FileSystemException absent) {
            return null;
        }
    }

    /** In the form that {@link #read} reads. */
    public void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(seen.size());
        for (Seen file : seen) {
            out.writeUTF(file.path);
            out.writeBoolean(file.isFollowed);
            out.writeBoolean(file.state != null);
            if (file.state != null) {
                out.writeLong(file.state.size());
                out.writeLong(file.state.modified());
                out.writeLong(file.state.changed());
                out.writeLong(file.state.inode());
            }
        }
    }

    /** What was written by {@link #writeTo}, whole. */
    public static FileStates read(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String path = in.readUTF();
            boolean isFollowed = in.readBoolean();
            FileState state =
                    in.readBoolean() ? new FileState(in.readLong(), in.readLong(), in.readLong(), in.readLong()) : null;
            seen.add(new Seen(path, isFollowed, state));
        }
        return new FileStates(seen);
    }
}
