package dev.pycontainer.layer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The accounts that the base knows: the content of its {@code /etc/passwd} and {@code /etc/group}, empty where it has none.
 *
 * @param passwd its bytes, one char each, so that none is lost whatever they mean
 * @param group likewise
 */
public record AccountFiles(String passwd, String group) {

    private static final int PASSWD_FIELDS = 7;
    private static final int GROUP_FIELDS = 4;

    public static AccountFiles of(byte[] passwd, byte[] group) {
        return new AccountFiles(
                new String(passwd, StandardCharsets.ISO_8859_1), new String(group, StandardCharsets.ISO_8859_1));
    }

    /** The fields of the account with this name or else this number: passwd(5). */
    Optional<List<String>> user(String nameOrNumber) {
        return entry(passwd, nameOrNumber, PASSWD_FIELDS);
    }

    /** The fields of the group with this name or else this number: group(5). */
    Optional<List<String>> group(String nameOrNumber) {
        return entry(group, nameOrNumber, GROUP_FIELDS);
    }

    /** The bytes of a file of accounts with one more line. */
    static byte[] with(String file, String line) {
        String ended = file.isEmpty() || file.endsWith("\n") ? file : file + "\n";
        return (ended + line + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Optional<List<String>> entry(String file, String nameOrNumber, int fields) {
        List<List<String>> entries = file.lines()
                .map(line -> List.of(line.split(":", -1)))
                .filter(entry -> entry.size() >= fields)
                .toList();
        return entries.stream()
                .filter(entry -> entry.get(0).equals(nameOrNumber))
                .findFirst()
                .or(() -> entries.stream()
                        .filter(entry -> entry.get(2).equals(nameOrNumber))
                        .findFirst());
    }
}
