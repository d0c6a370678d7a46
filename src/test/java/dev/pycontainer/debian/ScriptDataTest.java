package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.debian.DataEntry.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScriptDataTest {

    @Test
    void theRootIsThatOfAMergedSystem() throws Exception {
        assertThat(lines("trixie", "amd64", "base-files", Map.of())).containsExactly("""
                        l 777 bin -> usr/bin
                        d 755 boot
                        d 755 dev
                        l 777 etc/dpkg/origins/default -> debian
                        f 644 etc/group
                        d 755 etc/opt
                        f 644 etc/passwd
                        d 755 home
                        d 775 home/nonroot 65532:0
                        l 777 lib -> usr/lib
                        l 777 lib64 -> usr/lib64
                        d 755 media
                        d 755 mnt
                        d 755 opt
                        d 755 proc
                        d 700 root
                        d 755 run
                        d 1777 run/lock
                        l 777 sbin -> usr/sbin
                        d 755 srv
                        d 755 sys
                        d 1777 tmp
                        d 755 usr/local
                        d 755 usr/local/bin
                        d 755 usr/local/etc
                        d 755 usr/local/games
                        d 755 usr/local/include
                        d 755 usr/local/lib
                        d 755 usr/local/libexec
                        l 777 usr/local/man -> share/man
                        d 755 usr/local/sbin
                        d 755 usr/local/share
                        d 755 usr/local/share/man
                        d 755 usr/local/src
                        l 777 var/lock -> /run/lock
                        d 755 var/opt
                        l 777 var/run -> /run
                        d 1777 var/tmp""".split("\n"));
        assertThat(lines("bookworm", "arm64", "base-files", Map.of()))
                .hasSize(36)
                .doesNotContain("l 777 lib64 -> usr/lib64", "d 755 usr/local/libexec");
    }

    @Test
    void accountsHaveDebiansNumbers() throws Exception {
        List<DataEntry> root = entries("trixie", "amd64", "base-files", Map.of());
        assertThat(text(root, "etc/passwd")).isEqualTo("""
                root:x:0:0:root:/root:/usr/sbin/nologin
                www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
                nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
                nonroot:x:65532:65532:nonroot:/home/nonroot:/usr/sbin/nologin
                """);
        assertThat(text(root, "etc/group")).contains("root:x:0:\n", "www-data:x:33:\n", "nogroup:x:65534:\n");
    }

    @Test
    void certificatesAreJoinedInTheOrderOfTheirNames() throws Exception {
        List<DataEntry> entries = entries(
                "trixie",
                "amd64",
                "ca-certificates",
                Map.of(
                        "usr/share/ca-certificates/mozilla/b.crt", "B without end",
                        "usr/share/ca-certificates/mozilla/\u0151.crt", "\u0151\n",
                        "usr/share/ca-certificates/mozilla/B.crt", "A\n",
                        "usr/share/ca-certificates/mozilla/c.pem", "no\n",
                        "usr/share/ca-certificates/mozilla/a.crt", "",
                        "usr/share/doc/ca-certificates/d.crt", "no\n"));
        assertThat(text(entries, "etc/ssl/certs/ca-certificates.crt")).isEqualTo("A\nB without end\n\u0151\n");
        assertThat(text(entries, "etc/ca-certificates.conf"))
                .startsWith("# This file lists certificates that you wish to use or to ignore to be\n")
                .endsWith("deselected.\n#\nmozilla/B.crt\nmozilla/a.crt\nmozilla/b.crt\nmozilla/\u0151.crt\n");
        assertThat(entries.stream().map(ScriptDataTest::line))
                .containsExactly(
                        "f 644 etc/ca-certificates.conf",
                        "f 644 etc/ssl/certs/ca-certificates.crt",
                        "l 777 usr/lib/ssl/cert.pem -> /etc/ssl/certs/ca-certificates.crt",
                        "l 777 usr/lib/ssl/certs -> /etc/ssl/certs");
        assertThatThrownBy(() -> entries("trixie", "amd64", "ca-certificates", Map.of()))
                .hasMessage("""
                        The Debian package ca-certificates has no certificate.
                          why    below usr/share/ca-certificates/ there is no file .crt""");
    }

    @Test
    void filesAreCopiedFromThePackagesOwn() throws Exception {
        assertThat(text(
                        entries(
                                "trixie",
                                "amd64",
                                "libc-bin",
                                Map.of("usr/share/libc-bin/nsswitch.conf", "hosts: dns\n")),
                        "etc/nsswitch.conf"))
                .isEqualTo("hosts: dns\n");
        assertThat(text(
                        entries("trixie", "amd64", "readline-common", Map.of("usr/share/readline/inputrc", "a\n")),
                        "etc/inputrc"))
                .isEqualTo("a\n");
        assertThatThrownBy(() -> entries("trixie", "amd64", "libc-bin", Map.of()))
                .hasMessage("""
                        The Debian package libc-bin has no file "usr/share/libc-bin/nsswitch.conf".
                          why    its script would copy it to its place""");
    }

    @Test
    void theTimeZoneIsUtc() throws Exception {
        assertThat(lines("trixie", "amd64", "tzdata", Map.of()))
                .containsExactly("l 777 etc/localtime -> /usr/share/zoneinfo/Etc/UTC");
        assertThat(lines("bookworm", "amd64", "tzdata", Map.of()))
                .containsExactly("l 777 etc/localtime -> /usr/share/zoneinfo/Etc/UTC", "f 644 etc/timezone");
        assertThat(text(entries("bookworm", "amd64", "tzdata", Map.of()), "etc/timezone"))
                .isEqualTo("Etc/UTC\n");
    }

    @Test
    void smallThings() throws Exception {
        assertThat(lines("bookworm", "amd64", "python3.11-minimal", Map.of()))
                .containsExactly("l 777 usr/bin/python3 -> python3.11");
        assertThat(lines("trixie", "amd64", "python3.13-minimal", Map.of()))
                .containsExactly("l 777 usr/bin/python3 -> python3.13");
        assertThat(lines("trixie", "amd64", "unixodbc-common", Map.of())).containsExactly("f 644 etc/odbcinst.ini");
        String available = " -> /usr/share/fontconfig/conf.avail/";
        assertThat(lines("bookworm", "amd64", "fontconfig-config", Map.of()))
                .containsExactly(
                        "l 777 etc/fonts/conf.d/10-hinting-slight.conf" + available + "10-hinting-slight.conf",
                        "l 777 etc/fonts/conf.d/70-no-bitmaps.conf" + available + "70-no-bitmaps.conf");
        assertThat(lines("trixie", "amd64", "fontconfig-config", Map.of()))
                .contains("l 777 etc/fonts/conf.d/70-no-bitmaps-except-emoji.conf" + available
                        + "70-no-bitmaps-except-emoji.conf");
    }

    @Test
    void alternativesAreTwoLinks() throws Exception {
        assertThat(lines("trixie", "amd64", "libblas3", Map.of()))
                .containsExactly(
                        "l 777 etc/alternatives/libblas.so.3-x86_64-linux-gnu"
                                + " -> /usr/lib/x86_64-linux-gnu/blas/libblas.so.3",
                        "l 777 usr/lib/x86_64-linux-gnu/libblas.so.3"
                                + " -> /etc/alternatives/libblas.so.3-x86_64-linux-gnu");
        assertThat(lines("bookworm", "arm64", "liblapack3", Map.of()))
                .containsExactly(
                        "l 777 etc/alternatives/liblapack.so.3-aarch64-linux-gnu"
                                + " -> /usr/lib/aarch64-linux-gnu/lapack/liblapack.so.3",
                        "l 777 usr/lib/aarch64-linux-gnu/liblapack.so.3"
                                + " -> /etc/alternatives/liblapack.so.3-aarch64-linux-gnu");
        assertThat(lines("trixie", "amd64", "mariadb-common", Map.of()))
                .containsExactly(
                        "l 777 etc/alternatives/my.cnf -> /etc/mysql/mariadb.cnf",
                        "l 777 etc/mysql/my.cnf -> /etc/alternatives/my.cnf");
        assertThatThrownBy(() -> lines("trixie", "riscv64", "libblas3", Map.of()))
                .hasMessage("""
                        Where libblas.so.3 lies on the architecture riscv64 is not known.
                          why    known are amd64 and arm64""");
    }

    @Test
    void ofOthersNothingIsKnown() throws Exception {
        assertThat(entries("trixie", "amd64", "tiger", Map.of())).isEmpty();
        assertThat(entries("forky", "amd64", "base-files", Map.of())).isEmpty();
    }

    private static List<String> lines(String suite, String architecture, String name, Map<String, String> files)
            throws IOException {
        return entries(suite, architecture, name, files).stream()
                .map(ScriptDataTest::line)
                .toList();
    }

    private static List<DataEntry> entries(String suite, String architecture, String name, Map<String, String> files)
            throws IOException {
        return new ScriptData(suite, architecture).of(name, new PackageContent() {
            @Override
            public Collection<String> files() {
                return new TreeMap<>(files).descendingKeySet();
            }

            @Override
            public byte[] read(String file) {
                return files.getOrDefault(file, "").getBytes(StandardCharsets.UTF_8);
            }
        });
    }

    private static String text(List<DataEntry> entries, String path) {
        DataEntry file = entries.stream()
                .filter(it -> it.path().equals(path))
                .findFirst()
                .orElseThrow();
        return new String(file.content(), StandardCharsets.UTF_8);
    }

    private static String line(DataEntry entry) {
        String kind = entry.kind() == Kind.FILE ? "f" : entry.kind() == Kind.LINK ? "l" : "d";
        return kind + " " + Integer.toOctalString(entry.mode()) + " " + entry.path()
                + (entry.kind() == Kind.LINK ? " -> " + entry.text() : "")
                + (entry.uid() + entry.gid() > 0 ? " " + entry.uid() + ":" + entry.gid() : "");
    }
}
