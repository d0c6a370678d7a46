package dev.pycontainer.layer;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Lines;
import dev.pycontainer.packaging.wheel.FileFilter;
import dev.pycontainer.packaging.wheel.InstallScheme;
import dev.pycontainer.packaging.wheel.InstalledFile;
import dev.pycontainer.store.AtomicFile;
import java.util.List;

/**
 * The files of one wheel under a scheme, remembered beside its layer so that the wheel stays closed when others are compared
 * with it. Those of its own {@code .dist-info} directory are not among them: no other wheel can have one of that name.
 */
record WheelFiles(PlannedWheel wheel, List<FileClaim> claims) {

    /** Raised when more is remembered, or in another form. */
    private static final int VERSION = 1;

    /** All that the files depend on. */
    static LayerInputs inputs(PlannedWheel wheel, InstallScheme scheme, FileFilter filter) {
        return inputs(wheel.sha256(), scheme, filter);
    }

    static LayerInputs inputs(Digest wheel, InstallScheme scheme, FileFilter filter) {
        LayerInputs inputs = LayerInputs.of("wheel-files").with(scheme).with(filter);
        inputs.text().put("version", VERSION).put("sha256", wheel.hex());
        return inputs;
    }

    static WheelFiles of(PlannedWheel wheel, String distInfo, InstallScheme scheme, List<InstalledFile> installed) {
        return new WheelFiles(
                wheel,
                compared(distInfo, scheme, installed).stream()
                        .map(FileClaim::of)
                        .toList());
    }

    /** A line for each file: whether it is executable, hash and path. No path of a wheel holds a line end. */
    static AtomicFile.Content lines(String distInfo, InstallScheme scheme, List<InstalledFile> installed) {
        List<InstalledFile> compared = compared(distInfo, scheme, installed);
        return out -> Lines.write(compared, file -> line(FileClaim.of(file)), out);
    }

    private static List<InstalledFile> compared(String distInfo, InstallScheme scheme, List<InstalledFile> installed) {
        String own = scheme.sitePackages() + "/" + distInfo + "/";
        return installed.stream().filter(file -> !file.path().startsWith(own)).toList();
    }

    private static String line(FileClaim claim) {
        return (claim.executable() ? "x " : "- ") + claim.hash() + " " + claim.path();
    }

    static WheelFiles read(PlannedWheel wheel, byte[] bytes) {
        return new WheelFiles(wheel, claims(bytes));
    }

    static List<FileClaim> claims(byte[] bytes) {
        return Lines.of(bytes).map(WheelFiles::claim).toList();
    }

    private static FileClaim claim(String line) {
        int space = line.indexOf(' ', 2);
        return new FileClaim(line.substring(space + 1), line.charAt(0) == 'x', line.substring(2, space));
    }
}
