package dev.pycontainer.project;

import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Pyproject;
import dev.pycontainer.packaging.Requirement;
import dev.pycontainer.packaging.Version;
import java.nio.charset.StandardCharsets;

/**
 * The files of an installed project's {@code .dist-info} that say what it is.
 *
 * <p>METADATA carries what programs ask an installation for, in the fields of "Core metadata specifications" 2.1; the
 * description and what else describes the project to readers of an index is not there, so that a change of it changes
 * no image.
 */
record ProjectMetadata(String name, Version version, Pyproject pyproject) {

    /** "Each component of the filename is escaped": binary distribution format, "Escaping and Unicode". */
    String escapedName() {
        return PackageName.of(name).value().replace('-', '_');
    }

    String directory() {
        return escapedName() + "-" + version + ".dist-info";
    }

    byte[] metadata() {
        StringBuilder text = new StringBuilder("Metadata-Version: 2.1\n");
        text.append("Name: ").append(name).append('\n');
        text.append("Version: ").append(version).append('\n');
        pyproject
                .requiresPython()
                .ifPresent(python ->
                        text.append("Requires-Python: ").append(python).append('\n'));
        pyproject.dependencies().forEach(requirement -> requires(text, requirement.toString()));
        pyproject.optionalDependencies().forEach((extra, requirements) -> {
            text.append("Provides-Extra: ").append(extra).append('\n');
            requirements.forEach(requirement -> requires(text, ofExtra(requirement, extra)));
        });
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void requires(StringBuilder text, String requirement) {
        text.append("Requires-Dist: ").append(requirement).append('\n');
    }

    /** The requirement with the condition that the extra is asked for. */
    private static String ofExtra(Requirement requirement, String extra) {
        String condition = "extra == \"" + extra + "\"";
        String text = requirement.toString();
        if (requirement.marker().isEmpty()) {
            return text + " ; " + condition;
        }
        Marker own = requirement.marker().get();
        String unconditional = text.substring(0, text.length() - own.toString().length());
        return unconditional + Marker.parse("(" + own + ") and " + condition);
    }

    /** What the binary distribution format asks of every {@code .dist-info}. */
    static byte[] wheel() {
        return """
                Wheel-Version: 1.0
                Generator: pycontainer
                Root-Is-Purelib: true
                Tag: py3-none-any
                """.getBytes(StandardCharsets.US_ASCII);
    }
}
