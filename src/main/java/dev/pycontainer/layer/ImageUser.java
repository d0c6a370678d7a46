package dev.pycontainer.layer;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user that the image's process runs as, as numbers: a runtime needs no passwd file for them, and Kubernetes can see
 * that it is not root.
 *
 * @param provided whether this is the product's own unprivileged user, which gets its entries and its home
 */
public record ImageUser(int uid, int gid, boolean provided) {

    /** The number that distroless images use too. */
    static final int NONROOT = 65532;

    // OCI image configuration, "config.User": "The username or UID … user, uid, user:group, uid:gid, uid:group,
    // user:gid"
    private static final Pattern USER = Pattern.compile("(?<user>[^:]+)(?::(?<group>[^:]+))?");

    /** The base's user or the one that was asked for, where it is not root; else the product's own. */
    public static ImageUser of(Optional<String> configured, AccountFiles accounts) {
        String text = configured.map(String::strip).orElse("");
        if (text.isEmpty()) {
            return new ImageUser(NONROOT, NONROOT, true);
        }
        ImageUser user = resolved(text, accounts);
        return user.uid == 0 ? new ImageUser(NONROOT, NONROOT, true) : user;
    }

    /** A user that was asked for by name or number, root included; a name that the base does not know is refused. */
    public static ImageUser resolved(String text, AccountFiles accounts) {
        Matcher parts = USER.matcher(text);
        if (!parts.matches()) {
            throw BuildRefused.because("\"" + text + "\" is not a user.")
                    .why("it must be a name or number, with a colon and a group behind it if wanted");
        }
        String name = parts.group("user");
        String group = parts.group("group");
        Optional<List<String>> account = accounts.user(name);
        int uid = number(name)
                .or(() -> account.flatMap(fields -> number(fields.get(2))))
                .orElseThrow(() -> unknown("user", name, "/etc/passwd"));
        int gid = group == null
                ? account.flatMap(fields -> number(fields.get(3))).orElse(0)
                : number(group)
                        .or(() -> accounts.group(group).flatMap(fields -> number(fields.get(2))))
                        .orElseThrow(() -> unknown("group", group, "/etc/group"));
        return new ImageUser(uid, gid, uid == NONROOT && gid == NONROOT);
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,10}") && Long.parseLong(text) <= Integer.MAX_VALUE
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }

    private static BuildRefused unknown(String what, String name, String file) {
        return BuildRefused.because("The base has no " + what + " \"" + name + "\".")
                .why("its " + file + " has no such entry")
                .todo("give container.user as numbers, such as 65532:65532");
    }

    /** As the image's configuration names it. */
    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}
