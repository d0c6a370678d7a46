package dev.pycontainer.layer;

import dev.pycontainer.store.Blob;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A wheel whose file is in the store.
 *
 * @param proven whether this very run verified all of its bytes, as a download does
 */
public record WheelInStore(PlannedWheel wheel, Blob blob, boolean proven) {

    Path file() throws IOException {
        return proven ? blob.file() : blob.proven();
    }
}
