package dev.pycontainer.debian;

import dev.pycontainer.content.Utf8Order;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The form in which the files of a system are remembered: each path without what it shares with the one before it, so that
 * a hundred thousand are a few megabytes.
 */
public final class InstalledFilesForm {

    private InstalledFilesForm() {}

    /** The same bytes for the same files, wherever they are written. */
    public static byte[] write(InstalledFiles files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        NavigableSet<String> names = new TreeSet<>(Utf8Order.INSTANCE);
        files.entries().values().forEach(entry -> names.addAll(entry.packages()));
        List<String> packages = List.copyOf(names);
        NavigableMap<String, Integer> numbers = new TreeMap<>();
        packages.forEach(name -> numbers.put(name, numbers.size()));
        texts(out, packages);
        out.writeInt(files.entries().size());
        byte[] last = new byte[0];
        for (var entry : files.entries().entrySet()) {
            byte[] path = entry.getKey().getBytes(StandardCharsets.UTF_8);
            int shared = shared(last, path);
            out.writeInt(shared);
            out.writeInt(path.length - shared);
            out.write(path, shared, path.length - shared);
            out.writeChar(entry.getValue().kind().letter());
            out.writeInt(entry.getValue().packages().size());
            for (String name : entry.getValue().packages()) {
                out.writeInt(numbers.getOrDefault(name, 0));
            }
            last = path;
        }
        out.writeInt(files.diversions().size());
        for (var diversion : files.diversions().entrySet()) {
            text(out, diversion.getKey());
            text(out, diversion.getValue());
        }
        out.writeInt(files.interests().size());
        for (var interest : files.interests().entrySet()) {
            text(out, interest.getKey());
            texts(out, List.copyOf(interest.getValue()));
        }
        out.flush();
        return bytes.toByteArray();
    }

    public static InstalledFiles read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        List<String> packages = texts(in);
        NavigableMap<String, InstalledFiles.Entry> entries = new TreeMap<>(Utf8Order.INSTANCE);
        byte[] last = new byte[0];
        for (int left = in.readInt(); left > 0; left--) {
            int shared = in.readInt();
            byte[] path = Arrays.copyOf(last, shared + in.readInt());
            in.readFully(path, shared, path.length - shared);
            InstalledFiles.Kind kind = InstalledFiles.Kind.of(in.readChar());
            List<String> names = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                names.add(packages.get(in.readInt()));
            }
            entries.put(new String(path, StandardCharsets.UTF_8), new InstalledFiles.Entry(kind, names));
            last = path;
        }
        NavigableMap<String, String> diversions = new TreeMap<>(Utf8Order.INSTANCE);
        for (int left = in.readInt(); left > 0; left--) {
            diversions.put(text(in), text(in));
        }
        NavigableMap<String, NavigableSet<String>> interests = new TreeMap<>(Utf8Order.INSTANCE);
        for (int left = in.readInt(); left > 0; left--) {
            NavigableSet<String> triggers = new TreeSet<>(Utf8Order.INSTANCE);
            interests.put(text(in), triggers);
            triggers.addAll(texts(in));
        }
        return new InstalledFiles(entries, diversions, interests);
    }

    private static int shared(byte[] last, byte[] path) {
        int mismatch = Arrays.mismatch(last, path);
        return mismatch < 0 ? path.length : mismatch;
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(text(in));
        }
        return texts;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
