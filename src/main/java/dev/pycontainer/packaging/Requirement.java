package dev.pycontainer.packaging;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dependency on a distribution: dependency specifiers (PEP 508).
 *
 * <p>A requirement has version specifiers or a URL, never both; one without either accepts every version.
 */
public final class Requirement {

    private static final Pattern MARKER_AT_URL = Pattern.compile("^([^@;]*@[ \\t]*[^ \\t]+);([ \\t]+[^ \\t;])");

    private final PackageName name;
    private final Set<String> extras;
    private final SpecifierSet specifiers;
    private final @Nullable String url;
    private final @Nullable Marker marker;

    Requirement(
            PackageName name,
            Set<String> extras,
            SpecifierSet specifiers,
            @Nullable String url,
            @Nullable Marker marker) {
        this.name = name;
        this.extras = extras;
        this.specifiers = specifiers;
        this.url = url;
        this.marker = marker;
    }

    /** Reads one requirement, without comments and line continuations; a refusal shows the place of the fault. */
    public static Requirement parse(String text) {
        return new RequirementParser(new SourceText("requirement", text)).specification();
    }

    /**
     * Reads one requirement of a project's own file. In the wild: a URL at whose very end the {@code ;} of the marker
     * stands, which the grammar takes for a part of the URL; a blank ends each URL, so that uv reads it as it is meant.
     */
    static Requirement ofProject(String text) {
        return parse(MARKER_AT_URL.matcher(text).replaceFirst("$1 ;$2"));
    }

    public PackageName name() {
        return name;
    }

    /** The extras in their normal form, in the order of their UTF-8 bytes. */
    public Set<String> extras() {
        return extras;
    }

    public SpecifierSet specifiers() {
        return specifiers;
    }

    /** The URL of a direct reference, as written. */
    public Optional<String> url() {
        return Optional.ofNullable(url);
    }

    public Optional<Marker> marker() {
        return Optional.ofNullable(marker);
    }

    /** Whether the requirement applies: it has no marker, or one that holds. */
    public boolean appliesIn(MarkerEnvironment environment) {
        return marker == null || marker.evaluate(environment);
    }

    /** The requirement with normalized names, such as {@code requests[security]>=2.8.1 ; python_version < "3.7"}. */
    @Override
    public String toString() {
        return name
                + (extras.isEmpty() ? "" : "[" + String.join(",", extras) + "]")
                + specifiers
                + (url == null ? "" : " @ " + url)
                + (marker == null ? "" : " ; " + marker);
    }
}
