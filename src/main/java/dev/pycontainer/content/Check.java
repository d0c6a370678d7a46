package dev.pycontainer.content;

import java.util.function.Consumer;

/**
 * How a finding is taken on which the user has the last word: a parameter {@code checks.<name>}.
 *
 * <p>What it finds is a whole refusal, so that the same answer is given whether it ends the build or only warns.
 */
public final class Check {

    /** What becomes of a finding. */
    public enum Level {
        FAIL,
        WARN,
        OFF
    }

    private final String name;
    private final Level level;
    private final Consumer<BuildRefused> warning;

    /**
     * @param name the parameter, such as {@code checks.staleLock}
     * @param warning told of each finding where it only warns
     */
    public Check(String name, Level level, Consumer<BuildRefused> warning) {
        this.name = name;
        this.level = level;
        this.warning = warning;
    }

    /** Throws the finding, tells of it, or does nothing. */
    public void found(BuildRefused finding) {
        switch (level) {
            case FAIL -> throw finding;
            case WARN -> warning.accept(finding);
            case OFF -> {}
        }
    }

    /** Tells of what nobody would end a build for, unless nothing is to be told. */
    public void mentioned(BuildRefused finding) {
        if (!isOff()) {
            warning.accept(finding);
        }
    }

    /** The parameter that sets it, for advice. */
    public String name() {
        return name;
    }

    /** For advice: what to set so that such a finding is told more quietly. */
    public String letPass() {
        return "set " + name + " to " + (level == Level.FAIL ? "warn" : "off");
    }

    /** Whether nothing need be looked for. */
    public boolean isOff() {
        return level == Level.OFF;
    }
}
