package dev.pycontainer.packaging.lock;

import java.util.List;
import java.util.Optional;

/**
 * The command with which a user builds wheels that nobody publishes, inside the base they are for.
 *
 * <p>Which base that is only the caller knows; pycontainer itself never builds anything.
 */
@FunctionalInterface
public interface BuildCommand {

    /**
     * The command for these packages at once.
     *
     * @param requirements what pip is to build, such as {@code lib==1.0} or {@code lib @ git+https://…}
     * @param index where the lock says that they come from: a package of the same name elsewhere is another's
     */
    String of(List<String> requirements, Optional<String> index);
}
