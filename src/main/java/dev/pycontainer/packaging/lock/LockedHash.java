package dev.pycontainer.packaging.lock;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The hashes of a file as locks write them, {@code ALGORITHM:HEX}: SHA-256 is the one by which files are known. */
final class LockedHash {

    private static final String PREFIX = "sha256:";

    private LockedHash() {}

    /** The SHA-256 among the hashes of one file; refused where there is none. */
    static Digest of(String fileName, Collection<String> hashes) {
        return sha256(hashes).stream()
                .findFirst()
                .orElseThrow(() -> BuildRefused.because("The file " + fileName + " has no SHA-256 hash.")
                        .why(
                                hashes.isEmpty()
                                        ? "the lock holds no hash for it"
                                        : "the lock holds " + kinds(hashes) + " for it")
                        .todo("lock it from an index that tells SHA-256 hashes"));
    }

    /** Every SHA-256 among hashes of any kind. */
    static List<Digest> sha256(Collection<String> hashes) {
        return hashes.stream()
                .map(hash -> hash.toLowerCase(Locale.ROOT))
                .filter(hash -> hash.startsWith(PREFIX))
                .map(Digest::parse)
                .toList();
    }

    /** The algorithms, for messages. */
    static String kinds(Collection<String> hashes) {
        return String.join(
                ", ",
                hashes.stream()
                        .map(hash -> hash.indexOf(':') < 0
                                ? "\"" + hash + "\""
                                : hash.substring(0, hash.indexOf(':')) + " alone")
                        .distinct()
                        .sorted()
                        .toList());
    }
}
