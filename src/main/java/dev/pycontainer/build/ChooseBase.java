package dev.pycontainer.build;

import dev.pycontainer.base.BaseSource;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.packaging.LibcVersion;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.SelectWheels;
import java.io.IOException;

/** The base that the user names, else the official image of the Python that the project asks for. */
final class ChooseBase {

    /**
     * What {@code python:X.Y-slim} is taken to have, before it is pulled. The images stand on Debian's current release;
     * those of Pythons past their end stay with the release of their time, the oldest of which in use, bookworm, has
     * this one. A newer C library runs the same wheels, so that too little is promised and never too much.
     */
    private static final LibcVersion OF_SLIM_IMAGES = LibcVersion.parse("glibc-2.36");

    private final SelectWheels selectWheels;
    private final Check pythonGuess;

    /** @param pythonGuess what happens where the Python is none that the user wrote for images */
    ChooseBase(SelectWheels selectWheels, Check pythonGuess) {
        this.selectWheels = selectWheels;
        this.pythonGuess = pythonGuess;
    }

    BaseSource of(BuildRequest.From from, OnDisk disk) throws IOException {
        if (from.image().isPresent()) {
            return BaseSource.parse(from.image().get());
        }
        if (from.python().isPresent()) {
            return BaseSource.parse(slim(from.python().get()));
        }
        ChoosePython.Chosen chosen = chosen(from, disk, OF_SLIM_IMAGES);
        String image = slim(chosen.version());
        chosen.why()
                .ifPresent(why -> pythonGuess.found(BuildRefused.because("No base is configured: " + image
                        + " is taken, " + why + "; from.image or pycontainer.lock fixes it.")));
        return BaseSource.parse(image);
    }

    /** The Python of a plan without a base. */
    Version python(BuildRequest.From from, OnDisk disk, LibcVersion libc) throws IOException {
        if (from.python().isPresent()) {
            return from.python().get();
        }
        ChoosePython.Chosen chosen = chosen(from, disk, libc);
        chosen.why()
                .ifPresent(why -> pythonGuess.found(BuildRefused.because(
                        "python.version is not set: " + chosen.version() + " is taken, " + why + ".")));
        return chosen.version();
    }

    private ChoosePython.Chosen chosen(BuildRequest.From from, OnDisk disk, LibcVersion libc) throws IOException {
        Check silent = new Check("checks.unhashed", Check.Level.OFF, finding -> {});
        return new ChoosePython()
                .of(
                        disk,
                        python -> selectWheels.misfit(
                                disk.hashedLock(selectWheels.wheelhouse(), silent),
                                disk.wanted(AssumedTarget.of(python, libc, from.platform())),
                                new WheelCommand("python", slim(minor(python)), from.platform())));
    }

    private static String slim(Version python) {
        return "python:" + python + "-slim";
    }

    private static Version minor(Version python) {
        return Version.parse(python.release().get(0) + "." + python.release().get(1));
    }
}
