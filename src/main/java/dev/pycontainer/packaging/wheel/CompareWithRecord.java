package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import java.util.Map;
import java.util.Set;

/**
 * Refuses a wheel whose RECORD does not list exactly its files.
 *
 * <p>"The .dist-info directory": "RECORD is a list of (almost) all the files in the wheel and their secure hashes. … every
 * file except RECORD, which cannot contain a hash of itself, must include its hash." "Signed wheel files": "The signature
 * file(s) RECORD.jws and RECORD.p7s are not mentioned in RECORD at all since they can only be added after RECORD is
 * generated. Every other file in the archive must have a correct hash in RECORD or the installation will fail."
 */
record CompareWithRecord(DistInfo distInfo) {

    void of(Map<String, ZipMember> files, Map<String, RecordRow> rows) {
        Set<String> unlisted =
                Set.of(distInfo.file("RECORD"), distInfo.file("RECORD.jws"), distInfo.file("RECORD.p7s"));
        files.forEach((path, file) -> {
            RecordRow row = rows.get(path);
            // In the wild: bdist_wheel listed signatures as it lists RECORD, with no hash.
            boolean hashless = row != null && row.hash().isEmpty() && unlisted.contains(path);
            if (row != null && !hashless && !path.equals(distInfo.file("RECORD"))) {
                compare(file, row);
            } else if (row == null && !unlisted.contains(path)) {
                throw BuildRefused.because("The wheel holds " + path + ", which its RECORD does not list.")
                        .why("every file of a wheel must stand in RECORD with its hash");
            }
        });
        for (String path : rows.keySet()) {
            if (!files.containsKey(path)) {
                throw BuildRefused.because("The wheel's RECORD lists " + path + ", which the wheel does not hold.");
            }
        }
    }

    private static void compare(ZipMember file, RecordRow row) {
        if (row.hash().isEmpty()) {
            throw BuildRefused.because("The wheel's RECORD gives no hash for " + file.path() + ".");
        }
        if (row.size().isPresent() && row.size().getAsLong() != file.size()) {
            throw BuildRefused.because("The file " + file.path() + " is not the one that the wheel's RECORD lists.")
                    .why("RECORD says " + row.size().getAsLong() + " bytes, the file has " + file.size());
        }
    }
}
