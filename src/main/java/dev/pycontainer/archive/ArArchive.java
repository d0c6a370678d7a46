package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An ar archive from outside in the common format, of which deb(5) makes use: no long names, a slash at a name's end allowed.
 *
 * <p>Written by hand since the reader of commons-compress follows long names of BSD and GNU, takes members of one name, and finds a
 * member that is too long only when its bytes are asked for. Here all headers are read first, and the archive is refused unless every
 * byte of it is accounted for. Owners, modes and times mean nothing and are not read.
 *
 * <p>Several threads may read one archive.
 */
public final class ArArchive implements Closeable {

    private static final byte[] MAGIC = ascii("!<arch>\n");
    private static final byte[] TERMINATOR = ascii("`\n");
    private static final int HEADER = 60;
    private static final int NAME = 16;
    private static final int SIZE_AT = 48;
    private static final int SIZE_DIGITS = 10;

    /** A package has three, and a few signatures behind them. */
    private static final int MOST_MEMBERS = 64;

    private final FileChannel channel;
    private final List<ArMember> members;

    private ArArchive(FileChannel channel, List<ArMember> members) {
        this.channel = channel;
        this.members = members;
    }

    /** @param name what the archive is called in messages, such as a package's file name */
    public static ArArchive open(Path file, String name) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new ArArchive(channel, members(channel));
        } catch (BuildRefused refused) {
            channel.close();
            throw refused.in(name);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** All members in the order of the archive. */
    public List<ArMember> members() {
        return members;
    }

    /** A member's bytes; closing the stream closes nothing. */
    public InputStream stream(ArMember member) {
        return new FileRange(channel, member.offset(), member.size());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static List<ArMember> members(FileChannel channel) throws IOException {
        long end = channel.size();
        if (end < MAGIC.length || !Arrays.equals(FileRange.bytes(channel, 0, MAGIC.length), MAGIC)) {
            throw BuildRefused.because("The file is no ar archive.").why("it does not begin with !<arch>");
        }
        List<ArMember> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (long at = MAGIC.length; at < end; ) {
            if (end - at < HEADER) {
                throw damaged("it ends within a member's header");
            }
            ArMember member = member(FileRange.bytes(channel, at, HEADER), at + HEADER);
            if (!names.add(member.name())) {
                throw BuildRefused.because("The ar archive has two members \"" + member.name() + "\".");
            }
            if (names.size() > MOST_MEMBERS) {
                throw BuildRefused.because(
                        "The ar archive has more than " + MOST_MEMBERS + " members, the limit for it.");
            }
            at = endOf(member, channel, end);
            members.add(member);
        }
        return List.copyOf(members);
    }

    private static ArMember member(byte[] header, long offset) {
        if (!Arrays.equals(header, HEADER - TERMINATOR.length, HEADER, TERMINATOR, 0, TERMINATOR.length)) {
            throw damaged("a member's header does not end with a grave accent and a line feed");
        }
        String name = field(header, 0, NAME);
        if (name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/')) {
            throw damaged("a member's name is empty, or not one of the common format");
        }
        String size = field(header, SIZE_AT, SIZE_DIGITS);
        if (size.isEmpty() || !size.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw damaged("the size of " + name + " is not a decimal number");
        }
        return new ArMember(name, Long.parseLong(size), offset);
    }

    /** Where the next header stands: on an even offset, with a line feed before it where the content has an odd size. */
    private static long endOf(ArMember member, FileChannel channel, long end) throws IOException {
        long left = end - member.offset();
        if (member.size() > left) {
            throw damaged(member.name() + " is said to have " + member.size() + " bytes, and " + left + " are there");
        }
        long at = member.offset() + member.size();
        if (member.size() % 2 == 0) {
            return at;
        }
        if (at == end || FileRange.bytes(channel, at, 1)[0] != '\n') {
            throw damaged(member.name() + " is not padded with a line feed");
        }
        return at + 1;
    }

    /** A field's text without the blanks behind it, a character for each byte. */
    private static String field(byte[] header, int offset, int length) {
        int end = offset + length;
        while (end > offset && header[end - 1] == ' ') {
            end--;
        }
        return new String(header, offset, end - offset, StandardCharsets.ISO_8859_1);
    }

    private static BuildRefused damaged(String why) {
        return BuildRefused.because("The ar archive is damaged.").why(why);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
