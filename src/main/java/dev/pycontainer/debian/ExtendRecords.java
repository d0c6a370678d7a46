package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Adds packages to dpkg's own record: every byte that is there stays, and what dpkg would have written for the new packages
 * follows.
 *
 * <p>What a package left behind that had been removed goes, as dpkg replaces it.
 */
public final class ExtendRecords {

    public static final String STATUS = "var/lib/dpkg/status";
    public static final String TRIGGERS = "var/lib/dpkg/triggers/";

    private final NavigableMap<String, byte[]> records = new TreeMap<>(Utf8Order.INSTANCE);
    private final String architecture;

    /**
     * @param records what there is of {@link #STATUS} and of the files in {@link #TRIGGERS}, by their paths
     * @param architecture of the image
     */
    public ExtendRecords(Map<String, byte[]> records, String architecture) {
        this.records.putAll(records);
        this.architecture = architecture;
    }

    /** The files that are others with these packages, whole, by their paths. */
    public NavigableMap<String, byte[]> with(List<PackageFacts> added) throws IOException {
        List<PackageFacts> packages = added.stream()
                .sorted(Comparator.comparing(each -> each.description().name(), Utf8Order.INSTANCE))
                .toList();
        NavigableMap<String, byte[]> extended = new TreeMap<>(Utf8Order.INSTANCE);
        extended.put(STATUS, status(packages));
        packages.forEach(each -> each.triggering().awaited().forEach((trigger, isAwaited) -> {
            String file = TRIGGERS + (trigger.startsWith("/") ? "File" : trigger);
            String line = (trigger.startsWith("/") ? trigger + " " : "") + name(each.description())
                    + (isAwaited ? "" : "/noawait") + "\n";
            String old = latin(Optional.ofNullable(extended.get(file)).orElseGet(() -> record(file)));
            extended.put(file, bytes(ended(old) + line));
        }));
        return extended;
    }

    private byte[] record(String file) {
        return records.getOrDefault(file, new byte[0]);
    }

    private byte[] status(List<PackageFacts> packages) throws IOException {
        Set<String> names =
                packages.stream().map(each -> each.description().name()).collect(Collectors.toUnmodifiableSet());
        StringBuilder status = new StringBuilder();
        for (String paragraph : paragraphs(latin(record(STATUS)))) {
            if (!isReplaced(paragraph, names)) {
                status.append(paragraph);
            }
        }
        String old = ended(status.toString());
        String separator = old.isEmpty() || old.endsWith("\n\n") ? "" : "\n";
        String added =
                packages.stream().map(each -> StatusParagraph.of(each) + "\n").collect(Collectors.joining());
        byte[] head = bytes(old + separator);
        byte[] tail = added.getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, whole, head.length, tail.length);
        return whole;
    }

    /** The whole text in pieces: each a paragraph with the blank lines behind it. */
    private static List<String> paragraphs(String text) {
        List<String> paragraphs = new ArrayList<>();
        int begin = 0;
        boolean ended = false;
        for (int start = 0; start < text.length(); ) {
            int newLine = text.indexOf('\n', start);
            int next = newLine < 0 ? text.length() : newLine + 1;
            boolean isBlank = text.substring(start, next).isBlank();
            if (ended && !isBlank) {
                paragraphs.add(text.substring(begin, start));
                begin = start;
            }
            ended = isBlank;
            start = next;
        }
        if (begin < text.length()) {
            paragraphs.add(text.substring(begin));
        }
        return paragraphs;
    }

    private boolean isReplaced(String paragraph, Set<String> names) throws IOException {
        if (paragraph.isBlank()) {
            return false;
        }
        ControlParagraph fields =
                ReadControl.only(InstalledPackages.ascii(new ByteArrayInputStream(bytes(paragraph))), STATUS);
        Optional<String> name = fields.simple("Package").filter(names::contains);
        String of = fields.simple("Architecture").orElse("all");
        if (name.isEmpty() || !(of.equals("all") || of.equals(architecture))) {
            return false;
        }
        if (!InstalledPackages.of(new ByteArrayInputStream(bytes(paragraph)), STATUS)
                .isEmpty()) {
            throw BuildRefused.because(
                            "The base has " + name.get() + " already, and a package of the base is never replaced.")
                    .in(STATUS);
        }
        return true;
    }

    private static String name(DebianPackage each) {
        return each.multiArch() == MultiArch.SAME ? each.name() + ":" + each.architecture() : each.name();
    }

    private static String ended(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }
}
