package dev.pycontainer.build;

import dev.pycontainer.archive.LayerForm;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;

/** Finds layers in a form that not every engine reads, and refuses them in a manifest that cannot name it. */
public final class CheckEngines {

    private static final String PARAMETER = "layers.compression";

    private final Check check;

    /** @param check what happens where older engines cannot read the layers */
    public CheckEngines(Check check) {
        this.check = check;
    }

    void in(BuildRequest request) {
        if (request.compression() != LayerForm.ZSTD) {
            return;
        }
        if (request.container().format() == ImageFormat.DOCKER) {
            throw BuildRefused.because("Docker's manifest cannot name layers that are compressed with zstd.")
                    .todo("set container.format to OCI, or " + PARAMETER + " to gzip or estargz")
                    .in(PARAMETER);
        }
        check.found(BuildRefused.because("Older engines cannot read layers that are compressed with zstd.")
                .why("Docker before 23.0 and containerd before 1.5 end with \"invalid tar header\", umoci up to 0.4.7"
                        + " and whatever else knows gzip alone refuses them")
                .todo("set " + PARAMETER + " to gzip where one of these is to run the image, or " + check.letPass())
                .in(PARAMETER));
    }
}
