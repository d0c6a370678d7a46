package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.InParallel;
import dev.pycontainer.content.Tally;
import dev.pycontainer.content.Work;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.oci.ImageReference;
import dev.pycontainer.oci.Manifest;
import dev.pycontainer.registry.Registries;
import dev.pycontainer.registry.RegistryClient;
import dev.pycontainer.store.BlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes a built image as it is: what the registry lacks of its blobs, its manifest by digest, then its tags.
 *
 * <p>Each is asked for before it is sent and confirmed after, so that a second push of the same image sends nothing.
 */
public final class PushImage {

    private static final int UPLOADS_AT_ONCE = 4;

    private final Registries registries;
    private final RemoveDamage damage;
    private final BuildEvents events;
    private final Tally tally;

    /** @param store the cache that the layout's files may be links to */
    public PushImage(Registries registries, BlobStore store, BuildEvents events, Tally tally) {
        this.registries = registries;
        this.damage = new RemoveDamage(store);
        this.events = events;
        this.tally = tally;
    }

    /**
     * Pushes the image, and writes {@code published.json} once the registry has confirmed it.
     *
     * @param outputDirectory {@code target/pycontainer}
     * @param destination with a repository
     */
    public PublishedImage to(Destination destination, BuiltImage image, Path outputDirectory) throws IOException {
        ImageReference repository = destination
                .repository()
                .orElseThrow(() -> BuildRefused.because("There is no place to push the image to.")
                        .todo("set to.image, for example -Dpycontainer.to.image=registry.example.com/team/app"));
        RegistryClient client = registries.toPush(repository);
        Manifest manifest = image.manifest();
        String digest = manifest.digest().toString();
        if (!holds(client, digest, manifest.digest())) {
            // A base may hold one layer twice, be it with other annotations.
            Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
            manifest.layers().forEach(layer -> blobs.putIfAbsent(layer.digest(), layer));
            blobs.put(manifest.config().digest(), manifest.config());
            InParallel.map(List.copyOf(blobs.values()), UPLOADS_AT_ONCE, blob -> upload(client, image, blob));
            put(client, manifest, digest);
        }
        for (String tag : destination.tags()) {
            if (!holds(client, tag, manifest.digest())) {
                put(client, manifest, tag);
            }
        }
        PublishedImage published = new PublishedImage(repository, manifest.digest(), destination.tags());
        ImageRecords.writePublished(outputDirectory, published, image.sourceTree());
        events.pushed(published, tally.of(Work.BLOBS_UPLOADED), tally);
        return published;
    }

    private boolean upload(RegistryClient client, BuiltImage image, Descriptor blob) throws IOException {
        try {
            return client.uploadBlob(blob, image.layout().blob(blob));
        } catch (ContentMismatch mismatch) {
            throw damage.after(mismatch, image, blob);
        }
    }

    private static boolean holds(RegistryClient client, String identifier, Digest digest) {
        return client.headManifest(identifier).filter(digest::equals).isPresent();
    }

    private static void put(RegistryClient client, Manifest manifest, String identifier) {
        client.putManifest(manifest, identifier);
        Optional<Digest> held = client.headManifest(identifier);
        if (held.filter(manifest.digest()::equals).isEmpty()) {
            throw BuildRefused.because("The registry took the image and does not hold it.")
                    .why("asked for \"" + identifier + "\" it answers with "
                            + held.map(Digest::toString).orElse("nothing") + " instead of " + manifest.digest())
                    .todo(
                            "push again; if it stays so, something else pushes the same tag, or the registry is at fault");
        }
    }
}
