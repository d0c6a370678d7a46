package dev.pycontainer.archive;

import java.io.OutputStream;

/** How a layer's tar is compressed. */
public enum LayerForm {

    /** One ordinary gzip member, of which what archives hold compressed is a part as it is. */
    GZIP,

    /** One zstd frame, smaller than gzip; what reads images must know it. */
    ZSTD;

    /** What names the bytes that this form makes: a part of what layers are remembered by, beside {@link LayerWriter#RULES_VERSION}. */
    public String rules() {
        return switch (this) {
            case GZIP -> "gzip";
            case ZSTD -> ZstdTar.rules();
        };
    }

    CompressedTar over(OutputStream out, PassingTar tar, Inflate inflate) {
        return switch (this) {
            case GZIP -> new JoinedGzip(out, tar, inflate);
            case ZSTD -> new ZstdTar(out, tar, inflate);
        };
    }
}
