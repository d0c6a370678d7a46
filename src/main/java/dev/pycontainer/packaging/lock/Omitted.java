package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import java.util.Optional;

/**
 * A package of the lock that is not needed.
 *
 * @param reason a clause: {@code its marker sys_platform == "win32" does not hold}, {@code of the group "dev"}
 */
public record Omitted(PackageName name, Optional<Version> version, String reason) {}
