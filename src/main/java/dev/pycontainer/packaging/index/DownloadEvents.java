package dev.pycontainer.packaging.index;

import java.util.OptionalLong;

/** Is told how downloads get on; by several threads at once. */
public interface DownloadEvents {

    /** Listens to nothing. */
    DownloadEvents SILENT = new DownloadEvents() {
        @Override
        public void begun(String file, OptionalLong size) {}

        @Override
        public void received(String file, long bytes) {}

        @Override
        public void ended(String file) {}
    };

    /**
     * A file's first byte is awaited; told again where it must begin anew.
     *
     * @param size in bytes, where it is known
     */
    void begun(String file, OptionalLong size);

    /** @param bytes since the last time */
    void received(String file, long bytes);

    /** The file is there, or has failed. */
    void ended(String file);
}
