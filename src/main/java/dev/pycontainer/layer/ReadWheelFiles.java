package dev.pycontainer.layer;

import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.packaging.wheel.InstallWheel;
import dev.pycontainer.packaging.wheel.InstalledFile;
import dev.pycontainer.packaging.wheel.Wheel;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Tells which files a wheel installs under a scheme, and keeps the answer so that the wheel is opened once. */
final class ReadWheelFiles {

    private final LayerStore layers;
    private final InstallScheme scheme;
    private final FileFilter filter;

    ReadWheelFiles(LayerStore layers, InstallScheme scheme, FileFilter filter) {
        this.layers = layers;
        this.scheme = scheme;
        this.filter = filter;
    }

    /** What an earlier opening found; the wheel need not be there. */
    Optional<WheelFiles> find(PlannedWheel wheel) throws IOException {
        return layers.recall(WheelFiles.inputs(wheel, scheme, filter)).map(bytes -> WheelFiles.read(wheel, bytes));
    }

    /** Opens the wheel. */
    WheelFiles of(WheelInStore stored) throws IOException {
        try (Wheel wheel = open(stored)) {
            return WheelFiles.read(
                    stored.wheel(), keep(stored.wheel(), wheel.distInfo(), installed(stored.wheel(), wheel)));
        }
    }

    Wheel open(WheelInStore stored) throws IOException {
        return Wheel.open(stored.file(), stored.wheel().fileName(), layers.tally());
    }

    /** The files of an open wheel, which stream while it is open. */
    List<InstalledFile> installed(PlannedWheel planned, Wheel wheel) throws IOException {
        return new InstallWheel(wheel, scheme, planned.directUrl(), filter).files();
    }

    /** Returns what was kept. */
    byte[] keep(PlannedWheel wheel, String distInfo, List<InstalledFile> installed) throws IOException {
        byte[] bytes = WheelFiles.bytes(distInfo, scheme, installed);
        layers.keep(WheelFiles.inputs(wheel, scheme, filter), bytes);
        return bytes;
    }
}
