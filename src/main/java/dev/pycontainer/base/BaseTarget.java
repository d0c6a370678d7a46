package dev.pycontainer.base;

import dev.pycontainer.packaging.Target;
import java.util.List;
import java.util.Optional;

/**
 * What a base is, the facts that prove it, and the two files that the environment layer may have to extend.
 *
 * <p>Can be had only from {@link ReadTarget}.
 */
public final class BaseTarget {

    private final Target target;
    private final List<Fact> facts;
    private final byte[] passwd;
    private final byte[] group;
    private final boolean hasPasswd;
    private final boolean hasGroup;

    BaseTarget(Target target, List<Fact> facts, Optional<byte[]> passwd, Optional<byte[]> group) {
        this.target = target;
        this.facts = List.copyOf(facts);
        this.passwd = passwd.orElse(new byte[0]).clone();
        this.group = group.orElse(new byte[0]).clone();
        this.hasPasswd = passwd.isPresent();
        this.hasGroup = group.isPresent();
    }

    public Target target() {
        return target;
    }

    /** In the order in which they were found. */
    public List<Fact> facts() {
        return facts;
    }

    /** The bytes of {@code /etc/passwd}, if the base has the file. */
    public Optional<byte[]> passwd() {
        return hasPasswd ? Optional.of(passwd.clone()) : Optional.empty();
    }

    /** The bytes of {@code /etc/group}, if the base has the file. */
    public Optional<byte[]> group() {
        return hasGroup ? Optional.of(group.clone()) : Optional.empty();
    }
}
