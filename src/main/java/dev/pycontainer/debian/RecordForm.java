package dev.pycontainer.debian;

/** How a system keeps the record of its packages. An image has one of them, so that whoever adds packages follows it. */
public enum RecordForm {
    /** dpkg's own: one file {@code /var/lib/dpkg/status} for all packages, and each one's control files in {@code info}. */
    STATUS,
    /** A file of its own for each package in {@code /var/lib/dpkg/status.d}: images whose packages come in layers, without dpkg. */
    STATUS_D
}
