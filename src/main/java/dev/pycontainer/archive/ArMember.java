package dev.pycontainer.archive;

/**
 * One member of an ar archive.
 *
 * @param name printable ASCII, without blanks and slashes
 * @param size of its content, in bytes
 * @param offset of its content in the archive
 */
public record ArMember(String name, long size, long offset) {}
