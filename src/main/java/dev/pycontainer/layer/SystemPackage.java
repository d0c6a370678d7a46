package dev.pycontainer.layer;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.debian.ControlParagraph;
import dev.pycontainer.debian.DebianPackage;
import dev.pycontainer.debian.DebianVersion;
import dev.pycontainer.debian.IndexedPackage;
import dev.pycontainer.debian.MultiArch;
import dev.pycontainer.debian.PackageFile;
import dev.pycontainer.debian.ReadControl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/**
 * A Debian package that belongs into an image, and where its file lies: one of another name, version or architecture is refused.
 *
 * @param architecture {@code all}, or the one that it was built for
 */
public record SystemPackage(String name, String version, String architecture, PackageFile file) {

    public SystemPackage {
        if (!DebianPackage.isName(name) || !DebianPackage.isArchitecture(architecture)) {
            throw BuildRefused.because(
                    "\"" + name + "\" for \"" + architecture + "\" is not the name of a package and an architecture.");
        }
        DebianVersion.parse(version);
    }

    public static SystemPackage of(IndexedPackage found) {
        return new SystemPackage(
                found.name(), found.version().toString(), found.description().architecture(), found.file());
    }

    /** The file's name, as mirrors have it, without the epoch's colon. */
    String fileName() {
        return name + "_" + version.substring(version.indexOf(':') + 1) + "_" + architecture + ".deb";
    }

    /** @param control the files of its control archive; refused where they are another package's */
    void requireThat(Map<String, byte[]> control) throws IOException {
        ControlParagraph fields = paragraph(control);
        String wanted = name + " " + version + " for " + architecture;
        String told = fields.required("Package") + " " + fields.required("Version") + " for "
                + fields.required("Architecture");
        if (!told.equals(wanted)) {
            throw BuildRefused.because("The package is not what its archive says it is.")
                    .why("it calls itself " + told + ", the archive's list says " + wanted)
                    .todo("take another mirror, and tell whoever keeps this one")
                    .in(fileName());
        }
    }

    /**
     * What dpkg calls the package in names of files: with its architecture, where several of them may be installed.
     *
     * @param control the files of its control archive
     */
    String recordName(Map<String, byte[]> control) throws IOException {
        return DebianPackage.of(paragraph(control)).multiArch() == MultiArch.SAME ? name + ":" + architecture : name;
    }

    private ControlParagraph paragraph(Map<String, byte[]> control) throws IOException {
        return ReadControl.only(
                new ByteArrayInputStream(control.getOrDefault("control", new byte[0])), fileName() + ": control");
    }

    /** Name and version, such as {@code libc6 2.36-9}. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}
