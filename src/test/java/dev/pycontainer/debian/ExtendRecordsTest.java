package dev.pycontainer.debian;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtendRecordsTest {

    private static final String LIBC = """
            Package: libc6
            Status: install ok installed
            Architecture: amd64
            Version: 2.41-12
            Description: Über
            """;

    private static final PackageFacts LION = TinyFacts.of("lion 1:2-3").facts();

    private static final String LION_PARAGRAPH = """
            Package: lion
            Status: install ok installed
            Architecture: amd64
            Version: 1:2-3

            """;

    @Test
    void aParagraphHasTheFieldsInTheOrderOfDpkg() throws Exception {
        PackageFacts facts = TinyFacts.of("lion 1:2-3")
                .field("Multi-Arch: same")
                .field("Architecture: amd64")
                .field("Source: cats (1)")
                .field("Maintainer: Ünï <uni@mirror.example>")
                .field("Installed-Size: 10")
                .field("X-Cat:   yes  ")
                .field("Filename: pool/x")
                .field("Essential: no")
                .field("Suggests: mouse")
                .field("Pre-Depends: tail(>=1)")
                .field("Depends: paw  (<<  2)|claw,\n fur")
                .field("Provides: cat (= 1)")
                .field("Replaces: cub")
                .field("Section: animals")
                .field("Priority: optional")
                .field("homepage: http://mirror.example")
                .field("Description: a cat\n that is large\n .\n   and yellow")
                .conffile("/etc/lion", "d41d8cd98f00b204e9800998ecf8427e")
                .conffile("/etc/old", "newconffile")
                .facts();
        assertThat(extended("", facts)).isEqualTo("""
                Package: lion
                Status: install ok installed
                Priority: optional
                Section: animals
                Installed-Size: 10
                Maintainer: Ünï <uni@mirror.example>
                Architecture: amd64
                Multi-Arch: same
                Source: cats (1)
                Version: 1:2-3
                Replaces: cub
                Provides: cat (= 1)
                Depends: paw (<< 2) | claw, fur
                Pre-Depends: tail (>= 1)
                Suggests: mouse
                Conffiles:
                 /etc/lion d41d8cd98f00b204e9800998ecf8427e
                 /etc/old newconffile remove-on-upgrade
                Description: a cat
                 that is large
                 .
                   and yellow
                X-Cat: yes
                homepage: http://mirror.example

                """);
    }

    @Test
    void everyByteThatIsThereStays() throws Exception {
        byte[] old = (LIBC + "Broken: \u00ff\u00fe\n\n\n").getBytes(ISO_8859_1);
        byte[] status =
                extend(Map.of(ExtendRecords.STATUS, old), List.of(LION)).getOrDefault(ExtendRecords.STATUS, old);
        assertThat(status).startsWith(old).hasSize(old.length + LION_PARAGRAPH.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n"})
    void anEndWithoutABlankLineGetsOne(String end) throws Exception {
        String old = LIBC.strip() + end;
        assertThat(extended(old, LION)).isEqualTo(LIBC.strip() + "\n\n" + LION_PARAGRAPH);
    }

    @Test
    void packagesFollowByTheirNames() throws Exception {
        assertThat(extended(LIBC, TinyFacts.of("tiger 1").facts(), LION))
                .containsSubsequence("Package: libc6", "Package: lion", "Package: tiger");
    }

    @Test
    void whatAPackageHadLeftBehindIsReplaced() throws Exception {
        String left = """
                Package: lion
                Status: deinstall ok config-files
                Architecture: amd64
                Version: 1

                """;
        assertThat(extended(left + LIBC, LION)).isEqualTo(LIBC + "\n" + LION_PARAGRAPH);
        String foreign = left.replace("amd64", "i386");
        assertThat(extended(foreign + LIBC, LION)).isEqualTo(foreign + LIBC + "\n" + LION_PARAGRAPH);
    }

    @Test
    void aPackageThatTheBaseHasIsRefused() {
        assertThatThrownBy(() -> extended(LIBC, TinyFacts.of("libc6 2.41-13").facts()))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The base has libc6 already, and a package of the base is never replaced.
                          where  var/lib/dpkg/status""");
    }

    @Test
    void whatAPackageIsInterestedInIsKnownToDpkg() throws Exception {
        PackageFacts glib = TinyFacts.of("glib 1")
                .field("Multi-Arch: same")
                .triggers("interest-await /usr/schemas\ninterest-noawait /usr/gio\ninterest update\nactivate other\n")
                .facts();
        Map<String, byte[]> changed = extend(
                Map.of(
                        ExtendRecords.TRIGGERS + "File", "/usr/x dash/noawait\n".getBytes(UTF_8),
                        ExtendRecords.TRIGGERS + "other", "dash\n".getBytes(UTF_8)),
                List.of(glib));
        Map<String, String> texts = new TreeMap<>();
        changed.forEach((path, content) -> texts.put(path, new String(content, UTF_8)));
        assertThat(texts)
                .containsOnlyKeys("var/lib/dpkg/status", "var/lib/dpkg/triggers/File", "var/lib/dpkg/triggers/update")
                .containsEntry(
                        "var/lib/dpkg/triggers/File",
                        "/usr/x dash/noawait\n/usr/schemas glib:amd64\n/usr/gio glib:amd64/noawait\n")
                .containsEntry("var/lib/dpkg/triggers/update", "glib:amd64\n");
    }

    private static String extended(String status, PackageFacts... added) throws IOException {
        Map<String, byte[]> records = Map.of(ExtendRecords.STATUS, status.getBytes(UTF_8));
        return new String(extend(records, List.of(added)).getOrDefault(ExtendRecords.STATUS, new byte[0]), UTF_8);
    }

    private static Map<String, byte[]> extend(Map<String, byte[]> records, List<PackageFacts> added)
            throws IOException {
        return new ExtendRecords(records, "amd64").with(added);
    }
}
