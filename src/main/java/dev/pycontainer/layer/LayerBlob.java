package dev.pycontainer.layer;

import dev.pycontainer.content.Digest;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.store.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A layer of ours, whole in the store.
 *
 * @param descriptor as an OCI manifest has it
 * @param packages what it holds, for a layer of wheels
 * @param runnables what a command can name of it
 * @param reused whether it was there before this run asked for it
 */
public record LayerBlob(
        LayerKind kind,
        Digest diffId,
        Descriptor descriptor,
        Blob blob,
        List<LayerPackage> packages,
        Runnables runnables,
        boolean reused)
        implements Layer {

    public LayerBlob {
        packages = List.copyOf(packages);
    }

    @Override
    public InputStream open() throws IOException {
        return blob.open();
    }
}
