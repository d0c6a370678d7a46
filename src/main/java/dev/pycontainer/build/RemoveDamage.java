package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.ContentMismatch;
import dev.pycontainer.oci.Descriptor;
import dev.pycontainer.store.Blob;
import dev.pycontainer.store.BlobStore;
import dev.pycontainer.store.DamagedBlob;
import java.io.IOException;
import java.util.Optional;

/** Removes what is damaged of a built image, so that the next build makes it anew. */
final class RemoveDamage {

    private final BlobStore store;

    /** @param store the cache that the layout's files may be links to */
    RemoveDamage(BlobStore store) {
        this.store = store;
    }

    /** The answer to bytes that were not the blob's: what was removed, or the mismatch where the layout is whole. */
    BuildRefused after(ContentMismatch mismatch, BuiltImage image, Descriptor blob) throws IOException {
        if (!image.layout().removeDamaged()) {
            return mismatch;
        }
        // A link's other name in the cache has to go too: the next build would take the damaged bytes from there.
        Optional<Blob> cached = store.find(blob.digest());
        if (cached.isPresent()) {
            try {
                cached.get().proven();
            } catch (DamagedBlob removed) {
                mismatch.addSuppressed(removed);
            }
        }
        return BuildRefused.because("The built image's blob " + blob.digest() + " was damaged and has been removed.")
                .why("its file no longer had the bytes that were built")
                .todo("build the image anew: mvn package")
                .causedBy(mismatch);
    }
}
