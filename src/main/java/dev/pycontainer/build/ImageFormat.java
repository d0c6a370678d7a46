package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.oci.MediaTypes;
import java.util.Locale;

/** The manifest's format; descriptors follow it and are never mixed. */
public enum ImageFormat {
    OCI(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_CONFIG, MediaTypes.OCI_LAYER_GZIP),
    DOCKER(MediaTypes.DOCKER_MANIFEST, MediaTypes.DOCKER_CONFIG, MediaTypes.DOCKER_LAYER_GZIP);

    private final String manifest;
    private final String config;
    private final String layer;

    ImageFormat(String manifest, String config, String layer) {
        this.manifest = manifest;
        this.config = config;
        this.layer = layer;
    }

    /** Reads {@code OCI} or {@code Docker}, in any case. */
    public static ImageFormat parse(String text) {
        for (ImageFormat format : values()) {
            if (format.name().equals(text.toUpperCase(Locale.ROOT))) {
                return format;
            }
        }
        throw BuildRefused.because("\"" + text + "\" is not a format of images.")
                .todo("write OCI or Docker");
    }

    public String manifest() {
        return manifest;
    }

    public String config() {
        return config;
    }

    /** The media type in this format of a layer that has this one in another; zstd layers have none in Docker's. */
    public String layerLike(String mediaType) {
        boolean oci = this == OCI;
        return switch (mediaType) {
            case MediaTypes.OCI_LAYER_GZIP, MediaTypes.DOCKER_LAYER_GZIP -> layer;
            case MediaTypes.OCI_LAYER, MediaTypes.DOCKER_LAYER -> oci ? MediaTypes.OCI_LAYER : MediaTypes.DOCKER_LAYER;
            case MediaTypes.OCI_LAYER_ZSTD -> {
                if (!oci) {
                    throw BuildRefused.because("The base has a zstd layer, which Docker's manifest cannot name.")
                            .todo("set container.format to OCI");
                }
                yield mediaType;
            }
            default -> throw BuildRefused.because("The base has a layer of the unknown media type " + mediaType + ".");
        };
    }
}
