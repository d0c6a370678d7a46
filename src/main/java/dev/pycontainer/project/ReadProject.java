package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.lock.FindLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a {@link Project} from its directory. What pycontainer cannot build as the project means it is refused. */
public final class ReadProject {

    private static final String PIPFILE = "Pipfile";

    /** The fields of METADATA and of scripts: an installed project without them would not be the same. */
    private static final List<String> NEEDED = List.of(
            "requires-python", "dependencies", "optional-dependencies", "scripts", "gui-scripts", "entry-points");

    private final Disk disk;
    private final String otherwiseNamed;
    private final Optional<String> version;

    /**
     * @param otherwiseNamed the name of a project that does not tell its own, such as the Maven artifactId
     * @param version the parameter {@code python.projectVersion}: stands in for a version that only a build backend knows
     */
    public ReadProject(Disk disk, String otherwiseNamed, Optional<String> version) {
        this.disk = disk;
        this.otherwiseNamed = otherwiseNamed;
        this.version = version;
    }

    /** Whether the directory holds a Python project at all. */
    public static boolean isProject(Disk disk, Path directory) {
        return Stream.of(Pyproject.FILE, PIPFILE).anyMatch(name -> disk.isFile(directory.resolve(name)))
                || (disk.isDirectory(directory) && new FindLock(disk).isIn(directory));
    }

    /** The project in a directory of which nothing else is known. */
    public Project from(Path directory) {
        return from(directory, Optional.empty());
    }

    /** @param lock the lock file that the user names: a directory with one is a project, wherever the file lies */
    public Project from(Path directory, Optional<Path> lock) {
        Path place = directory.toAbsolutePath().normalize();
        try {
            if (!isProject(disk, place) && (lock.isEmpty() || !disk.isDirectory(place))) {
                throw BuildRefused.because("There is no Python project in " + place + ".")
                        .why("it holds neither " + Pyproject.FILE + " nor a lock file, such as requirements.txt")
                        .todo("name the project's directory as python.project, or its lock as python.lock");
            }
            Optional<Pyproject> pyproject = Pyproject.in(disk, place).map(PoetryMetadata::described);
            return pyproject.isPresent() ? described(place, pyproject.get()) : undescribed(place, pyproject);
        } catch (IOException e) {
            throw BuildRefused.because("The Python project in " + place + " cannot be read.")
                    .why(e.toString())
                    .causedBy(e);
        }
    }

    private Project undescribed(Path directory, Optional<Pyproject> pyproject) {
        return new Project(directory, otherwiseNamed, version.map(this::parameter), false, pyproject);
    }

    private Project described(Path directory, Pyproject pyproject) {
        pyproject.dependencies().forEach(ReadProject::refusePath);
        if (!pyproject.hasProject()) {
            refuseOtherMetadata(pyproject);
            return undescribed(directory, Optional.of(pyproject));
        }
        boolean isInstalled = isInstalled(pyproject);
        if (isInstalled) {
            refuseNameless(pyproject);
            refuseDynamic(pyproject);
        }
        return new Project(
                directory,
                pyproject.name().orElse(otherwiseNamed),
                version(pyproject, isInstalled),
                isInstalled,
                Optional.of(pyproject));
    }

    /** Metadata that is written down elsewhere than in {@code [project]}. */
    private static void refuseOtherMetadata(Pyproject pyproject) {
        if (pyproject.buildSystem().isPresent()) {
            throw BuildRefused.because("The project is not described in [project].")
                    .why("[build-system] says that it is built into a package, whose name and version are"
                            + " known to the build backend alone")
                    .todo("write [project] with name, version, dependencies and scripts")
                    .in(Pyproject.FILE);
        }
    }

