package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The first bytes of a member, read to see what it is; nothing of them is proved. */
public final class MemberHead {

    private MemberHead() {}

    /** At most {@code count} bytes, fewer where the member has no more. */
    public static byte[] of(ZipArchive archive, ZipMember member, int count) throws IOException {
        if (!member.isDeflated()) {
            try (InputStream content = archive.stream(member)) {
                return content.readNBytes(count);
            }
        }
        Inflater inflater = new Inflater(true);
        try (InputStream content = new InflaterInputStream(archive.stream(member), inflater)) {
            return content.readNBytes(count);
        } catch (ZipException | EOFException damaged) {
            throw BuildRefused.because("A compressed file is damaged.")
                    .causedBy(damaged)
                    .in(member.path())
                    .in(archive.name());
        } finally {
            inflater.end();
        }
    }
}
