package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.util.Optional;

/** One file that the installation of a wheel leaves: its place, and its content as a promise. */
public final class InstalledFile {

    private interface Content {
        void writeTo(WheelDestination destination, InstalledFile file) throws IOException;
    }

    private final String path;
    private final boolean executable;
    private final long size;
    private final Optional<RecordHash> hash;
    private final Content content;

    private InstalledFile(String path, boolean executable, long size, Optional<RecordHash> hash, Content content) {
        this.path = path;
        this.executable = executable;
        this.size = size;
        this.hash = hash;
        this.content = content;
    }

    static InstalledFile generated(String path, boolean executable, byte[] content) {
        byte[] bytes = content.clone();
        return new InstalledFile(
                path,
                executable,
                bytes.length,
                Optional.of(RecordHash.of(bytes)),
                (destination, file) -> destination.generated(file.path, file.executable, bytes));
    }

    static InstalledFile member(String path, boolean executable, Wheel wheel, ZipMember member) {
        return new InstalledFile(
                path,
                executable,
                member.size(),
                wheel.hash(member),
                (destination, file) ->
                        destination.member(file.path, file.executable, wheel.archive(), member, wheel.check(member)));
    }

    /** Relative to the install scheme's prefix. */
    public String path() {
        return path;
    }

    public boolean executable() {
        return executable;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** The hash of the bytes as RECORD writes it; empty for what RECORD cannot list. */
    public Optional<String> hash() {
        return hash.map(RecordHash::toString);
    }

    /** Whether the other file is known to have the same bytes and the same mode. */
    public boolean isSameAs(InstalledFile other) {
        return hash.isPresent() && hash.equals(other.hash) && size == other.size && executable == other.executable;
    }

    /** The file's row in the RECORD that is written; absent for what RECORD cannot list. */
    Optional<RecordRow> row(InstallScheme scheme) {
        return hash.map(value -> RecordRow.of(scheme.recorded(path), value, size));
    }

    public void writeTo(WheelDestination destination) throws IOException {
        try {
            content.writeTo(destination, this);
        } catch (BuildRefused refused) {
            throw refused.orTodo(Wheel.ADVICE);
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
