package dev.pycontainer.debian;

import dev.pycontainer.content.BuildRefused;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a system says is installed in it: dpkg's own record {@code /var/lib/dpkg/status}, as in dpkg-query(1), or a file of
 * {@code /var/lib/dpkg/status.d}, which images have whose packages come in layers.
 */
public final class InstalledPackages {

    /** "The package is unpacked and configured OK", or awaits what triggers do. */
    private static final Set<String> INSTALLED = Set.of("installed", "triggers-awaited", "triggers-pending");

    private InstalledPackages() {}

    /**
     * The packages of a record that are installed, in its order: not those that were removed and left configuration, and not
     * those in the midst of an installation.
     *
     * @param place what the file is, for refusals
     */
    public static List<DebianPackage> of(InputStream status, String place) throws IOException {
        List<DebianPackage> installed = new ArrayList<>();
        ReadControl file = new ReadControl(ascii(status), place);
        for (Optional<ControlParagraph> next = file.next(); next.isPresent(); next = file.next()) {
            if (isInstalled(next.get())) {
                installed.add(DebianPackage.recorded(next.get()));
            }
        }
        return installed;
    }

    /**
     * The same with a question mark for each byte that is not ASCII. dpkg cares for no encoding, and what counts here is ASCII: a
     * maintainer's name from before UTF-8 is no reason to refuse a whole system.
     */
    static InputStream ascii(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int one = in.read();
                return one > 0x7f ? '?' : one;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                for (int i = offset; i < offset + count; i++) {
                    bytes[i] = bytes[i] < 0 ? (byte) '?' : bytes[i];
                }
                return count;
            }
        };
    }

    /** "want flag status"; a paragraph of {@code status.d} is the package's own control file, which has no such field. */
    private static boolean isInstalled(ControlParagraph paragraph) {
        Optional<String> status = paragraph.simple("Status");
        if (status.isEmpty()) {
            return true;
        }
        List<String> words = List.of(status.get().split("[ \\t]+"));
        if (words.size() != 3) {
            throw BuildRefused.because("The Status of a package is not three words.")
                    .why("it is `" + status.get() + "`")
                    .in(paragraph.place());
        }
        return words.get(1).equals("ok") && INSTALLED.contains(words.get(2));
    }
}
