package dev.pycontainer.debian;

import dev.pycontainer.content.ByteSource;

/**
 * One {@code Packages} file, already unpacked.
 *
 * @param suite that it belongs to, such as {@code bookworm-security}
 * @param content the file's bytes, which fail to be read where they are not those that the suite's release names
 */
public record PackageList(String suite, ByteSource content) {}
