package dev.pycontainer.project;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.TomlTable;
import dev.pycontainer.packaging.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a {@link Project} from its directory. What pycontainer cannot build as the project means it is refused. */
public final class ReadProject {

    private static final String REQUIREMENTS = "requirements.txt";

    /** The fields of METADATA and of scripts: an installed project without them would not be the same. */
    private static final List<String> NEEDED = List.of(
            "requires-python", "dependencies", "optional-dependencies", "scripts", "gui-scripts", "entry-points");

    private final String otherwiseNamed;
    private final Optional<String> version;

    /**
     * @param otherwiseNamed the name of a project that does not tell its own, such as the Maven artifactId
     * @param version the parameter {@code python.projectVersion}: stands in for a version that only a build backend knows
     */
    public ReadProject(String otherwiseNamed, Optional<String> version) {
        this.otherwiseNamed = otherwiseNamed;
        this.version = version;
    }

    /** Whether the directory holds a Python project at all. */
    public static boolean isProject(Path directory) {
        return Stream.of(Pyproject.FILE, REQUIREMENTS).anyMatch(name -> Files.isRegularFile(directory.resolve(name)));
    }

    public Project from(Path directory) {
        Path place = directory.toAbsolutePath().normalize();
        try {
            if (!isProject(place)) {
                throw BuildRefused.because("There is no Python project in " + place + ".")
                        .why("it holds neither " + Pyproject.FILE + " nor " + REQUIREMENTS)
                        .todo("name the project's directory as python.project");
            }
            Optional<Pyproject> pyproject = Pyproject.in(place);
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
        pyproject.check(ReadProject::refuseMembers);
        pyproject.dependencies().forEach(ReadProject::refuseMember);
        if (!pyproject.hasProject()) {
            refuseOtherMetadata(pyproject);
            return undescribed(directory, Optional.of(pyproject));
        }
        boolean isInstalled = isInstalled(pyproject);
        if (isInstalled) {
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
        boolean isPoetry = pyproject.read(file -> file.table("tool").has("poetry"));
        if (isPoetry || pyproject.buildSystem().isPresent()) {
            throw BuildRefused.because("The project is not described in [project].")
                    .why(
                            isPoetry
                                    ? "[tool.poetry] is read by Poetry alone; Poetry itself reads [project] since version 2.0"
                                    : "[build-system] says that it is built into a package, whose name and version are"
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
                .or(() -> pyproject.read(file -> tool.table("poetry").flag("package-mode")));
        if (wanted.orElse(false) && !isBuilt && tool.table("uv").has("package")) {
            throw BuildRefused.because("The project is to be installed but says not how it is built.")
                    .todo("write [build-system], or remove tool.uv.package")
                    .in("tool.uv.package")
                    .in(Pyproject.FILE);
        }
        return isBuilt && wanted.orElse(true);
    }

    private static void refuseDynamic(Pyproject pyproject) {
        for (String field : NEEDED) {
            if (pyproject.dynamic().contains(field)) {
                throw BuildRefused.because("The project's " + field + " are known to the build backend alone.")
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
                    .in("project.version")
                    .in(Pyproject.FILE);
        }
        if (isInstalled && written.isEmpty() && given.isEmpty()) {
            boolean isDynamic = pyproject.dynamic().contains("version");
            throw BuildRefused.because("The project's version is not known.")
                    .why(
                            isDynamic
                                    ? "it is listed as dynamic: known to the build backend alone, which pycontainer does not run"
                                    : "it is missing")
                    .todo("write version = \"…\" below [project], or set the parameter python.projectVersion")
                    .in("project.version")
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

    private static void refuseMembers(TomlTable file) {
        TomlTable uv = file.table("tool").table("uv");
        if (!uv.table("workspace").texts("members").isEmpty()) {
            throw BuildRefused.because("The project is a workspace.")
                    .why("projects of several members cannot be built yet")
                    .todo("let python.project name a project that stands alone, with a lock file of its own")
                    .in("tool.uv.workspace");
        }
        TomlTable sources = uv.table("sources");
        for (String name : sources.keys()) {
            for (TomlTable source : sources.oneOrMoreTables(name)) {
                if (source.has("path") || source.has("workspace")) {
                    throw member(name).in(sources.pathOf(name));
                }
            }
        }
        TomlTable poetry = file.table("tool").table("poetry").table("dependencies");
        for (String name : poetry.keys()) {
            if (poetry.isTable(name) && poetry.table(name).has("path")) {
                throw member(name).in(poetry.pathOf(name));
            }
        }
    }

    private static void refuseMember(Requirement requirement) {
        if (requirement.url().filter(url -> url.startsWith("file:")).isPresent()) {
            throw member(requirement.name().value()).in("project.dependencies").in(Pyproject.FILE);
        }
    }

    private static BuildRefused member(String name) {
        return BuildRefused.because("The dependency \"" + name + "\" is another local project.")
                .why("projects of several members cannot be built yet")
                .todo("depend on a released version of it");
    }
}
