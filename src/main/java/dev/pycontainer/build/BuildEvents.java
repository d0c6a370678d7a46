package dev.pycontainer.build;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Tally;
import dev.pycontainer.layer.LayerBlob;
import dev.pycontainer.packaging.Target;
import dev.pycontainer.packaging.lock.LearnedHash;
import dev.pycontainer.packaging.lock.Selection;
import dev.pycontainer.store.DamagedBlob;
import java.nio.file.Path;
import java.util.List;

/** What happens in a build or push, told as it happens; how it looks is the listener's business. */
public interface BuildEvents {

    /** The base's manifest is known and its blobs are in the store. */
    void pulled(String reference, Digest manifest, int layers);

    /**
     * Which Debian packages there will be.
     *
     * @param what they are for, such as {@code trixie for amd64}
     * @param packages name and version of each
     * @param bytes of their files
     * @param locked whether {@code pycontainer.lock} says so; else the archive as it is now
     */
    void chosePackages(String what, List<String> packages, long bytes, boolean locked);

    /** A damaged file of the cache was removed, and the build begins again. */
    void mending(DamagedBlob damaged);

    void readTarget(Target target);

    void selected(Selection selection);

    /** @param hashes that the selection rests on and neither the lock nor {@code pycontainer.lock} gives */
    void learned(List<LearnedHash> hashes);

    /** @param changes of {@code pycontainer.lock}, a line each; none where it said the same already */
    void locked(Path file, List<String> changes);

    /** @param downloaded how many wheels were fetched in this run */
    void wroteLayers(List<LayerBlob> layers, long downloaded);

    void built(BuiltImage image, List<LayerBlob> layers, Tally tally);

    /** @param what the first input that is not what it was in the last build */
    void changed(String what);

    /**
     * All inputs are what they were, and so is the image.
     *
     * @param size of its layers in all, in bytes
     */
    void unchanged(Digest image, int layers, long size, Tally tally);

    /** @param uploaded how many blobs were sent in this run */
    void pushed(PublishedImage image, long uploaded, Tally tally);
}
