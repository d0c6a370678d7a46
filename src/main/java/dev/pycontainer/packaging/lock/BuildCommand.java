package dev.pycontainer.packaging.lock;

/**
 * The command with which a user builds a wheel that nobody publishes, inside the base it is for.
 *
 * <p>Which base that is only the caller knows; pycontainer itself never builds anything.
 */
@FunctionalInterface
public interface BuildCommand {

    /** @param requirement what pip is to build, such as {@code lib==1.0} or {@code lib @ git+https://…} */
    String of(String requirement);
}
