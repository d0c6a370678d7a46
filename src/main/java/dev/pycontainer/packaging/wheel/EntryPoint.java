package dev.pycontainer.packaging.wheel;

import dev.pycontainer.content.BuildRefused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object reference, {@code module:attribute}, as in "Entry points specification", "Data model".
 *
 * @param module dotted, such as {@code django.core.management}
 * @param attribute dotted, such as {@code execute_from_command_line}
 */
public record EntryPoint(String module, String attribute) {

    // "Within a value, readers must accept and ignore spaces (including multiple consecutive spaces) before or after
    // the colon, between the object reference and the left square bracket …, and after the right square bracket."
    // "Using extras for an entry point is no longer recommended. Consumers should support parsing them … but may then
    // ignore them."
    private static final Pattern REFERENCE = Pattern.compile(
            "(?<module>[\\w.-]+)\\s*:\\s*(?<attribute>[\\w.-]+)(?:\\s*\\[[^\\[\\]]*])?\\s*",
            Pattern.UNICODE_CHARACTER_CLASS);

    /** Reads {@code module:attribute}, with extras or without; a module alone cannot be called and is refused. */
    public static EntryPoint parse(String value) {
        Matcher reference = REFERENCE.matcher(value.strip());
        if (!reference.matches()) {
            throw BuildRefused.because("The entry point \"" + value + "\" cannot be called.")
                    .why("a script needs module:attribute, such as package.cli:main");
        }
        return new EntryPoint(reference.group("module"), reference.group("attribute"));
    }

    /** What a script imports: the attribute's first part. */
    String importName() {
        int dot = attribute.indexOf('.');
        return dot < 0 ? attribute : attribute.substring(0, dot);
    }

    @Override
    public String toString() {
        return module + ":" + attribute;
    }
}
