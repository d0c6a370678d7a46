package dev.pycontainer.packaging.wheel;

import dev.pycontainer.content.BuildRefused;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name of a file in the environment's {@code bin}: one path component, and none of the interpreter's own names. */
public record ScriptName(String value) {

    // uv, uv-install-wheel: these names belong to the environment, also with another case or an ending.
    private static final Pattern RESERVED =
            Pattern.compile("(?:pythonw?|python3|graalpy|pypy[23]?|pythonw?3\\.[0-9]{1,3}t?)(?:\\.py)?(?:\\.exe)?");

    public ScriptName {
        if (value.isEmpty() || value.indexOf('/') >= 0 || value.equals(".") || value.equals("..")) {
            throw BuildRefused.because("The script name \"" + value + "\" is not the name of a file in bin.")
                    .why("it would be written elsewhere");
        }
        InstalledPath.require(value, "The script name");
        if (isReserved(value)) {
            throw BuildRefused.because("The script name \"" + value + "\" is reserved for the interpreter.")
                    .why("the script would replace the Python of the environment");
        }
    }

    static boolean isReserved(String name) {
        return RESERVED.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
