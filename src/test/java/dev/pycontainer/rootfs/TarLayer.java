package dev.pycontainer.rootfs;

import dev.pycontainer.base.LayerTar;
import dev.pycontainer.content.Digest;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.Layer;
import dev.pycontainer.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** A layer as a registry has it, which counts how often it is opened. */
public final class TarLayer implements Layer {

    private final byte[] tar;
    private final byte[] blob;
    private final AtomicInteger opened = new AtomicInteger();

    private TarLayer(byte[] tar, byte[] blob) {
        this.tar = tar;
        this.blob = blob;
    }

    public static TarLayer of(LayerTar layer) throws IOException {
        byte[] tar = layer.tar();
        return new TarLayer(tar, LayerTar.gzip(tar));
    }

    /** How often {@link #open()} was called. */
    public int opened() {
        return opened.get();
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.of(MediaTypes.OCI_LAYER_GZIP, Digest.of(blob), blob.length);
    }

    @Override
    public Digest diffId() {
        return Digest.of(tar);
    }

    @Override
    public InputStream open() {
        opened.incrementAndGet();
        return new ByteArrayInputStream(blob);
    }
}
