package dev.pycontainer.packaging.index;

import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.store.Blob;

/** A selected wheel whose bytes are in the store; it can be had only from {@link DownloadWheel}. */
public final class DownloadedWheel {

    private final SelectedWheel wheel;
    private final Blob blob;
    private final boolean fresh;

    DownloadedWheel(SelectedWheel wheel, Blob blob, boolean fresh) {
        this.wheel = wheel;
        this.blob = blob;
        this.fresh = fresh;
    }

    public SelectedWheel wheel() {
        return wheel;
    }

    /** The wheel's file; its digest is the one that the lock lists. */
    public Blob blob() {
        return blob;
    }

    /** Whether its bytes came, and were verified, in this very run. */
    public boolean isFresh() {
        return fresh;
    }
}
