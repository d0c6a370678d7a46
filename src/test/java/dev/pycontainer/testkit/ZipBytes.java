package dev.pycontainer.testkit;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.DeflaterOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/** A zip archive of which every field can be made to lie. */
public final class ZipBytes {

    /** One entry; what is not set otherwise is true. */
    public static final class Entry {
        public byte[] name = {};
        public byte[] localName = {};
        public byte[] data = {};

        /** What the data are, uncompressed. */
        public byte[] content = {};

        public byte[] extra = {};
        public byte[] localExtra = {};
        public byte[] before = {};
        public byte[] behind = {};
        public int flags;
        public int localFlags;
        public int method;
        public int localMethod;
        public long crc;
        public long localCrc;
        public long compressedSize;
        public long localCompressedSize;
        public long size;
        public long localSize;
        public long attributes = 0100644L << 16;
        public long offset = -1;
        public int disk;

        public void name(String text, int bits) {
            name = text.getBytes(StandardCharsets.UTF_8);
            localName = name;
            flags = bits;
            localFlags = bits;
        }

        public void flags(int bits) {
            flags = bits;
            localFlags = bits;
        }

        public void mode(int mode) {
            attributes = (long) mode << 16;
        }
    }

    public final List<Entry> entries = new ArrayList<>();
    public byte[] beforeDirectory = {};
    public byte[] inDirectory = {};
    public byte[] behindDirectory = {};
    public byte[] comment = {};
    public byte[] behindComment = {};
    public int countOff;
    public boolean zip64;
    public int zip64CountOff;

    /** Changes the bytes of the archive that would be. */
    public UnaryOperator<byte[]> patch = bytes -> bytes;

    public ZipBytes stored(String name, String content) {
        return stored(name, content.getBytes(StandardCharsets.UTF_8), entry -> {});
    }

    public ZipBytes stored(String name, String content, Consumer<Entry> change) {
        return stored(name, content.getBytes(StandardCharsets.UTF_8), change);
    }

    public ZipBytes stored(String name, byte[] content, Consumer<Entry> change) {
        return add(name, content, content, 0, change);
    }

    public ZipBytes deflated(String name, byte[] content) {
        return deflated(name, content, entry -> {});
    }

    public ZipBytes deflated(String name, byte[] content, Consumer<Entry> change) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(data, new Deflater(6, 15, true))) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return add(name, content, data.toByteArray(), 8, change);
    }

    /** A deflate stream made by another; what it holds is told beside it. */
    public ZipBytes stream(String name, byte[] data, byte[] content) {
        return add(name, content, data, 8, entry -> {});
    }

    private ZipBytes add(String name, byte[] content, byte[] data, int method, Consumer<Entry> change) {
        Entry entry = new Entry();
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.name(name, 0);
        entry.data = data;
        entry.content = content;
        entry.method = method;
        entry.localMethod = method;
        entry.crc = crc.getValue();
        entry.localCrc = crc.getValue();
        entry.compressedSize = data.length;
        entry.localCompressedSize = data.length;
        entry.size = content.length;
        entry.localSize = content.length;
        change.accept(entry);
        entries.add(entry);
        return this;
    }

    public Path writeTo(Path file) throws IOException {
        return Files.write(file, toByteArray());
    }

    public byte[] toByteArray() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            out.writeBytes(entry.before);
            long offset = entry.offset >= 0 ? entry.offset : out.size();
            out.writeBytes(fields(30 + entry.localName.length + entry.localExtra.length)
                    .putInt(0x04034b50)
                    .putShort((short) 20)
                    .putShort((short) entry.localFlags)
                    .putShort((short) entry.localMethod)
                    .putInt(0x00210000)
                    .putInt((int) entry.localCrc)
                    .putInt((int) entry.localCompressedSize)
                    .putInt((int) entry.localSize)
                    .putShort((short) entry.localName.length)
                    .putShort((short) entry.localExtra.length)
                    .put(entry.localName)
                    .put(entry.localExtra)
                    .array());
            out.writeBytes(entry.data);
            out.writeBytes(entry.behind);
            directory.writeBytes(fields(46 + entry.name.length + entry.extra.length)
                    .putInt(0x02014b50)
                    .putShort((short) 0x0314)
                    .putShort((short) 20)
                    .putShort((short) entry.flags)
                    .putShort((short) entry.method)
                    .putInt(0x00210000)
                    .putInt((int) entry.crc)
                    .putInt((int) entry.compressedSize)
                    .putInt((int) entry.size)
                    .putShort((short) entry.name.length)
                    .putShort((short) entry.extra.length)
                    .putShort((short) 0)
                    .putShort((short) entry.disk)
                    .putShort((short) 0)
                    .putInt((int) entry.attributes)
                    .putInt((int) offset)
                    .put(entry.name)
                    .put(entry.extra)
                    .array());
        }
        out.writeBytes(beforeDirectory);
        directory.writeBytes(inDirectory);
        int at = out.size();
        out.writeBytes(directory.toByteArray());
        out.writeBytes(behindDirectory);
        if (zip64) {
            int end = out.size();
            long count = (long) entries.size() + zip64CountOff;
            out.writeBytes(fields(56 + 20)
                    .putInt(0x06064b50)
                    .putLong(44)
                    .putShort((short) 45)
                    .putShort((short) 45)
                    .putInt(0)
                    .putInt(0)
                    .putLong(count)
                    .putLong(count)
                    .putLong(directory.size())
                    .putLong(at)
                    .putInt(0x07064b50)
                    .putInt(0)
                    .putLong(end)
                    .putInt(1)
                    .array());
        }
        out.writeBytes(fields(22 + comment.length)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) (entries.size() + countOff))
                .putShort((short) (entries.size() + countOff))
                .putInt(directory.size())
                .putInt(zip64 ? -1 : at)
                .putShort((short) comment.length)
                .put(comment)
                .array());
        out.writeBytes(behindComment);
        return patch.apply(out.toByteArray());
    }

    public static ByteBuffer fields(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
