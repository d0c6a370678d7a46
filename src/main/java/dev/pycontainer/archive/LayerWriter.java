package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Utf8Order;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Writes a layer: a tar of one fixed kind, compressed in the form that the caller chooses, whose bytes are a function of the
 * entries and the form alone.
 *
 * <p>Entries come in the strict order of their paths' UTF-8 bytes; parents are entries of their own, which the caller gives.
 * What an archive holds compressed is not compressed again where the form is gzip: its deflate stream becomes part of the layer's.
 * Memory does not grow with the data. A writer that has thrown is of no more use.
 */
public final class LayerWriter implements Closeable {

    /** Raised whenever the bytes of any layer would change; part of what layers are remembered by. */
    public static final int RULES_VERSION = 2;

    /** Content up to here is held in memory, whatever it was in the archive. */
    private static final int TINY = 64;

    private final OutputStream out;
    private final Inflate inflate = new Inflate();
    private final PassingTar tar = new PassingTar();
    private final CompressedTar layer;
    private String lastPath = "";

    /**
     * @param out gets chunks of up to 64 KiB, hashes them if anyone wants the compressed layer's digest
     * @throws BuildRefused where the form needs a library that cannot be loaded here
     */
    public LayerWriter(OutputStream out, LayerForm form) {
        this.out = out;
        this.layer = form.over(out, tar, inflate);
    }

    public void directory(EntryHeader header) throws IOException {
        header(header, '5', 0, "");
    }

    /** A symbolic link; the target is written as it is. */
    public void link(EntryHeader header, String target) throws IOException {
        if (target.isEmpty()) {
            throw BuildRefused.because("The link \"" + header.path() + "\" has no target.");
        }
        header(header, '2', 0, target);
    }

    /**
     * Another name of a file.
     *
     * @param target the path of a file that was written before
     */
    public void hardLink(EntryHeader header, String target) throws IOException {
        if (Utf8Order.INSTANCE.compare(target, header.path()) >= 0) {
            throw BuildRefused.because(
                    "\"" + header.path() + "\" would be another name of \"" + target + "\", which comes behind it.");
        }
        header(header, '1', 0, target);
    }

    /** A file of ours, compressed by jzlib at level 6. */
    public void file(EntryHeader header, byte[] content) throws IOException {
        file(header, content.length, new ByteArrayInputStream(content));
    }

    /**
     * A file of ours, compressed by jzlib at level 6.
     *
     * @param size in bytes; content of another size is refused
     */
    public void file(EntryHeader header, long size, InputStream content) throws IOException {
        LayerEntry entry = header(header, '0', size, "");
        InputStream sized = new SizedInput(content, size, header.path());
        if (size <= TINY) {
            tiny(entry, sized.readAllBytes());
        } else {
            layer.own(entry, sized);
        }
        pad(size);
    }

    /**
     * An archive's member, whose deflate stream is joined as it is; its CRC-32, its size and {@code check} are verified in
     * the same pass.
     *
     * @throws BuildRefused where the member is damaged or {@code check} refuses it, with the archive's name and the member's
     *     path
     */
    public void member(EntryHeader header, ZipArchive archive, ZipMember member, ContentCheck check)
            throws IOException {
        LayerEntry entry = header(header, '0', member.size(), "");
        try (InputStream stream = archive.stream(member)) {
            if (member.size() <= TINY) {
                tiny(entry, archive.read(member, check, inflate));
            } else if (member.isDeflated()) {
                layer.deflated(entry, stream, placed(archive, member, check));
            } else {
                layer.stored(entry, stream, placed(archive, member, check));
            }
        } catch (BuildRefused refused) {
            // Checks run beside: the first fault is told, always, even if this one was found sooner.
            tar.settle();
            throw refused.in(member.path()).in(archive.name());
        }
        pad(member.size());
    }

    /** What the check refuses is told with its place, since by then the writer is at another. */
    private static ContentCheck placed(ZipArchive archive, ZipMember member, ContentCheck check) {
        MemberProof proof = new MemberProof(member, check);
        return new ContentCheck() {
            @Override
            public void update(byte[] bytes, int offset, int length) {
                try {
                    proof.update(bytes, offset, length);
                } catch (BuildRefused refused) {
                    throw refused.in(member.path()).in(archive.name());
                }
            }

            @Override
            public void finish() {
                try {
                    proof.finish();
                } catch (BuildRefused refused) {
                    throw refused.in(member.path()).in(archive.name());
                }
            }

            @Override
            public Optional<Digest> sha256() {
                return proof.sha256();
            }
        };
    }

    /** Ends the archive and passes on what is buffered. */
    public WrittenLayer finish() throws IOException {
        Optional<Digest> tocDigest = layer.finish();
        return new WrittenLayer(tar.digest(), tar.size(), tocDigest);
    }

    /** Closes the output; without {@link #finish()} before, the layer is incomplete and worthless. */
    @Override
    public void close() throws IOException {
        layer.close();
        tar.close();
        out.close();
    }

    private LayerEntry header(EntryHeader header, char type, long size, String target) throws IOException {
        int order = Utf8Order.INSTANCE.compare(lastPath, header.path());
        if (order >= 0) {
            throw BuildRefused.because(
                    order == 0
                            ? "\"" + header.path() + "\" would stand in a layer twice."
                            : "\"" + header.path() + "\" would stand in a layer behind \"" + lastPath + "\".");
        }
        lastPath = header.path();
        LayerEntry entry = new LayerEntry(header, type, size, target);
        layer.header(entry);
        return entry;
    }

    private void tiny(LayerEntry entry, byte[] content) throws IOException {
        if (content.length > 0) {
            layer.tiny(entry, content);
        }
    }

    private void pad(long size) throws IOException {
        byte[] zeros = TarHeader.paddingBehind(size);
        if (zeros.length > 0) {
            layer.padding(zeros);
        }
    }
}
