package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** One file that the installation of a wheel leaves: its place, and its content as a promise. */
public final class InstalledFile {

    private interface Content {
        long size();

        Optional<RecordHash> hash();

        void writeTo(WheelDestination destination, InstalledFile file) throws IOException;
    }

    private record Member(Wheel wheel, ZipMember member) implements Content {

        @Override
        public long size() {
            return member.size();
        }

        @Override
        public Optional<RecordHash> hash() {
            return wheel.hash(member);
        }

        @Override
        public void writeTo(WheelDestination destination, InstalledFile file) throws IOException {
            destination.member(file.path(), file.executable, wheel.archive(), member, wheel.check(member));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Generated(byte[] bytes, RecordHash known) implements Content {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public Optional<RecordHash> hash() {
            return Optional.of(known);
        }

        @Override
        public void writeTo(WheelDestination destination, InstalledFile file) throws IOException {
            destination.generated(file.path(), file.executable, bytes.length, new ByteArrayInputStream(bytes));
        }
    }

    private record Listing(RecordLines lines) implements Content {

        @Override
        public long size() {
            return lines.size();
        }

        @Override
        public Optional<RecordHash> hash() {
            return Optional.of(lines.hash());
        }

        @Override
        public void writeTo(WheelDestination destination, InstalledFile file) throws IOException {
            destination.generated(file.path(), file.executable, lines.size(), lines.open());
        }
    }

    // Many files share a directory's text, and of most the rest is their member's own: none has a path of its own in
    // memory.
    private final String directory;
    private final String name;
    private final boolean executable;
    private final Content content;

    private InstalledFile(String directory, String name, boolean executable, Content content) {
        this.directory = directory;
        this.name = name;
        this.executable = executable;
        this.content = content;
    }

    /** @param content which nobody changes any more */
    static InstalledFile generated(String path, boolean executable, byte[] content) {
        return new InstalledFile("", path, executable, new Generated(content, RecordHash.of(content)));
    }

    static InstalledFile record(String path, RecordLines lines) {
        return new InstalledFile("", path, false, new Listing(lines));
    }

    /**
     * @param directory where it lies, ended by {@code /}, or nothing
     * @param name its path from there
     */
    static InstalledFile member(String directory, String name, boolean executable, Wheel wheel, ZipMember member) {
        return new InstalledFile(directory, name, executable, new Member(wheel, member));
    }

    /** Relative to the install scheme's prefix. */
    public String path() {
        return directory + name;
    }

    public boolean executable() {
        return executable;
    }

    /** In bytes. */
    public long size() {
        return content.size();
    }

    /** The hash of the bytes as RECORD writes it; empty for what RECORD cannot list. */
    public Optional<String> hash() {
        return content.hash().map(RecordHash::toString);
    }

    /** Whether the other file is known to have the same bytes and the same mode. */
    public boolean isSameAs(InstalledFile other) {
        return content.hash().isPresent()
                && content.hash().equals(other.content.hash())
                && size() == other.size()
                && executable == other.executable;
    }

    /** Whether the RECORD that is written can list it. */
    boolean isRecorded() {
        return content.hash().isPresent();
    }

    /** The row of a file that is recorded. */
    RecordRow row(InstallScheme scheme) {
        return RecordRow.of(recorded(scheme), content.hash().orElseThrow(), size());
    }

    private String recorded(InstallScheme scheme) {
        return directory.equals(scheme.sitePackages() + "/") ? name : scheme.recorded(path());
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
        return path();
    }
}