    private static boolean isInstalled(Pyproject pyproject) {
        boolean isBuilt = pyproject.buildSystem().isPresent();
        TomlTable tool = pyproject.read(file -> file.table("tool"));
        Optional<Boolean> wanted = pyproject
                .read(file -> tool.table("uv").flag("package"))
                .or(() -> pyproject.read(file -> tool.table("poetry").flag("package-mode")))
                .or(() -> pyproject.read(file -> isDistribution(pyproject, tool)));
        if (wanted.orElse(false) && !isBuilt && tool.table("uv").has("package")) {
            throw BuildRefused.because("The project is to be installed but says not how it is built.")
                    .todo("write [build-system], or remove tool.uv.package")
                    .in("tool.uv.package")
                    .in(Pyproject.FILE);
        }
        return isBuilt && wanted.orElse(true);
    }

    /** To pdm a project without a name is none that could be installed; {@code package-type} is what it said before. */
    private static Optional<Boolean> isDistribution(Pyproject pyproject, TomlTable tool) {
        if (tool.has("pdm") && pyproject.name().isEmpty()) {
            return Optional.of(false);
        }
        TomlTable pdm = tool.table("pdm");
        return pdm.text("package-type").map("library"::equals).or(() -> pdm.flag("distribution"));
    }

    private static void refuseNameless(Pyproject pyproject) {
        if (pyproject.name().isEmpty()) {
            throw BuildRefused.because("The project has no name.")
                    .todo("write name = \"…\" below [" + tableOf(pyproject) + "]")
                    .in(pyproject.pathOf("name"))
                    .in(Pyproject.FILE);
        }
    }

    /** The table that describes the project. */
    private static String tableOf(Pyproject pyproject) {
        return pyproject.pathOf("name").replaceFirst("\\.name$", "");
    }

    private static void refuseDynamic(Pyproject pyproject) {
        for (String field : NEEDED) {
            if (pyproject.dynamic().contains(field)) {
                throw NotEditable.because("The project's " + field + " are known to the build backend alone.")
                        .why("\"" + field + "\" is listed as dynamic, and pycontainer runs no build backend")
                        .todo("write " + field + " down below [project], or " + NotEditable.ADVICE)
                        .in("project.dynamic")
                        .in(Pyproject.FILE);
            }
        }
    }

    private Optional<Version> version(Pyproject pyproject, boolean isInstalled) {
        Optional<Version> written = pyproject.version();
        Optional<Version> given = version.map(this::parameter);
        if (written.isPresent() && given.isPresent() && !written.equals(given)) {
            throw BuildRefused.because("The project has the version " + written.get()
                            + ", and python.projectVersion is " + given.get() + ".")
                    .todo("remove python.projectVersion, or list the version as dynamic in " + Pyproject.FILE)
                    .in(pyproject.pathOf("version"))
                    .in(Pyproject.FILE);
        }
        if (isInstalled && written.isEmpty() && given.isEmpty()) {
            boolean isDynamic = pyproject.dynamic().contains("version");
            throw BuildRefused.because("The project's version is not known.")
                    .why(
                            isDynamic
                                    ? "it is listed as dynamic: known to the build backend alone, which pycontainer does not run"
                                    : "it is missing")
                    .todo("write version = \"…\" below [" + tableOf(pyproject)
                            + "], or set the parameter python.projectVersion")
                    .in(pyproject.pathOf("version"))
                    .in(Pyproject.FILE);
        }
        return written.or(() -> given);
    }

    private Version parameter(String text) {
        try {
            return Version.parse(text);
        } catch (BuildRefused refused) {
            throw refused.in("python.projectVersion");
        }
    }

    /** The METADATA of an image would name a directory of the machine that built it. */
    private static void refusePath(Requirement requirement) {
        if (requirement.url().filter(url -> url.startsWith("file:")).isPresent()) {
            String name = requirement.name().value();
            throw BuildRefused.because("The dependency \"" + name + "\" is named by its place on this machine.")
                    .why("no other machine has it there")
                    .todo("write \"" + name + "\" alone, and its relative path where the project's tool has its"
                            + " sources, such as [tool.uv.sources]")
                    .in("project.dependencies")
                    .in(Pyproject.FILE);
        }
    }
}
