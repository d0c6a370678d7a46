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
            List<InstalledFile> files = installed(stored.wheel(), wheel);
            keep(stored.wheel(), wheel.distInfo(), files);
            return WheelFiles.of(stored.wheel(), wheel.distInfo(), scheme, files);
        }
    }

    Wheel open(WheelInStore stored) throws IOException {
        return Wheel.open(stored.file(), stored.wheel().fileName(), layers.tally());
    }

    /** The files of an open wheel, which stream while it is open. */
    List<InstalledFile> installed(PlannedWheel planned, Wheel wheel) throws IOException {
        return new InstallWheel(wheel, scheme, planned.directUrl(), filter).files();
    }

    void keep(PlannedWheel wheel, String distInfo, List<InstalledFile> installed) throws IOException {
        layers.keep(WheelFiles.inputs(wheel, scheme, filter), WheelFiles.lines(distInfo, scheme, installed));
    }
}
