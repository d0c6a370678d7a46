package dev.pycontainer.packaging.index;

import dev.pycontainer.packaging.lock.SelectedWheel;
import dev.pycontainer.store.Blob;

/** A selected wheel whose bytes are in the store; it can be had only from {@link DownloadWheels}. */
public final class DownloadedWheel {

    private final SelectedWheel wheel;
    private final Blob blob;

    DownloadedWheel(SelectedWheel wheel, Blob blob) {
        this.wheel = wheel;
        this.blob = blob;
    }

    public SelectedWheel wheel() {
        return wheel;
    }

    /** The wheel's file; its digest is the one that the lock lists. */
    public Blob blob() {
        return blob;
    }
}
