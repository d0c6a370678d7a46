package dev.pycontainer.project;

/** A file that an installation makes; its path is relative to the install scheme's prefix. */
public final class GeneratedFile {

    private final String path;
    private final boolean executable;
    private final byte[] content;

    GeneratedFile(String path, boolean executable, byte[] content) {
        this.path = path;
        this.executable = executable;
        this.content = content;
    }

    public String path() {
        return path;
    }

    public boolean executable() {
        return executable;
    }

    public byte[] content() {
        return content.clone();
    }

    @Override
    public String toString() {
        return path;
    }
}
