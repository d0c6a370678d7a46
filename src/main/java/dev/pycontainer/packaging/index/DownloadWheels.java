package dev.pycontainer.packaging.index;

import dev.pycontainer.packaging.lock.Selection;
import java.util.List;

/** Sees to it that the store holds every wheel of a selection, a few downloads at a time. */
public final class DownloadWheels {

    private final DownloadWheel download;

    public DownloadWheels(DownloadWheel download) {
        this.download = download;
    }

    /** The wheels in the order of the selection; of several failures the first in that order is thrown. */
    public List<DownloadedWheel> all(Selection selection) {
        return FewAtOnce.all(selection.wheels(), download::of);
    }
}
