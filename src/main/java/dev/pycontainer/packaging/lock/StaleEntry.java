package dev.pycontainer.packaging.lock;

/**
 * One thing that the project says now, and that the lock was not made from.
 *
 * @param place where the project says it: {@code pyproject.toml: project.dependencies}
 * @param line what it says there, as written: {@code httpx>=0.28}
 * @param why a clause: {@code the lock was made from httpx>=0.27}
 */
public record StaleEntry(String place, String line, String why) {}
