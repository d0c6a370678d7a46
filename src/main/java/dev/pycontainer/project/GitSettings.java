package dev.pycontainer.project;

import java.io.File;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.RepositoryCacheConfig;
import org.eclipse.jgit.lib.internal.WorkQueue;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit from starting processes and from writing: it would ask {@code git} for the system's configuration, store a
 * configuration of its own in the user's home, and probe the clock of the file system with files in {@code .git}.
 *
 * <p>The user's own configuration counts, as it does for git; the system's does not. JGit keeps its reader in a static
 * field, of this plugin's class loader: the one static state that the product has.
 */
final class GitSettings extends SystemReader.Delegate {

    private GitSettings(SystemReader reader) {
        super(reader);
    }

    /** Makes these settings the ones that JGit uses, once. */
    static synchronized void use() {
        SystemReader present = SystemReader.getInstance();
        if (!(present instanceof GitSettings)) {
            SystemReader.setInstance(new GitSettings(present));
            leaveNoThread();
        }
    }

    /** JGit's cache of repositories starts a thread that would look after it for ever; nothing is cached here. */
    private static void leaveNoThread() {
        RepositoryCacheConfig config = new RepositoryCacheConfig();
        config.setCleanupDelay(RepositoryCacheConfig.NO_CLEANUP);
        config.install();
        WorkQueue.getExecutor().shutdownNow();
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new CoarseClock(parent, super.openUserConfig(parent, fs).getFile(), fs);
    }

    /** A configuration without a file. */
    private static final class Nothing extends FileBasedConfig {

        Nothing(Config parent, FS fs) {
            super(parent, new File("/nonexistent"), fs);
        }

        @Override
        public void load() {
            // there is nothing to load
        }

        @Override
        public void save() {
            // and nowhere to save it
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }

    /**
     * The user's configuration, and an answer to how coarse the clocks of file systems are: two seconds, as coarse as
     * any. A file changed less than that before the index was written is hashed again, which costs a little time.
     */
    private static final class CoarseClock extends FileBasedConfig {

        CoarseClock(Config parent, File file, FS fs) {
            super(parent, file, fs);
        }

        @Override
        public long getTimeUnit(String section, String subsection, String name, long otherwise, TimeUnit unit) {
            return section.equals("filesystem")
                    ? unit.convert(2, TimeUnit.SECONDS)
                    : super.getTimeUnit(section, subsection, name, otherwise, unit);
        }

        @Override
        public void save() {
            // the user's configuration is the user's
        }
    }
}
