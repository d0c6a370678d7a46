package dev.pycontainer.base;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.debian.DebianSuite;
import dev.pycontainer.oci.ImageReference;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a base comes from: what {@code from.image} says. Each kind is one record here. */
public sealed interface BaseSource permits BaseSource.Registry, BaseSource.Debian {

    /** The scheme of a base of Debian packages, which a suite follows. */
    String DEBIAN = "debian://";

    /** An image of a registry, by tag or digest. */
    record Registry(ImageReference image) implements BaseSource {

        @Override
        public String toString() {
            return image.toString();
        }
    }

    /** Packages of a release of Debian, put together here: {@code debian://trixie}. */
    record Debian(DebianSuite suite) implements BaseSource {

        @Override
        public String toString() {
            return DEBIAN + suite.codename();
        }
    }

    /** Reads {@code from.image}; an image of a registry may have the scheme {@code registry://}. */
    static BaseSource parse(String text) {
        Map<String, String> notYet = new LinkedHashMap<>();
        notYet.put("docker://", "an image of a docker daemon");
        notYet.put("tar://", "an image archive");
        notYet.put("oci-layout://", "an image of an OCI layout");
        notYet.forEach((scheme, kind) -> {
            if (text.startsWith(scheme)) {
                throw notYet(text, kind);
            }
        });
        if (text.equals("scratch")) {
            throw notYet(text, "an empty base");
        }
        if (text.startsWith(DEBIAN)) {
            return new Debian(DebianSuite.named(text.substring(DEBIAN.length())));
        }
        String registry = "registry://";
        if (!text.startsWith(registry) && text.contains("://")) {
            throw BuildRefused.because("\"" + text + "\" is not a base.")
                    .why("\"" + text.substring(0, text.indexOf("://") + 3) + "\" is no kind of base that is known")
                    .todo("name an image of a registry, such as python:3.13-slim, or debian://trixie");
        }
        ImageReference image =
                ImageReference.parse(text.startsWith(registry) ? text.substring(registry.length()) : text);
        if (image.identifier().isEmpty()) {
            throw BuildRefused.because("The base \"" + text + "\" has neither a tag nor a digest.")
                    .todo("write the tag that you mean, such as " + text + ":latest");
        }
        return new Registry(image);
    }

    private static BuildRefused notYet(String text, String kind) {
        return BuildRefused.because("The base \"" + text + "\" is " + kind + ", which is not yet available.")
                .todo("name an image of a registry, such as python:3.13-slim, or debian://trixie");
    }
}
