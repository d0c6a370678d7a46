package dev.pycontainer.project;

import dev.pycontainer.content.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;

/** What git stores for a file that Git LFS keeps: the pointer of the LFS specification, docs/spec.md, "The Pointer". */
final class LfsPointer {

    private static final byte[] VERSION =
            "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 1024;

    private LfsPointer() {}

    /** The id of the pointer blob; a file that is a pointer already, or is empty, is stored as it is. */
    static ObjectId idOf(WorkingTreeIterator file) throws IOException {
        MessageDigest hash = Digest.sha256();
        long size = 0;
        byte[] start;
        try (InputStream in = file.openEntryStream()) {
            start = in.readNBytes(LONGEST);
            hash.update(start);
            size = start.length;
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hash.update(buffer, 0, count);
                size += count;
            }
        }
        boolean isStoredAsItIs = size < LONGEST && (size == 0 || Arrays.mismatch(start, VERSION) == VERSION.length);
        String pointer = new String(VERSION, StandardCharsets.US_ASCII) + "oid " + Digest.ofHash(hash.digest())
                + "\nsize " + size + "\n";
        byte[] blob = isStoredAsItIs ? start : pointer.getBytes(StandardCharsets.US_ASCII);
        try (ObjectInserter inserter = new ObjectInserter.Formatter()) {
            return inserter.idFor(Constants.OBJ_BLOB, blob);
        }
    }
}
