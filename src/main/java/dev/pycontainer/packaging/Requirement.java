package dev.pycontainer.packaging;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dependency on a distribution: dependency specifiers (PEP 508).
 *
 * <p>A requirement has version specifiers or a URL, never both; one without either accepts every version.
 */
public final class Requirement {

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
