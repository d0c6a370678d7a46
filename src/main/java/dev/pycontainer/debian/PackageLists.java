package dev.pycontainer.debian;

import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.util.List;

/**
 * The lists of packages of a release, proved to be those that were signed, and not read yet: whoever knows what was made of
 * the very same lists needs not read them again.
 */
public final class PackageLists {

    private final String architecture;
    private final List<Fetched> lists;

    /** @param sha256 of the file as it was fetched */
    record Fetched(PackageList list, Digest sha256) {}

    PackageLists(String architecture, List<Fetched> lists) {
        this.architecture = architecture;
        this.lists = List.copyOf(lists);
    }

    /** Of the files as they were fetched, in the order in which equal versions are preferred. */
    public List<Digest> digests() {
        return lists.stream().map(Fetched::sha256).toList();
    }

    /** Reads all of them. */
    public PackageIndex read() throws IOException {
        return PackageIndex.read(architecture, lists.stream().map(Fetched::list).toList());
    }
}
