package dev.pycontainer.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** A wheel of any size, written to a file as it is told what it holds. */
public final class LargeWheel implements Closeable {

    private final ZipArchiveOutputStream zip;
    private final String distInfo;
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();

    private LargeWheel(String name, OutputStream out) throws IOException {
        distInfo = name + "-1.0.dist-info/";
        zip = new ZipArchiveOutputStream(out);
        zip.setUseZip64(Zip64Mode.AsNeeded);
        zip.setLevel(Deflater.BEST_SPEED);
        file(distInfo + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        file(distInfo + "METADATA", "Metadata-Version: 2.1\nName: " + name + "\nVersion: 1.0\n");
    }

    /** Begins {@code NAME-1.0-py3-none-any.whl}. */
    public static LargeWheel named(String name, Path directory) throws IOException {
        return new LargeWheel(name, Files.newOutputStream(directory.resolve(name + "-1.0-py3-none-any.whl")));
    }

    /** A small file, compressed. */
    public LargeWheel file(String path, String content) throws IOException {
        byte[] bytes = content.getBytes(US_ASCII);
        zip.putArchiveEntry(new ZipArchiveEntry(path));
        zip.write(bytes);
        zip.closeArchiveEntry();
        record(path, TestWheels.sha256(bytes), bytes.length);
        return this;
    }

    /** A file of the same block again and again, stored. */
    public LargeWheel stored(String path, byte[] block, int times) throws IOException {
        ZipArchiveEntry entry = entry(path, block, times);
        entry.setMethod(ZipEntry.STORED);
        entry.setCompressedSize(entry.getSize());
        zip.addRawArchiveEntry(entry, repeated(block, times, new byte[0]));
        return this;
    }

    /** A file of the same block again and again, compressed: as one stream, in which each begins anew. */
    public LargeWheel deflated(String path, byte[] block, int times) throws IOException {
        ZipArchiveEntry entry = entry(path, block, times);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(block);
        byte[] buffer = new byte[block.length * 2];
        byte[] deflated = Arrays.copyOf(buffer, deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH));
        deflater.end();
        byte[] end = {3, 0};
        entry.setMethod(ZipEntry.DEFLATED);
        entry.setCompressedSize((long) deflated.length * times + end.length);
        zip.addRawArchiveEntry(entry, repeated(deflated, times, end));
        return this;
    }

    private ZipArchiveEntry entry(String path, byte[] block, int times) {
        CRC32 crc = new CRC32();
        MessageDigest hash = sha256();
        for (int i = 0; i < times; i++) {
            crc.update(block);
            hash.update(block);
        }
        ZipArchiveEntry entry = new ZipArchiveEntry(path);
        entry.setSize((long) block.length * times);
        entry.setCrc(crc.getValue());
        record(
                path,
                "sha256=" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash.digest()),
                entry.getSize());
        return entry;
    }

    private static InputStream repeated(byte[] block, int times, byte[] end) {
        Iterator<byte[]> parts = Stream.concat(Collections.nCopies(times, block).stream(), Stream.of(end))
                .iterator();
        return new InputStream() {
            private InputStream part = InputStream.nullInputStream();

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = part.read(buffer, offset, length);
                while (count < 0 && parts.hasNext()) {
                    part = new ByteArrayInputStream(parts.next());
                    count = part.read(buffer, offset, length);
                }
                return count;
            }
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private void record(String path, String hash, long size) {
        record.writeBytes((path + "," + hash + "," + size + "\n").getBytes(US_ASCII));
    }

    /** Ends the wheel with its RECORD. */
    @Override
    public void close() throws IOException {
        zip.putArchiveEntry(new ZipArchiveEntry(distInfo + "RECORD"));
        record.writeTo(zip);
        zip.write((distInfo + "RECORD,,\n").getBytes(US_ASCII));
        zip.closeArchiveEntry();
        zip.close();
    }
}
