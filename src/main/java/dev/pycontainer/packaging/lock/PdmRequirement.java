package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Requirement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A requirement as pdm writes it: PEP 508, or what pip allows behind {@code -e}, an address with {@code #egg=NAME}. */
final class PdmRequirement {

    private static final Pattern EDITABLE = Pattern.compile("-e\\s+(.*)");
    private static final Pattern EGG = Pattern.compile("[#&]egg=([^&#;\\s]+)");

    private PdmRequirement() {}

    static Requirement parse(String text) {
        Matcher editable = EDITABLE.matcher(text.strip());
        if (!editable.matches()) {
            return Requirement.parse(text);
        }
        Matcher egg = EGG.matcher(editable.group(1));
        if (egg.find()) {
            return Requirement.parse(egg.group(1));
        }
        if (editable.group(1).contains(" @ ")) {
            return Requirement.parse(editable.group(1));
        }
        throw BuildRefused.because("An editable requirement does not say which package it is.")
                .why("it is known by its address alone")
                .todo("write it as `-e ADDRESS#egg=NAME`, and lock again");
    }
}
