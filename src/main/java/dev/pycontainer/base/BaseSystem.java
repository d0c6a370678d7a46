package dev.pycontainer.base;

import dev.pycontainer.content.Digest;
import dev.pycontainer.debian.DebianPackage;
import dev.pycontainer.debian.DebianSuite;
import dev.pycontainer.debian.RecordForm;
import java.util.List;

/**
 * The Debian system that a base is, to which packages can be added: its {@code /usr} is merged.
 *
 * <p>Can be had only from {@link ReadSystem}.
 */
public final class BaseSystem {

    private final Digest config;
    private final DebianSuite suite;
    private final String architecture;
    private final RecordForm form;
    private final List<DebianPackage> installed;

    BaseSystem(Digest config, DebianSuite suite, String architecture, RecordForm form, List<DebianPackage> installed) {
        this.config = config;
        this.suite = suite;
        this.architecture = architecture;
        this.form = form;
        this.installed = List.copyOf(installed);
    }

    /** The digest of the base's configuration, and so of all that this was read from. */
    public Digest config() {
        return config;
    }

    public DebianSuite suite() {
        return suite;
    }

    /** As Debian names it, such as {@code amd64}. */
    public String architecture() {
        return architecture;
    }

    /** How it keeps the record of its packages, and so how whoever adds some writes it. */
    public RecordForm form() {
        return form;
    }

    /** The packages that are installed, in the order of the record. */
    public List<DebianPackage> installed() {
        return installed;
    }
}
