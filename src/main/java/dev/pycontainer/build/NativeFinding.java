package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import dev.pycontainer.debian.LibraryPackages;
import dev.pycontainer.rootfs.LoadFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that is wrong in the same way with one package's files, as one answer.
 *
 * @param lacks of the same owner and kind
 * @param machine the image's
 * @param suite the codename of the image's Debian; empty for another system
 */
record NativeFinding(List<NativeLack> lacks, String machine, String suite) {

    private static final int MOST_SHOWN = 10;
    private static final String GLIBC = "libc.so.6";

    NativeFinding {
        lacks = List.copyOf(lacks);
    }

    void tell(Check check) {
        boolean aside = first().aside();
        BuildRefused finding = BuildRefused.because(what())
                .why(why())
                .todo(todo() + ", or " + (aside ? "let " + check.name() + " be off" : check.letPass()));
        if (aside) {
            check.mentioned(finding);
        } else {
            check.found(finding);
        }
    }

    private NativeLack first() {
        return lacks.get(0);
    }

    private String what() {
        String owner = first().owner();
        boolean one = lacks.size() == 1;
        return switch (first().kind()) {
            case MACHINE ->
                owner + " holds files for "
                        + lacks.stream().map(NativeLack::library).collect(Collectors.joining(" and "))
                        + ", and the image is for " + machine + ".";
            case LOADER -> owner + " holds programs whose loader is not in the image.";
            case LIBRARY ->
                one
                        ? owner + " needs " + first().library() + ", which is not in the image."
                        : owner + " needs " + lacks.size() + " libraries that are not in the image.";
            case VERSION ->
                one
                        ? owner + " needs a newer " + first().library() + " than the image has."
                        : owner + " needs newer libraries than the image has.";
            case LIBC ->
                owner + " holds libraries made for " + libc(!isOnMusl()) + ", and the image's C library is "
                        + libc(isOnMusl()) + ".";
        };
    }

    private String why() {
        int more = lacks.size() - MOST_SHOWN;
        return lacks.stream().limit(MOST_SHOWN).map(NativeFinding::line).collect(Collectors.joining("\n"))
                + (more > 0 ? "\nand " + more + " more" : "");
    }

    private static String line(NativeLack lack) {
        return switch (lack.kind()) {
            case MACHINE -> lack.files() + ": for " + lack.library();
            case LOADER -> lack.library() + ", for " + lack.files();
            case LIBRARY, LIBC -> lack.library() + ", needed by " + lack.files();
            case VERSION ->
                String.join(", ", lack.versions()) + " of " + lack.library() + ", needed by " + lack.files();
        };
    }

    private String todo() {
        return switch (first().kind()) {
            case MACHINE -> "take files that are made for " + machine;
            case LOADER -> "use a base that has it, or a package made for the base's C library";
            case LIBRARY -> whereFrom();
            case VERSION -> "use a newer base, or lock a version of the package that is made for older ones";
            case LIBC ->
                "lock a wheel that is made for " + libc(isOnMusl()) + ", whose tag is "
                        + (isOnMusl() ? "musllinux" : "manylinux");
        };
    }

    private String whereFrom() {
        if (suite.isEmpty()) {
            return "use a base that has " + (lacks.size() == 1 ? "it" : "them");
        }
        LibraryPackages packages = LibraryPackages.of(suite);
        List<String> names = new ArrayList<>();
        int unknown = 0;
        for (NativeLack lack : lacks) {
            Optional<String> name = packages.packageOf(lack.library());
            if (name.isEmpty()) {
                unknown++;
            } else if (!names.contains(name.get())) {
                names.add(name.get());
            }
        }
        if (names.isEmpty()) {
            return "add the Debian package with " + (unknown == 1 ? "it" : "each of them") + " to from.packages";
        }
        return "add " + String.join(", ", names) + " to from.packages"
                + (unknown == 0
                        ? ""
                        : ", and the Debian " + (unknown == 1 ? "package" : "packages") + " with the rest");
    }

    /** Such files need {@code libc.so.6} where the image has musl, and another name where it has glibc. */
    private boolean isOnMusl() {
        return first().kind() == LoadFault.Kind.LIBC && first().library().equals(GLIBC);
    }

    private static String libc(boolean musl) {
        return musl ? "musl" : "glibc";
    }
}
