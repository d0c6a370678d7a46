package dev.pycontainer.archive;

/** How a layer's tar is compressed. */
public enum LayerForm {

    /** One ordinary gzip member, of which what archives hold compressed is a part as it is. */
    GZIP("gzip");

    private final String rules;

    LayerForm(String rules) {
        this.rules = rules;
    }

    /** What names the bytes that this form makes of a tar: part of what layers are remembered by, next to {@link LayerWriter#RULES_VERSION}. */
    public String rules() {
        return rules;
    }
}
