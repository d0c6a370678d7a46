package dev.pycontainer.base;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.oci.Platform;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.rootfs.FileTree;
import dev.pycontainer.store.Flights;
import dev.pycontainer.store.Remembered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a base is from its configuration and its layers, never from the machine that builds.
 *
 * <p>The layers of one base are read once ever: what they told is remembered by the configuration's digest.
 */
public final class ReadTarget {

    /** Raised whenever the same layers would tell something else. */
    private static final int RULES_VERSION = 2;

    private static final String KIND = "base-target";

    private final Remembered remembered;

    public ReadTarget(Remembered remembered) {
        this.remembered = remembered;
    }

    /**
     * @param prefix the parameter {@code python.prefix}: where the virtual environment will be, which must be free
     * @param environment the parameter {@code container.environment}: what it sets is not the base's word any more
     */
    public BaseTarget of(Base base, String prefix, Map<String, String> environment) throws IOException {
        try {
            refuseOtherModules(base, environment);
            Digest inputs = Digest.of(String.join(
                    "\0", KIND + RULES_VERSION, Digest.of(base.config().bytes()).toString(), prefix));
            return remembered
                    .flights()
                    .once(
                            Flights.Kind.READING,
                            inputs,
                            () -> remembered.recall(KIND, inputs).map(BaseTargetForm::read),
                            () -> {
                                BaseTarget target = read(base, prefix);
                                remembered.keep(KIND, inputs, BaseTargetForm.write(target));
                                return target;
                            });
        } catch (BuildRefused refused) {
            throw refused.in("base " + base.reference());
        }
    }

    private static BaseTarget read(Base base, String prefix) {
        BaseFiles files = BaseFiles.read(base.layers());
        FileTree.Found executable = FindInterpreter.in(files, base.config());
        Interpreter interpreter = Interpreter.of(files, executable);
        Fact python = ReadPythonVersion.of(files, base.config(), interpreter);
        ReadLibc.Read libc = ReadLibc.of(files, interpreter);
        refuseOtherMachine(base, interpreter);
        refuseTakenPrefix(files, prefix);
        Digest layer = files.layerOf(executable.node()).descriptor().digest();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("interpreter", executable.path(), executable.path(), layer));
        facts.add(new Fact("machine", interpreter.elf().machine(), executable.path(), layer));
        facts.add(python);
        facts.add(libc.version());
        String version = libc.version().value();
        Target target = new Target(
                "cpython",
                // Between releases CPython's version ends with a plus, which PEP 440 can say as a local version only.
                Version.parse(python.value().endsWith("+") ? python.value() + "local" : python.value()),
                interpreter.abi(),
                libc.libc(),
                version.substring(version.indexOf(' ') + 1),
                interpreter.elf().machine(),
                executable.path(),
                "lib/" + interpreter.directoryName() + "/site-packages");
        return new BaseTarget(target, facts, content(files, "/etc/passwd"), content(files, "/etc/group"));
    }

    private static Optional<byte[]> content(BaseFiles files, String path) {
        Optional<FileTree.Found> file =
                files.find(path).filter(found -> found.node().isFile());
        if (file.isEmpty()) {
            return Optional.empty();
        }
        String text = files.reading(file.get().node()).text();
        if (text.length() != file.get().node().size()) {
            throw BuildRefused.because("The base's " + path + " is not a text file of ordinary size.");
        }
        return Optional.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void refuseOtherModules(Base base, Map<String, String> environment) {
        for (String name : List.of("PYTHONHOME", "PYTHONPATH")) {
            String value = base.config().environment().getOrDefault(name, "");
            if (!value.isEmpty() && !environment.containsKey(name)) {
                throw BuildRefused.because("The base sets " + name + "=" + value + ".")
                        .why("its Python would then find other modules than those of the virtual environment")
                        .todo("set " + name + " to the empty text in container.environment, or use another base");
            }
        }
    }

    private static void refuseOtherMachine(Base base, Interpreter interpreter) {
        Platform platform = base.config().platform();
        if (!MachineName.of(platform)
                .orElse(platform.architecture())
                .equals(interpreter.elf().machine())) {
            throw BuildRefused.because("The base says that it is " + platform + ", but its Python is for "
                            + interpreter.elf().machine() + ".")
                    .why(interpreter.file().path() + " says so in its ELF header")
                    .todo("use a base whose Python is for the base's own platform");
        }
    }

    private static void refuseTakenPrefix(BaseFiles files, String prefix) {
        if (files.findName(prefix).isPresent()) {
            throw BuildRefused.because("The base already has " + prefix + ", where the virtual environment belongs.")
                    .todo("set python.prefix to a directory that the base does not have");
        }
        for (int slash = prefix.lastIndexOf('/'); slash > 0; slash = prefix.lastIndexOf('/', slash - 1)) {
            String parent = prefix.substring(0, slash);
            Optional<FileTree.Found> there = files.findName(parent);
            if (there.isPresent()
                    && !(there.get().node().isDirectory() && there.get().path().equals(parent))) {
                throw BuildRefused.because(
                                "The base's " + parent + ", above the virtual environment, is not a directory.")
                        .why("runtimes differ in how they unpack a layer through a link")
                        .todo("set python.prefix to a directory whose parents are directories");
            }
        }
    }
}
