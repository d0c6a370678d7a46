package dev.pycontainer.layer;

import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Tells with which package a file came that lies in a layer of several, from what is remembered of its wheels. */
public final class FindPackage {

    private final LayerStore layers;
    private final InstallScheme scheme;
    private final FileFilter filter;

    public FindPackage(LayerStore layers, InstallScheme scheme, FileFilter filter) {
        this.layers = layers;
        this.scheme = scheme;
        this.filter = filter;
    }

    /**
     * @param path absolute, without any link
     * @return empty where the layer holds no package, or where it is not known which of several it is
     */
    public Optional<LayerPackage> of(LayerBlob layer, String path) throws IOException {
        List<LayerPackage> packages = layer.packages();
        String prefix = scheme.prefix() + "/";
        if (packages.size() <= 1 || layer.kind() != LayerKind.DEPENDENCIES || !path.startsWith(prefix)) {
            return packages.size() == 1 ? Optional.of(packages.get(0)) : Optional.empty();
        }
        String below = path.substring(prefix.length());
        // Of two wheels that want one place the later has it.
        for (int i = packages.size() - 1; i >= 0; i--) {
            if (claims(packages.get(i), below)) {
                return Optional.of(packages.get(i));
            }
        }
        return Optional.empty();
    }

    private boolean claims(LayerPackage held, String path) throws IOException {
        if (held.file().isEmpty()) {
            return false;
        }
        return layers.recall(WheelFiles.inputs(held.file().get().sha256(), scheme, filter)).stream()
                .flatMap(bytes -> WheelFiles.claims(bytes).stream())
                .anyMatch(claim -> claim.path().equals(path));
    }
}
