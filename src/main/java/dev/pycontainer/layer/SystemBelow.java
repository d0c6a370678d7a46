package dev.pycontainer.layer;

import dev.pycontainer.content.Digest;
import dev.pycontainer.debian.InstalledFiles;
import dev.pycontainer.debian.RecordForm;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a system layer lies upon: a system that is there already, or nothing. */
public final class SystemBelow {

    /** No system: the packages are the whole of it, each with its own record. */
    public static final SystemBelow NOTHING =
            new SystemBelow(RecordForm.STATUS_D, Optional.empty(), () -> new InstalledFiles.Collecting().done());

    /** Reads what lies below, where it is asked for. */
    @FunctionalInterface
    public interface Files {
        InstalledFiles read() throws IOException;
    }

    private final RecordForm form;
    private final Optional<Digest> base;
    private final Files files;
    private @Nullable InstalledFiles read;

    private SystemBelow(RecordForm form, Optional<Digest> base, Files files) {
        this.form = form;
        this.base = base;
        this.files = files;
    }

    /**
     * @param form of its record
     * @param base the digest of the base's configuration, which stands for all that lies in it
     */
    public static SystemBelow of(RecordForm form, Digest base, Files files) {
        return new SystemBelow(form, Optional.of(base), files);
    }

    RecordForm form() {
        return form;
    }

    /** What lies there; layers that are written side by side read it once. */
    synchronized InstalledFiles files() throws IOException {
        if (read == null) {
            read = files.read();
        }
        return read;
    }

    /** The digest that stands for all that lies there. */
    Optional<Digest> base() {
        return base;
    }

    /**
     * Adds what a layer's bytes depend on, and no more: most packages give the same layer upon every base.
     *
     * @param looked whether it is asked for paths
     */
    void addTo(LayerInputs inputs, boolean looked) {
        if (form != RecordForm.STATUS_D) {
            inputs.text().put("record", "status");
        }
        if (looked) {
            base.ifPresent(digest -> inputs.text().put("base", digest.toString()));
        }
    }
}
