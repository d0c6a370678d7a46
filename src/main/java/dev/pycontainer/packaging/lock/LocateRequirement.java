package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Disk;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a requirement means that names a file, a directory or a URL instead of releases. */
final class LocateRequirement {

    private static final Pattern SOURCE = Pattern.compile(
            "(?<name>[A-Za-z0-9._-]+?)-(?<version>[0-9][^-]*)\\.(?:zip|tgz|tbz|txz|tlz|tar(?:\\.[a-z0-9]+)?)");

    private final Disk disk;
    private final Path project;
    private final boolean hashChecking;

    /**
     * @param project the directory that relative paths begin at, which is itself no package that a lock holds
     * @param hashChecking whether a file needs a hash in the requirements
     */
    LocateRequirement(Disk disk, Path project, boolean hashChecking) {
        this.disk = disk;
        this.project = project;
        this.hashChecking = hashChecking;
    }

    record Located(PackageName name, Optional<Version> version, LockedFiles files) {}

    /** What is there; empty where it is the project itself. */
    Optional<Located> of(RequirementEntry entry, RequirementEntry.Local local) {
        Path path = RequirementPath.of(project, local.path());
        if (disk.isDirectory(path)) {
            return path.equals(project) ? Optional.empty() : Optional.of(member(path, local));
        }
        if (!disk.isFile(path)) {
            throw BuildRefused.because("There is no file or directory " + local.path() + ".")
                    .why("a requirement's path begins at the project's directory, " + project)
                    .todo("correct the path");
        }
        String fileName = String.valueOf(path.getFileName());
        if (!isWheel(fileName)) {
            return Optional.of(source(fileName, local.name(), fileName));
        }
        if (hashChecking && !entry.isHashed()) {
            throw unhashed(fileName);
        }
        LockedFile file = LockedFile.on(disk, path, fileName);
        if (entry.isHashed() && !entry.hashes().contains(file.sha256())) {
            throw BuildRefused.because("The file " + local.path() + " is not the one that was locked.")
                    .why("it has " + file.sha256() + ", the requirement gives "
                            + entry.hashes().get(0) + (entry.hashes().size() > 1 ? " and others" : ""))
                    .todo("lock again, if the file was rightly changed");
        }
        return Optional.of(direct(file, local.name()));
    }

    /** What is behind the URL. */
    Located of(RequirementEntry entry, RequirementEntry.Remote remote) {
        RequirementUrl url = remote.url();
        String shown = SourceAddress.of(url.text(), url.fragment("subdirectory"));
        if (!url.hasScheme("http") && !url.hasScheme("https")) {
            return source(shown, remote.name(), shown);
        }
        String fileName = LockedFile.fileNameOf(url.http("The URL"));
        if (!isWheel(fileName)) {
            return source(fileName, remote.name(), shown);
        }
        return direct(LockedFile.of(url.text(), oneHash(entry, url, fileName), OptionalLong.empty()), remote.name());
    }

    private static Digest oneHash(RequirementEntry entry, RequirementUrl url, String fileName) {
        Optional<Digest> inUrl = url.fragment("sha256").map(hex -> new Digest(hex.toLowerCase(Locale.ROOT)));
        List<Digest> hashes = entry.hashes().stream().distinct().toList();
        if (inUrl.isPresent() && (hashes.isEmpty() || hashes.contains(inUrl.get()))) {
            return inUrl.get();
        }
        if (hashes.isEmpty()) {
            throw unhashed(fileName);
        }
        if (inUrl.isPresent() || hashes.size() > 1) {
            throw BuildRefused.because("The file " + fileName + " has several hashes.")
                    .why("the bytes behind one URL have one")
                    .todo("leave the one that the file has");
        }
        return hashes.get(0);
    }

    private static BuildRefused unhashed(String fileName) {
        return BuildRefused.because("The file " + fileName + " is unhashed.")
                .why("without a hash, whatever is there today or tomorrow would be installed")
                .todo("write --hash=sha256:… behind the requirement, or #sha256=… behind its URL");
    }

    private static Located direct(LockedFile file, Optional<PackageName> told) {
        WheelFileName wheel = WheelFileName.parse(file.fileName());
        return new Located(told.orElse(wheel.name()), Optional.of(wheel.version()), new LockedFiles.Direct(file));
    }

    /** @param shown how it is named as what the package would have to be built from */
    private static Located source(String fileName, Optional<PackageName> told, String shown) {
        Matcher parts = SOURCE.matcher(fileName);
        boolean matches = parts.matches();
        PackageName name = told.orElseGet(() -> {
            if (!matches) {
                throw nameless(shown);
            }
            return PackageName.of(parts.group("name"));
        });
        Optional<Version> version = matches ? Version.tryParse(parts.group("version")) : Optional.empty();
        return new Located(name, version, new LockedFiles.Listed(List.of(), List.of(shown)));
    }

    private static BuildRefused nameless(String shown) {
        return BuildRefused.because("The requirement does not tell which package it is.")
                .why(shown + " would have to be fetched and built to learn its name")
                .todo("write \"name @ \" before it");
    }

    private Located member(Path directory, RequirementEntry.Local local) {
        Optional<Pyproject> pyproject = pyprojectIn(directory);
        Optional<PackageName> own = pyproject.flatMap(Pyproject::name).map(PackageName::of);
        if (pyproject.isEmpty() && !disk.isFile(directory.resolve("setup.py"))) {
            throw BuildRefused.because("The directory " + local.path() + " holds no project.")
                    .why("it has neither pyproject.toml nor setup.py")
                    .todo("correct the path");
        }
        return new Located(
                local.name().or(() -> own).orElseThrow(() -> nameless("the directory " + local.path())),
                pyproject.flatMap(Pyproject::version),
                new LockedFiles.Member(directory));
    }

    private Optional<Pyproject> pyprojectIn(Path directory) {
        try {
            return Pyproject.in(disk, directory);
        } catch (IOException e) {
            throw unreadable(directory, e);
        } catch (BuildRefused refused) {
            throw refused.in(directory.toString());
        }
    }

    private static BuildRefused unreadable(Path path, IOException e) {
        return BuildRefused.because(path + " cannot be read.").why(e.toString()).causedBy(e);
    }

    private static boolean isWheel(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(".whl");
    }
}
