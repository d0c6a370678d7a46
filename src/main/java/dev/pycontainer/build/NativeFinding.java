package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.debian.LibraryPackages;
import dev.pycontainer.rootfs.LoadFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one package lacks, told once for all of its files.
 *
 * @param owner what has the files, as a message begins with it
 * @param library as in {@link LoadFault}
 * @param file the first of them, an absolute path
 * @param more how many others there are
 * @param versions that the library lacks
 * @param aside whether the files are for tests or examples
 */
record NativeFinding(
        String owner,
        LoadFault.Kind kind,
        String library,
        String file,
        int more,
        List<String> versions,
        boolean aside) {

    NativeFinding {
        versions = List.copyOf(versions);
    }

    /** The same for one more file; as soon as one is not aside the finding is not. */
    NativeFinding and(NativeFinding other) {
        List<String> all = new ArrayList<>(versions);
        other.versions.stream().filter(version -> !all.contains(version)).forEach(all::add);
        String first = aside && !other.aside ? other.file : file;
        return new NativeFinding(owner, kind, library, first, more + other.more + 1, all, aside && other.aside);
    }

    /** @param machine the image's */
    void tell(Check check, String machine, LibraryPackages packages) {
        BuildRefused finding = BuildRefused.because(what(machine))
                .why(why(machine))
                .todo(todo(machine, packages) + ", or " + (aside ? "let " + check.name() + " be off" : check.letPass()))
                .in(file + (more == 0 ? "" : more == 1 ? " and 1 file more" : " and " + more + " files more"));
        if (aside) {
            check.mentioned(finding);
        } else {
            check.found(finding);
        }
    }

    private String what(String machine) {
        return switch (kind) {
            case MACHINE -> owner + " holds a file for " + library + ", and the image is for " + machine + ".";
            case LOADER -> owner + " holds a program whose loader " + library + " is not in the image.";
            case LIBRARY -> owner + " needs " + library + ", which is not in the image.";
            case VERSION ->
                owner + " needs " + String.join(", ", versions) + " of " + library
                        + ", which the image's does not have.";
            case LIBC ->
                owner + " holds a library made for " + (isOfGlibc() ? "glibc" : "musl")
                        + ", and the image's C library is " + (isOfGlibc() ? "musl" : "glibc") + ".";
        };
    }

    private String why(String machine) {
        return switch (kind) {
            case MACHINE -> "no processor of " + machine + " runs it";
            case LOADER -> "it cannot be started without";
            case LIBRARY ->
                "the loader finds it neither where these files say nor in its own directories, and no package brings it";
            case VERSION -> "they were built with a newer " + library + " than the image has";
            case LIBC -> "it needs " + library;
        };
    }

    private String todo(String machine, LibraryPackages packages) {
        return switch (kind) {
            case MACHINE -> "take files that are made for " + machine;
            case LOADER -> "use a base that has it, or a package made for the base's C library";
            case LIBRARY ->
                packages.packageOf(library)
                        .map(name -> "add " + name + " to from.packages")
                        .orElse("use a base that has it, or add the Debian package with it to from.packages");
            case VERSION -> "use a newer base, or lock a wheel that is made for older ones";
            case LIBC -> "lock a wheel whose tag is " + (isOfGlibc() ? "musllinux" : "manylinux");
        };
    }

    private boolean isOfGlibc() {
        return library.equals("libc.so.6");
    }

    static NativeFinding read(JsonNode json) {
        List<String> versions = new ArrayList<>();
        json.path("versions").forEach(version -> versions.add(version.stringValue()));
        return new NativeFinding(
                json.path("owner").stringValue(),
                LoadFault.Kind.valueOf(json.path("kind").stringValue().toUpperCase(Locale.ROOT)),
                json.path("library").stringValue(),
                json.path("file").stringValue(),
                json.path("more").intValue(),
                versions,
                json.path("aside").booleanValue());
    }

    void writeTo(ObjectNode json) {
        json.put("owner", owner).put("kind", kind.name().toLowerCase(Locale.ROOT));
        json.put("library", library).put("file", file).put("more", more);
        ArrayNode list = json.putArray("versions");
        versions.forEach(list::add);
        json.put("aside", aside);
    }
}
