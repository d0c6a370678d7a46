package dev.pycontainer.testkit;

import static dev.pycontainer.testkit.DebBytes.put;
import static dev.pycontainer.testkit.DebBytes.utf8;

import dev.pycontainer.debian.ArchiveKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A signed archive with all that a base of trixie for amd64 is made of, each package with a file or two that tell what it is. */
public final class DebianArchive {

    private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";
    private static final String TRIPLET = "usr/lib/x86_64-linux-gnu/";

    private final ReleaseKey key;
    private final TestArchive archive;

    private DebianArchive(ReleaseKey key, TestArchive archive) {
        this.key = key;
        this.archive = archive;
    }

    public static DebianArchive ofTrixie(Path mirror) throws IOException {
        Instant now = Instant.now();
        ReleaseKey key = ReleaseKey.made(now.minus(Duration.ofDays(30)));
        DebianArchive archive =
                new DebianArchive(key, new TestArchive(mirror, "trixie", key, now.minus(Duration.ofHours(1))));
        archive.add("base-files", "13.8", "", tar -> {
            put(tar, new TarArchiveEntry("./usr/sbin/"), new byte[0]);
            file(tar, "etc/debian_version", 0644, utf8("13.2\n"));
            file(tar, "usr/lib/os-release", 0644, utf8("ID=debian\nVERSION_ID=\"13\"\nVERSION_CODENAME=trixie\n"));
            link(tar, "etc/os-release", "../usr/lib/os-release");
        });
        archive.add(
                "ca-certificates",
                "20250419",
                "Depends: openssl, debconf\n",
                tar -> file(tar, "usr/share/ca-certificates/mozilla/One.crt", 0644, utf8("-- one --\n")));
        archive.add(
                "libc-bin",
                "2.41-12",
                "Depends: libc6 (>> 2.41)\n",
                tar -> file(tar, "usr/share/libc-bin/nsswitch.conf", 0644, utf8("hosts: files dns\n")));
        archive.add("libc6", "2.41-12");
        archive.library("libgcc-s1", "14.2.0-19", "libgcc_s.so.1");
        archive.library("libssl3t64", "3.5.1-1", "libssl.so.3");
        archive.library("libstdc++6", "14.2.0-19", "libstdc++.so.6");
        archive.library("zlib1g", "1:1.3.1", "libz.so.1");
        archive.text("libpython3.13-stdlib", "3.13.5-2", "usr/lib/python3.13/os.py");
        archive.text("media-types", "13.0.0", "etc/mime.types");
        archive.text("netbase", "6.5", "etc/services");
        archive.text("tzdata", "2025b-4", "usr/share/zoneinfo/Etc/UTC");
        for (String leftOut : new String[] {"openssl", "debconf"}) {
            archive.text(leftOut, "1.0", "usr/bin/" + leftOut);
        }
        archive.add(
                "python3.13-minimal",
                "3.13.5-2",
                "Depends: libc6 (>= 2.38)\n",
                tar -> file(
                        tar,
                        "usr/bin/python3.13",
                        0755,
                        MinimalElf.executable(
                                MinimalElf.X86_64, LOADER, "GLIBC_2.34", "3.13.5", "[GCC 14.2.0]", "3.2.0")));
        return archive;
    }

    /** The C library, in a version of the release or of an update. */
    public DebianArchive add(String distribution, String name, String version) throws IOException {
        if (!name.equals("libc6")) {
            throw new IllegalArgumentException(name);
        }
        String banner = "GNU C Library (Debian GLIBC " + version + ") stable release version 2.41.";
        return add(distribution, name, version, "", tar -> {
            file(tar, TRIPLET + "ld-linux-x86-64.so.2", 0755, MinimalElf.library(MinimalElf.X86_64));
            file(tar, TRIPLET + "libc.so.6", 0755, MinimalElf.library(MinimalElf.X86_64, banner));
            link(tar, "usr/lib64/ld-linux-x86-64.so.2", "../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2");
        });
    }

    private void add(String name, String version) throws IOException {
        add("trixie", name, version);
    }

    /** A package with one shared library, and what it depends on. */
    public DebianArchive library(String name, String version, String soname, String... needed) throws IOException {
        String depends = "Depends: " + String.join(", ", needed.length == 0 ? new String[] {"libc6"} : needed) + "\n";
        return add(
                "trixie",
                name,
                version,
                depends,
                tar -> file(tar, TRIPLET + soname, 0644, DynamicElf.library(MinimalElf.X86_64, soname)));
    }

    private void text(String name, String version, String path) throws IOException {
        add(name, version, "", tar -> file(tar, path, 0644, utf8("of " + name + "\n")));
    }

    private void add(String name, String version, String fields, DebBytes.Filling files) throws IOException {
        add("trixie", name, version, fields, files);
    }

    public DebianArchive add(String distribution, String name, String version, String fields, DebBytes.Filling files)
            throws IOException {
        archive.add(distribution, name, version, "amd64", fields, DebBytes.tar(files));
        return this;
    }

    /** Writes and signs the lists. */
    public void signed() throws IOException {
        archive.signed("amd64");
    }

    /** Those that sign it. */
    public ArchiveKeys keys() {
        return ArchiveKeys.read(key.exported(), "the test's key");
    }

    public static void file(TarArchiveOutputStream tar, String path, int mode, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("./" + path);
        entry.setMode(mode);
        put(tar, entry, content);
    }

    private static void link(TarArchiveOutputStream tar, String path, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("./" + path, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        put(tar, entry, new byte[0]);
    }
}
