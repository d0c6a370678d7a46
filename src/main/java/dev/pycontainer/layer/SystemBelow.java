package dev.pycontainer.layer;

import dev.pycontainer.content.Digest;
import dev.pycontainer.debian.RecordForm;
import java.io.IOException;
import java.util.Optional;

/** What a system layer lies upon: a system that is there already, or nothing. */
public final class SystemBelow {

    /** No system: the packages are the whole of it, each with its own record. */
    public static final SystemBelow NOTHING = new SystemBelow(RecordForm.STATUS_D, Optional.empty(), path -> false);

    /** Tells whether something lies at a path without a slash at either end; read only where it is asked for. */
    @FunctionalInterface
    public interface Paths {
        boolean has(String path) throws IOException;
    }

    private final RecordForm form;
    private final Optional<Digest> base;
    private final Paths paths;

    private SystemBelow(RecordForm form, Optional<Digest> base, Paths paths) {
        this.form = form;
        this.base = base;
        this.paths = paths;
    }

    /**
     * @param form of its record
     * @param base the digest of the base's configuration, which stands for all that lies in it
     */
    public static SystemBelow of(RecordForm form, Digest base, Paths paths) {
        return new SystemBelow(form, Optional.of(base), paths);
    }

    RecordForm form() {
        return form;
    }

    boolean has(String path) throws IOException {
        return paths.has(path);
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
