package dev.pycontainer.archive;

import java.io.OutputStream;

/** How a layer's tar is compressed. */
public enum LayerForm {

    /** One ordinary gzip member, of which what archives hold compressed is a part as it is. */
    GZIP,

    /** A gzip member for each file, and a table of contents: a node can fetch the files that it reads, and no others. */
    ESTARGZ,

    /** One zstd frame, smaller than gzip; what reads images must know it. */
    ZSTD;

    /** What names the bytes that this form makes: a part of what layers are remembered by, beside {@link LayerWriter#RULES_VERSION}. */
    public String rules() {
        return switch (this) {
            case GZIP -> "gzip";
            case ESTARGZ -> "estargz/" + EstargzTar.RULES_VERSION;
            case ZSTD -> ZstdTar.rules();
        };
    }

    CompressedTar over(OutputStream out, PassingTar tar, Inflate inflate) {
        return switch (this) {
            case GZIP -> new JoinedGzip(out, tar, inflate);
            case ESTARGZ -> new EstargzTar(out, tar, inflate);
            case ZSTD -> new ZstdTar(out, tar, inflate);
        };
    }
}
