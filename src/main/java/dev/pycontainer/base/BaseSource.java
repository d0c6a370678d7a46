package dev.pycontainer.base;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.oci.ImageReference;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a base comes from: what {@code from.image} says. Each kind is one record here. */
public sealed interface BaseSource permits BaseSource.Registry {

    /** An image of a registry, by tag or digest. */
    record Registry(ImageReference image) implements BaseSource {

        @Override
        public String toString() {
            return image.toString();
        }
    }

    /** Reads {@code from.image}; an image of a registry may have the scheme {@code registry://}. */
    static BaseSource parse(String text) {
        Map<String, String> notYet = new LinkedHashMap<>();
        notYet.put("docker://", "an image of a docker daemon");
        notYet.put("tar://", "an image archive");
        notYet.put("oci-layout://", "an image of an OCI layout");
        notYet.put("debian://", "a base made of Debian packages");
        notYet.forEach((scheme, kind) -> {
            if (text.startsWith(scheme)) {
                throw notYet(text, kind);
            }
        });
        if (text.equals("scratch")) {
            throw notYet(text, "an empty base");
        }
        String registry = "registry://";
        if (!text.startsWith(registry) && text.contains("://")) {
            throw BuildRefused.because("\"" + text + "\" is not a base.")
                    .why("\"" + text.substring(0, text.indexOf("://") + 3) + "\" is no kind of base that is known")
                    .todo("name an image of a registry, such as python:3.13-slim");
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
                .todo("name an image of a registry, such as python:3.13-slim");
    }
}
