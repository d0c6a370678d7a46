package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The user that the container runs as, by numbers, so that a cluster can prove that it is not root.
 *
 * @param isOurs whether it is the plugin's own user, which the environment layer adds to passwd and group
 */
public record ImageUser(long uid, long gid, boolean isOurs) {

    private static final ImageUser NONROOT = new ImageUser(65532, 65532, true);
    private static final long GREATEST_ID = 0xFFFF_FFFEL;

    /**
     * The configured user, else the base's where it is set and not root, else {@code 65532:65532}.
     *
     * @param passwd the base's {@code /etc/passwd}, empty where it has none
     * @param group the base's {@code /etc/group}, empty where it has none
     */
    static ImageUser decide(Optional<String> configured, Optional<String> ofBase, byte[] passwd, byte[] group) {
        if (configured.isPresent()) {
            return resolve(configured.get(), passwd, group, "container.user");
        }
        return ofBase.map(user -> resolve(user, passwd, group, "the base's user"))
                .filter(user -> user.uid() != 0)
                .orElse(NONROOT);
    }

    private static ImageUser resolve(String text, byte[] passwd, byte[] group, String origin) {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        Optional<List<String>> account = entries(passwd)
                .filter(fields -> fields.get(0).equals(user) || fields.get(2).equals(user))
                .findFirst();
        long uid = number(user)
                .or(() -> account.flatMap(fields -> number(fields.get(2))))
                .orElseThrow(() -> unknown(text, origin, "the base's /etc/passwd does not name \"" + user + "\""));
        if (colon < 0) {
            // As in runtimes: without a group it is the account's own, or root's where there is no account.
            return new ImageUser(
                    uid, account.flatMap(fields -> number(fields.get(3))).orElse(0L), false);
        }
        String name = text.substring(colon + 1);
        long gid = number(name)
                .or(() -> entries(group)
                        .filter(fields -> fields.get(0).equals(name))
                        .findFirst()
                        .flatMap(fields -> number(fields.get(2))))
                .orElseThrow(() -> unknown(text, origin, "the base's /etc/group does not name \"" + name + "\""));
        return new ImageUser(uid, gid, false);
    }

    private static BuildRefused unknown(String text, String origin, String why) {
        return BuildRefused.because("The user \"" + text + "\" (" + origin + ") is unknown.")
                .why(why)
                .todo("set container.user to numbers, such as 1000:1000");
    }

    private static java.util.stream.Stream<List<String>> entries(byte[] file) {
        return new String(file, StandardCharsets.UTF_8)
                .lines()
                .map(line -> Arrays.asList(line.split(":", -1)))
                .filter(fields -> fields.size() >= 4);
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,10}")
                ? Optional.of(Long.parseLong(text)).filter(id -> id <= GREATEST_ID)
                : Optional.empty();
    }

    /** {@code uid:gid}, as {@code config.User} holds it. */
    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}
