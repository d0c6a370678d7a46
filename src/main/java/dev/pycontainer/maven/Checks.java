package dev.pycontainer.maven;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Check;
import java.util.function.Consumer;

/** The parameters {@code checks.*}: what is done about findings on which the user has the last word. */
record Checks(
        Check staleLock,
        Check unhashed,
        Check unmet,
        Check fileConflict,
        Check nativeLibraries,
        Check yanked,
        Check oldEngines,
        Check pythonGuess) {

    static Checks read(Parameters parameters, Consumer<BuildRefused> warning) {
        return new Checks(
                check(parameters, "staleLock", Check.Level.FAIL, warning),
                check(parameters, "unhashed", Check.Level.FAIL, warning),
                check(parameters, "unmet", Check.Level.FAIL, warning),
                check(parameters, "fileConflict", Check.Level.WARN, warning),
                check(parameters, "nativeLibraries", Check.Level.WARN, warning),
                check(parameters, "yanked", Check.Level.WARN, warning),
                check(parameters, "oldEngines", Check.Level.WARN, warning),
                check(parameters, "pythonGuess", Check.Level.WARN, warning));
    }

    private static Check check(
            Parameters parameters, String name, Check.Level byDefault, Consumer<BuildRefused> warning) {
        String parameter = "checks." + name;
        return new Check(parameter, parameters.text(parameter, Checks::level).orElse(byDefault), warning);
    }

    private static Check.Level level(String text) {
        return switch (text) {
            case "fail" -> Check.Level.FAIL;
            case "warn" -> Check.Level.WARN;
            case "off" -> Check.Level.OFF;
            default ->
                throw BuildRefused.because("\"" + text + "\" is not what a check can do.")
                        .todo("write fail, warn or off");
        };
    }
}
