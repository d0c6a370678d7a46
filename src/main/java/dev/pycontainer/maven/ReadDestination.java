package dev.pycontainer.maven;

import dev.pycontainer.build.Destination;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.oci.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what the image is called: {@code to.image} with its tag or the POM's version, and {@code to.tags}. */
final class ReadDestination {

    private final Invocation invocation;

    ReadDestination(Invocation invocation) {
        this.invocation = invocation;
    }

    Destination read() {
        Optional<ImageReference> image = invocation.parameters().text("to.image", ReadDestination::reference);
        List<String> tags = new ArrayList<>();
        tags.add(
                image.flatMap(reference -> Optional.ofNullable(reference.tag())).orElseGet(this::tagOfVersion));
        for (String tag : invocation.parameters().list("to.tags").orElse(List.of())) {
            if (!ImageReference.isTag(tag)) {
                throw BuildRefused.because("\"" + tag + "\" is not a tag.")
                        .why(
                                "a tag is 1 to 128 letters, digits, dots, underscores and hyphens, and begins with a letter, digit or underscore")
                        .in("to.tags");
            }
            tags.add(tag);
        }
        String name = image.map(ImageReference::name).orElseGet(() -> nameOf(invocation.name()));
        return new Destination(name + ":" + tags.get(0), image.map(reference -> reference.withTag(tags.get(0))), tags);
    }

    /** As a repository's name may be written: small letters, digits, and single separators between them. */
    private static String nameOf(String text) {
        String name = text.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]", "-")
                .replaceAll("[._-]{2,}", "-")
                .replaceAll("^[._-]|[._-]$", "");
        return name.isEmpty() ? "image" : name;
    }

    private static ImageReference reference(String text) {
        ImageReference reference = ImageReference.parse(text);
        if (reference.digest() != null) {
            throw BuildRefused.because("\"" + text + "\" names a digest.")
                    .why("the image's digest is known only when it is built")
                    .todo("write a tag, or none for the POM's version");
        }
        return reference;
    }

    /** {@code +} of a version cannot stand in a tag and becomes {@code _}, as elsewhere in the field. */
    private String tagOfVersion() {
        String version = invocation.project().getVersion();
        String tag = version.replace('+', '_');
        if (!ImageReference.isTag(tag)) {
            throw BuildRefused.because("The POM's version \"" + version + "\" cannot be a tag.")
                    .todo("write a tag in to.image");
        }
        return tag;
    }
}
